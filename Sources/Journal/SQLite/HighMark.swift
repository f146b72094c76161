internal import Glibc
internal import Wire

/// How far the streams of a journal are known to have come, in a small file beside it: a journal that was put back alone
/// ends before that.
struct HighMark {
    /// The newest entry of a stream.
    struct Stream: Equatable {
        var n: Int64
        var link: Link
    }

    /// Streams by name.
    var streams: [String: Stream]

    /// Reads the file at `path`; empty where there is none, or none that can be read.
    init(at path: String) {
        streams = [:]
        guard let file = fopen(path, "re") else { return }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        for line in String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 3, let n = Int64(parts[1]), let link = Link(String(parts[2])) else { continue }
            streams[String(parts[0])] = Stream(n: n, link: link)
        }
    }

    /// Takes what a database holds.
    init(of database: inout Database) throws(JournalError) {
        var found: [String: Stream] = [:]
        try database.rows("SELECT name, last, link FROM streams", []) { row in
            found[row.text(0)] = Stream(n: row.integer(1), link: Link(bytes: row.blob(2)) ?? .start)
            return true
        }
        streams = found
    }

    /// Writes the file at `path`, whole or not at all.
    ///
    /// It need not survive a crash of the machine, and may fail: what it
    /// tells is told by links, too, only later.
    func write(to path: String) {
        let text = streams.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.n) \($0.value.link.text)\n" }.joined()
        let new = path + ".new"
        guard let file = fopen(new, "we") else { return }
        let isWritten = fputs(text, file) >= 0
        if fclose(file) == 0, isWritten { rename(new, path) } else { unlink(new) }
    }

    /// Where a journal ends before what is written here, for a person; nil where it does not.
    func excess(over database: inout Database) throws(JournalError) -> String? {
        for (name, known) in streams.sorted(by: { $0.key < $1.key }) where known.n > 0 {
            let last = try database.stream(name)?.tail.state.last ?? 0
            if last < known.n { return "\(name) ends at \(last), and was at \(known.n)" }
        }
        return nil
    }
}
