internal import Glibc
internal import Journal
public import Wire

/// A file of JSON lines, an event a line with `epoch` and `number` before its own attributes.
///
/// A file beside it, `NAME.cursor`, says how far it has come and how long the file was then: what stands behind that was written
/// and not acknowledged, and is cut off at the next start.
public struct LineSink: ~Copyable, Sink {
    private struct Place: Codable {
        var cursor: SinkCursor?
        var bytes: Int
    }

    private let path: String
    private let descriptor: Int32
    private var bytes: Int = 0
    /// How far it has come, nil for a new one.
    public private(set) var cursor: SinkCursor?

    /// Opens the file, or makes it.
    /// - Throws: `JournalError` where it cannot be used.
    public init(at path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw Self.failure("cannot be opened", path) }
        var place: Place?
        var mistake: JournalError?
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            mistake = JournalError(.unusable, "\(path): another process writes to it; stop that first")
        } else if let text = Self.contents(of: path + ".cursor") {
            place = try? JSON.decode(Place.self, from: text)
            if place == nil {
                mistake = JournalError(.unusable, "\(path).cursor: it is no cursor; remove both files to begin anew")
            }
        } else if lseek(descriptor, 0, SEEK_END) > 0 {
            mistake = JournalError(
                .unusable, "\(path): it is there already, and \(path).cursor is not; name another file")
        }
        let length = lseek(descriptor, 0, SEEK_END)
        if let place, length < place.bytes {
            mistake = JournalError(
                .unusable, "\(path): it has lost lines since it was last written; remove both files to begin anew")
        }
        if mistake == nil, ftruncate(descriptor, place?.bytes ?? 0) != 0 {
            mistake = Self.failure("cannot be cut", path)
        }
        if let mistake {
            close(descriptor)
            throw mistake
        }
        do {
            // Before the first line: a file that has lines and no cursor is somebody else's.
            if place == nil {
                try Self.replace(path + ".cursor", with: JSON.encode(Place(cursor: nil, bytes: 0)) + [0x0A])
            }
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        bytes = place?.bytes ?? 0
        cursor = place?.cursor
    }

    deinit { close(descriptor) }

    /// Appends lines.
    @discardableResult
    public mutating func take(_ messages: [StreamMessage], upTo cursor: SinkCursor) throws -> [SinkRemark] {
        var lines: [UInt8] = []
        var erased: [String] = []
        var remarks: [SinkRemark] = []
        for message in messages {
            do throws(WireError) {
                lines += try Self.line(of: message)
            } catch {
                // The line keeps its place, and says that there is nothing to be read.
                remarks.append(SinkRemark(n: message.position.n, error: error))
                lines += Self.place(of: message) + Array(",\"unreadable\":true}\n".utf8)
            }
            if (try? Topic(message.topic))?.isNotice == true,
                let notice = try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data,
                notice.kind == Notice.Kind.withdrawal, notice.reason == Notice.erased
            {
                erased += notice.targets.map(\.id)
            }
        }
        try write(lines)
        if !erased.isEmpty { try erase(erased) }
        try finish(lines.count, cursor)
        return remarks
    }

    /// Appends a line that says so, `{"setBack": {…}}`: what it had of later numbers stands before that line.
    public mutating func goBack(to cursor: SinkCursor) throws {
        let line = Array("{\"setBack\":{\"epoch\":\"\(cursor.epoch)\",\"number\":\(cursor.n)}}\n".utf8)
        try write(line)
        try finish(line.count, cursor)
    }

    private func write(_ lines: [UInt8], at place: Int? = nil) throws {
        var rest = lines[...]
        var next = place ?? bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, next) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.writeFailure(path) }
            rest = rest.dropFirst(count)
            next += count
        }
    }

    /// Makes what was written durable, and then the cursor behind it.
    private mutating func finish(_ count: Int, _ cursor: SinkCursor) throws {
        guard fdatasync(descriptor) == 0 else { throw Self.writeFailure(path) }
        let place = Place(cursor: cursor, bytes: bytes + count)
        try Self.replace(path + ".cursor", with: JSON.encode(place) + [0x0A])
        bytes = place.bytes
        self.cursor = cursor
    }

    /// Overwrites what was made of these articles, each line with one of the same length: `{"erased":true,"number":…}`.
    private func erase(_ articles: [String]) throws {
        let articles = Set(articles)
        guard let file = fopen(path, "r") else { throw Self.failure("cannot be read", path) }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        defer { free(line) }
        var start = 0
        while true {
            let count = getline(&line, &room, file)
            guard count > 0, let line else { return }
            defer { start += count }
            guard Self.causes(in: line).contains(where: articles.contains) else { continue }
            let text = Array(UnsafeRawBufferPointer(start: line, count: count))
            guard let number = text.firstRange(of: Array("\"number\":".utf8)) else { continue }
            let digits = text[number.upperBound...].prefix { (0x30...0x39).contains($0) }
            let short = Array("{\"erased\":true,\"number\":".utf8) + digits
            guard short.count + 2 <= count else { continue }
            let blank = [UInt8](repeating: 0x20, count: count - short.count - 2)
            try write(short + blank + Array("}\n".utf8), at: start)
        }
    }

    /// The articles of which a line says that it was made of them; a quotation mark within a text has an escape before it.
    ///
    /// The file is read for each erasure: in Swift, gigabytes would take an hour.
    private static func causes(in line: UnsafePointer<CChar>) -> [String] {
        let key = "\"causationid\":\""
        var (found, rest): ([String], _) = ([], line)
        while let start = strstr(rest, key) {
            let value = UnsafePointer(start) + key.utf8.count
            let bytes = UnsafeBufferPointer(start: value, count: strcspn(value, "\""))
            found.append(String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            rest = value
        }
        return found
    }

    private static func line(of message: StreamMessage) throws(WireError) -> [UInt8] {
        try JSON.checkObject(message.body)
        // Line feeds in JSON stand between its parts only.
        let body = message.body.filter { $0 != 0x0A && $0 != 0x0D }.drop { $0 <= 0x20 }
        let isEmpty = body.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "}")
        return place(of: message) + (isEmpty ? [] : [UInt8(ascii: ",")]) + body.dropFirst() + [0x0A]
    }

    private static func place(of message: StreamMessage) -> [UInt8] {
        Array("{\"epoch\":\"\(message.position.e)\",\"number\":\(message.position.n)".utf8)
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : Array(bytes[..<count])
    }

    private static func replace(_ path: String, with bytes: [UInt8]) throws {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw writeFailure(draft) }
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fdatasync(descriptor) == 0
        guard close(descriptor) == 0, isWritten, rename(draft, path) == 0 else { throw writeFailure(path) }
    }

    /// Why something could not be written: where there is no room, the same can be done once there is some.
    private static func writeFailure(_ path: String) -> any Error {
        let isFull = errno == ENOSPC || errno == EDQUOT
        let error = failure("cannot be written", path)
        return !isFull ? error : JournalError(.full, error.message, cause: error.cause, isRetriable: true)
    }

    private static func failure(_ what: String, _ path: String) -> JournalError {
        JournalError(.cannotOpen, "\(path): \(what)", errno: errno)
    }
}
