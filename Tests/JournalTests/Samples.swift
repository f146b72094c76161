import Journal
import Wire

extension NewEntry {
    /// Entry number `number` about an article of its own.
    static func sample(
        _ number: Int, topic: String = "raw/1/en/afp.com/", key: String? = nil, bytes: Int = 20,
        time: String = "2026-01-01T00:00:00.000Z"
    ) -> NewEntry {
        let text = Array("entry \(number) ".utf8.prefix(bytes))
        let body = text + [UInt8](repeating: UInt8(ascii: "."), count: bytes - text.count)
        return NewEntry(id: "id-\(number)", topic: topic, key: key ?? "uri-\(number)", body: body, time: time)
    }
}

extension Journal {
    /// Everything a stream holds.
    func all(_ stream: String) throws(JournalError) -> [StreamMessage] {
        try read(stream, from: 0, prefix: "", maxCount: .max, maxBytes: .max)
    }

    /// Begins the account of an origin whose server does not say what its stream began with.
    func begin(_ origin: String, epoch: String, cursor: Cursor) throws(JournalError) {
        try begin(origin, epoch: epoch, journal: nil, cursor: cursor)
    }

    /// Appends samples with these numbers.
    @discardableResult
    func appendSamples(_ numbers: ClosedRange<Int>, to stream: String) throws(JournalError) -> [Position?] {
        try append(numbers.map { NewEntry.sample($0) }, to: stream)
    }
}
