import Glibc
import Journal
import TestKit
import Testing
import Wire

@Suite("SQLiteJournal on a disk of 100 MiB", .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
struct FullDiskTests {
    @Test("It stops appending before the disk is full, goes on completing, and can still clear up")
    func lowDisk() throws {
        let disk = try SmallDisk()
        defer { disk.unmount() }
        let journal = try SQLiteJournal(at: disk.path)
        try journal.begin("raw", epoch: "e", cursor: 0)
        let error = #expect(throws: JournalError.self) {
            for batch in 0..<1_000 {
                _ = try journal.append((0..<16).map { .sample(batch * 16 + $0, bytes: 64_000) }, to: "raw")
            }
        }
        #expect(error?.code == .full)
        #expect(error?.isRetriable == true)
        let last = try journal.state(of: "raw").last
        #expect(last > 16)
        let completion = Completion(origin: "raw", n: 1, stream: "res", entry: .sample(1))
        #expect(try journal.complete([completion], cursors: ["raw": 1]).map { $0?.n } == [1])

        // Someone else takes the rest.
        try disk.fill()
        let other = Completion(origin: "raw", n: 2, stream: "res", entry: .sample(2))
        let second = #expect(throws: JournalError.self) { try journal.complete([other], cursors: ["raw": 2]) }
        #expect(second?.code == .full)
        #expect(try journal.all("raw").count == Int(last))
        try disk.empty()
        #expect(try journal.retain("raw", within: Retention(bytes: 64_000)).oldest == last)
        #expect(try journal.append([.sample(-1)], to: "raw").map { $0?.n } == [last + 1])
        #expect(try journal.complete([other], cursors: ["raw": 2]).map { $0?.n } == [2])
    }
}

/// A file system in memory, as large as a small disk.
private struct SmallDisk {
    static let isPossible = (try? SmallDisk())?.unmount() ?? false

    let path: String
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        path = try folder.makeFolder("disk")
        guard mount("tmpfs", path, "tmpfs", 0, "size=100m") == 0 else { throw TestFailure("errno \(errno)") }
    }

    @discardableResult
    func unmount() -> Bool { umount2(path, Int32(MNT_DETACH)) == 0 }

    /// Takes all the space that is left.
    func fill() throws {
        let file = open(path + "/other", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        let block = [UInt8](repeating: 0, count: 1 << 20)
        while write(file, block, block.count) > 0 {}
        guard errno == ENOSPC else { throw TestFailure("errno \(errno)") }
    }

    func empty() throws {
        guard unlink(path + "/other") == 0 else { throw TestFailure("errno \(errno)") }
    }
}
