import Dispatch
import Synchronization

/// The threads that may read at once, and the buffers of those that did, kept between articles.
public final class Workspaces: Sendable {
    private struct State {
        var idle: [Workspace] = []
        /// Threads that read now.
        var reading = 0
    }

    private let encoder: Encoder
    private let threads: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - tagger: Whose windows are read.
    ///   - threads: How many threads read at once where one alone has several windows to read.
    public init(of tagger: Tagger, threads: Int) {
        encoder = tagger.encoder
        self.threads = threads
    }

    /// Runs `body` for each number below `count`, on this thread and on as many others as no one reads on.
    ///
    /// Whoever comes gets this thread at once, so there may be more than `threads` for the time of some windows.
    /// - Returns: The results in order.
    func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int, Workspace) -> Result) -> [Result] {
        let helpers = state.withLock { state in
            state.reading += 1
            let helpers = max(0, min(count - 1, threads - state.reading))
            state.reading += helpers
            return helpers
        }
        defer { state.withLock { $0.reading -= helpers + 1 } }
        guard helpers > 0 else { return with { work in (0..<count).map { body($0, work) } } }

        let next = Atomic(0)
        let results = Mutex([Result?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: helpers + 1) { _ in
            with { work in
                while true {
                    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard number < count else { return }
                    let result = body(number, work)
                    results.withLock { $0[number] = result }
                }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// Lends a workspace to `body`.
    private func with<Result>(_ body: (Workspace) -> Result) -> Result {
        let workspace = state.withLock { $0.idle.popLast() } ?? Workspace(encoder)
        defer { state.withLock { $0.idle.append(workspace) } }
        return body(workspace)
    }
}
