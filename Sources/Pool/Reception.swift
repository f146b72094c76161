import Streams

/// How a head receives a worker, as far as people are to hear of it: once it is welcome, and why it is not.
///
/// A value without sockets or clocks; times are in milliseconds.
struct Reception: Sendable {
    /// What people are to hear.
    enum Remark: Sendable, Hashable {
        /// The head takes this worker.
        case welcome
        /// It has waited for so long; why.
        case waiting(milliseconds: Int64, why: String)
    }

    /// Milliseconds before the first remark on waiting; the pauses double from there.
    private static let patience: Int64 = 2_000
    private static let longestPause: Int64 = 60_000

    private var isWelcome = false
    private var since: Int64?
    private var pause = Self.patience
    private var next: Int64 = 0

    /// Takes note of how things are.
    ///
    /// - Parameters:
    ///   - isWelcome: Whether the head takes this worker.
    ///   - refusal: What the head answered last, where that was a refusal.
    ///   - line: The connection.
    ///   - now: The time.
    /// - Returns: What is to be said.
    mutating func look(isWelcome: Bool, refusal: String?, line: LineState, now: Int64) -> Remark? {
        let wasWelcome = self.isWelcome
        self.isWelcome = isWelcome
        if isWelcome {
            since = nil
            return wasWelcome ? nil : .welcome
        }
        guard let since else {
            since = now
            pause = Self.patience
            next = now + pause
            return nil
        }
        guard now >= next else { return nil }
        pause = min(2 * pause, Self.longestPause)
        next = now + pause
        let why =
            refusal
            ?? {
                switch line {
                case .down: "nobody answers there"
                case .refused:
                    "the connection is refused: it needs --key with a key on the head's list, for the role work, and "
                        + "--server-key with that of the head"
                case .closed:
                    "connections are closed before a word: look what listens there, another program, or a proxy or tunnel that "
                        + "does not reach the head"
                case .up: "the head gives no answer"
                }
            }()
        return .waiting(milliseconds: now - since, why: why)
    }
}
