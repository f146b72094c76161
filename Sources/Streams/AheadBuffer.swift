import Wire

/// Messages beyond a hole in a stream, bounded in number and in bytes of bodies.
struct AheadBuffer: Sendable {
    private let mostMessages: Int
    private let mostBytes: Int
    private var messages: [Int64: StreamMessage] = [:]
    private var bytes = 0

    /// Room for so many messages with so many bytes of bodies.
    init(messages: Int, bytes: Int) { (mostMessages, mostBytes) = (messages, bytes) }

    /// How many messages wait.
    var count: Int { messages.count }

    /// Keeps a message, unless one of its number waits already.
    ///
    /// An overflowing buffer is thrown away: the journal still has everything, and FETCH brings it in order.
    mutating func keep(_ message: StreamMessage) {
        guard messages[message.position.n] == nil else { return }
        messages[message.position.n] = message
        bytes += message.body.count
        if messages.count > mostMessages || bytes > mostBytes { clear() }
    }

    /// Takes out message `n`, if it waits.
    mutating func take(_ n: Int64) -> StreamMessage? {
        guard let message = messages.removeValue(forKey: n) else { return nil }
        bytes -= message.body.count
        return message
    }

    /// Throws away the messages up to `n`.
    mutating func forget(through n: Int64) {
        guard let lowest = messages.keys.min(), lowest <= n else { return }
        for number in messages.keys where number <= n { _ = take(number) }
    }

    /// Throws everything away.
    mutating func clear() { (messages, bytes) = ([:], 0) }
}
