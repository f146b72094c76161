public import Journal
import Wire

/// What an operator wants done about a dead letter.
///
/// Orders are entries of a stream of the head's own journal. Anyone who can write there gives them, whether a head runs or
/// not; the head follows that stream as it follows producers, so that an order is carried out once.
public struct LetterOrder: Sendable, Hashable, Codable {
    /// What is to become of the article.
    public enum Action: String, Sendable, Hashable, Codable {
        /// It is analysed again.
        case requeue
        /// It is given up for good.
        case drop
    }

    /// The stream that holds orders; it is not published.
    public static let stream = "orders"

    /// What is to become of the article.
    public var action: Action
    /// The dead letter's number in the stream `dlq`.
    public var n: Int64
    /// The dead letter's identifier.
    public var id: String

    /// Creates an order.
    public init(_ action: Action, n: Int64, id: String) {
        self.action = action
        self.n = n
        self.id = id
    }

    /// Gives the order; there is one for each dead letter.
    ///
    /// - Parameter journal: That of the head.
    /// - Returns: Whether it was taken; false where there was an order for this dead letter before.
    /// - Throws: `JournalError` if the journal takes nothing.
    public func give(to journal: any Journal) throws(JournalError) -> Bool {
        let body = Array("{\"action\":\"\(action.rawValue)\",\"id\":\"\(id)\",\"n\":\(n)}".utf8)
        let entry = NewEntry(
            id: id, topic: Topic.prefix(of: Self.stream), key: id, body: body, time: Timestamp.now())
        return try journal.post(entry, to: Self.stream) != nil
    }

    /// Drops orders that nobody needs any more: the oldest ones that are carried out and whose dead letters are past retention.
    ///
    /// - Parameters:
    ///   - journal: That of the head, which leads.
    ///   - cursor: All orders up to this one are carried out.
    /// - Throws: `JournalError` if the journal fails.
    static func trim(_ journal: any Journal, through cursor: Int64) throws(JournalError) {
        let (held, letters) = (try journal.state(of: Self.stream), try journal.state(of: "dlq"))
        let orders = try read(from: journal, first: held.oldest, count: 1_000)
        let needed = orders.first { n, order in n > cursor || order.map { $0.n >= letters.oldest } ?? false }?.n
        guard let last = orders.last?.n, needed != held.oldest else { return }
        _ = try journal.retain(Self.stream, within: Retention(bytes: 0, keepFrom: needed ?? last + 1))
    }

    /// Reads orders from the journal, in the order in which they were given.
    ///
    /// - Parameters:
    ///   - journal: That of the head.
    ///   - first: The number of the first one wanted.
    ///   - count: At most so many.
    /// - Returns: The orders with their numbers; nil for one that cannot be read.
    /// - Throws: `JournalError` if the journal cannot be read.
    public static func read(
        from journal: any Journal, first: Int64, count: Int
    ) throws(JournalError) -> [(n: Int64, order: LetterOrder?)] {
        try journal.read(stream, from: first, prefix: "", maxCount: count, maxBytes: 1 << 20).map { message in
            (message.position.n, try? JSON.decode(LetterOrder.self, from: message.body))
        }
    }
}
