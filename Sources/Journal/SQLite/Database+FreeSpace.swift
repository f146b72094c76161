internal import Glibc

extension Database {
    /// Refuses to go on where the disk takes nothing, or fewer than `reserve` bytes are free on it and in the file together.
    mutating func requireFree(_ reserve: Int64) throws(JournalError) {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else {
            throw JournalError(.failed, "\(path): its folder or disk cannot be reached any more", errno: errno)
        }
        guard disk.f_flag & UInt(ST_RDONLY) == 0 else {
            throw JournalError(.failed, "\(path): its disk is mounted read-only; mount it for writing again")
        }
        // In floating point, since no product of what a file system says can overflow there.
        let free = Double(disk.f_bavail) * Double(disk.f_frsize)
        guard free < Double(reserve) else { return }
        let pages = try first("PRAGMA freelist_count") { $0.integer(0) } ?? 0
        let pageSize = try first("PRAGMA page_size") { $0.integer(0) } ?? 0
        guard free + Double(pages) * Double(pageSize) < Double(reserve) else { return }
        throw JournalError(
            .full,
            "\(path): less than \(reserve >> 20) MiB are free, which clearing up needs; free space on the disk, or keep "
                + "less of the streams", isRetriable: true)
    }
}
