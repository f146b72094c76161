import Journal
import Wire

/// Dead letters that wait for a decision: kept, not erased, and neither requeued nor dropped.
///
/// The journal is read once, a stretch at a time, and then what is new in it. It holds the identifiers of those that are open.
struct OpenLetters {
    private struct Mark: Decodable {
        var erased: String?
    }

    /// Numbers by identifier.
    private var open: [String: Int64] = [:]
    /// Those about which there is an order, as long as they may be read after it.
    private var decided: Set<String> = []
    private var next: Int64 = 1
    private var nextOrder: Int64 = 1

    /// Reads on.
    ///
    /// - Returns: How many are open; nil as long as there is more to read.
    /// - Throws: `JournalError` if the journal cannot be read.
    mutating func count(in journal: any Journal) throws(JournalError) -> Int? {
        let letters = try journal.state(of: "dlq")
        let orders = try LetterOrder.read(from: journal, first: nextOrder, count: 1_000)
        for (n, order) in orders {
            nextOrder = n + 1
            guard let id = order?.id else { continue }
            open[id] = nil
            decided.insert(id)
        }
        next = max(next, letters.oldest)
        if next <= letters.last {
            for message in try journal.read("dlq", from: next, prefix: "", maxCount: 100, maxBytes: 1 << 20) {
                next = message.position.n + 1
                let isErased = (try? JSON.decode(Mark.self, from: message.body))?.erased != nil
                if !isErased, !decided.contains(message.position.id) { open[message.position.id] = message.position.n }
            }
        }
        guard orders.isEmpty, next > letters.last else { return nil }
        decided = []
        open = open.filter { $0.value >= letters.oldest }
        return open.count
    }

    /// Forgets letters that were erased.
    mutating func forget(_ erased: [StreamMessage]) {
        for message in erased { open[message.position.id] = nil }
    }
}
