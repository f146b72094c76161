public import Glibc
internal import Synchronization

/// A line on standard error that shows how far a long task is: on a terminal only, and not before two seconds.
public final class Progress: Sendable {
    private struct State {
        var done = 0
        var shown: ContinuousClock.Instant?
    }

    private let label: String
    private let total: Int?
    private let isShown: Bool
    private let started: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// Creates a progress line.
    /// - Parameters:
    ///   - label: What is being done, such as `analysing`.
    ///   - total: How many steps there are, or nil if unknown.
    ///   - isShown: Whether a person looks; whether standard error is a terminal, if not given.
    ///   - now: The time.
    ///   - write: Writes to the terminal.
    public init(
        _ label: String, total: Int? = nil, isShown: Bool = Terminal.isInteractive(STDERR_FILENO),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { try? Output.error.write($0) }
    ) {
        self.label = label
        self.total = total
        self.isShown = isShown
        self.now = now
        self.write = write
        started = now()
    }

    /// Counts steps as done and shows so, ten times a second at most.
    public func advance(by steps: Int = 1) {
        let time = now()
        let line: String? = state.withLock { state in
            state.done += steps
            guard isShown, time - started >= .seconds(2) else { return nil }
            if let shown = state.shown, time - shown < .milliseconds(100) { return nil }
            state.shown = time
            return text(done: state.done, after: time - started)
        }
        if let line { write("\r\u{1b}[K\(line)") }
    }

    /// Takes the line away.
    public func finish() {
        let wasShown = state.withLock { state in
            defer { state.shown = nil }
            return state.shown != nil
        }
        if wasShown { write("\r\u{1b}[K") }
    }

    private func text(done: Int, after elapsed: Duration) -> String {
        let seconds = max(elapsed.components.seconds, 1)
        let rate = Double(done) / Double(seconds)
        let count = total.map { "\(done) of \($0)" } ?? "\(done)"
        return "\(label): \(count), \(seconds) s, \(rate < 10 ? (rate * 10).rounded() / 10 : rate.rounded()) a second"
    }
}
