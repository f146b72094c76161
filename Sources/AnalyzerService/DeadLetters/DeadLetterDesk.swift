import Journal
import Pool
import Service
import Wire

/// The dead letters of a journal and what was ordered about them, of a running head or a stopped one.
struct DeadLetterDesk {
    /// What is to become of a dead letter.
    enum State: String {
        /// Nothing was ordered.
        case open
        /// Its article is to be analysed again, which has not ended yet.
        case waiting
        /// Its article was analysed again.
        case requeued
        /// It was given up for good.
        case dropped
        /// Its article was erased, so there is nothing to decide about.
        case erased
    }

    /// A dead letter with its place in the stream.
    struct Item {
        var n: Int64
        var time: String
        var letter: DeadLetter
        var state: State
    }

    private let journal: any Journal
    private let orders: [String: (n: Int64, action: LetterOrder.Action)]
    private let isSettled: (Int64) -> Bool

    /// Opens the desk of a journal that there is.
    init(at place: String) throws {
        let location = JournalLocation(place)
        try location.requireJournal(of: "analyzer")
        journal = try location.open(for: "analyzer")
        var orders: [String: (n: Int64, action: LetterOrder.Action)] = [:]
        var next: Int64 = 1
        while let last = try LetterOrder.read(from: journal, first: next, count: 1_000).map({ item in
            if let order = item.order { orders[order.id] = (item.n, order.action) }
            return item.n
        }).last {
            next = last + 1
        }
        self.orders = orders
        let progress = try journal.progress(of: LetterOrder.stream)
        isSettled = { n in progress.map { n <= $0.cursor.n || $0.settled.contains(n) } ?? false }
    }

    /// Hands the dead letters to `body` in their order, until it returns false.
    func forEach(from first: Int64 = 1, _ body: (Item) throws -> Bool) throws {
        var next = first
        while true {
            let batch = try journal.read("dlq", from: next, prefix: "", maxCount: 100, maxBytes: 8 << 20)
            guard let last = batch.last else { return }
            next = last.position.n + 1
            for message in batch {
                let event = try JSON.decode(CloudEvent<DeadLetter>.self, from: message.body)
                let item = Item(
                    n: message.position.n, time: message.position.ts, letter: event.data,
                    state: event.erased == nil ? state(of: event.data) : .erased)
                guard try body(item) else { return }
            }
        }
    }

    /// The dead letter with a number.
    func item(_ n: Int64) throws -> Item {
        var found: Item?
        try forEach(from: n) { item in
            if item.n == n { found = item }
            return false
        }
        guard let found else {
            throw DeadLetterError(
                "there is no dead letter \(n)", remedy: "'analyzer dlq list --all' shows those there are", .dataError)
        }
        return found
    }

    /// Orders what is to become of a dead letter.
    func order(_ action: LetterOrder.Action, _ item: Item) throws {
        if action == .requeue, item.letter.article == nil {
            throw DeadLetterError(
                "dead letter \(item.n) does not hold its article", remedy: "publish the article again", .dataError)
        }
        guard try LetterOrder(action, n: item.n, id: item.letter.id).give(to: journal) else {
            throw DeadLetterError(
                "dead letter \(item.n) was requeued or dropped before", remedy: "'analyzer dlq list --all' shows it",
                .dataError)
        }
    }

    private func state(of letter: DeadLetter) -> State {
        guard let order = orders[letter.id] else { return .open }
        if order.action == .drop { return .dropped }
        return isSettled(order.n) ? .requeued : .waiting
    }
}

/// Why something cannot be done about dead letters.
struct DeadLetterError: ExitCodeProviding, CustomStringConvertible {
    var message: String
    var remedy: String
    var exitCode: ExitCode

    init(_ message: String, remedy: String, _ exitCode: ExitCode) {
        self.message = message
        self.remedy = remedy
        self.exitCode = exitCode
    }

    var description: String { "\(message); \(remedy)" }
}
