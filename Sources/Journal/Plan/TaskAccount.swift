package import Wire

/// Which tasks of which origins are settled: what a completion reads, and what it changes.
package struct TaskAccount {
    /// A task of an origin.
    package struct Task: Hashable, Sendable {
        package let origin: String
        package let n: Int64

        package init(origin: String, n: Int64) {
            self.origin = origin
            self.n = n
        }
    }

    /// Tasks that were settled here and lie beyond the cursors, with the links of their messages.
    package private(set) var beyond: [Task: Link?] = [:]
    /// Cursors that moved.
    package private(set) var moved: [String: Cursor] = [:]

    private let place: String
    private var cursors: [String: Int64]
    private var settled: [Task: Link?]

    /// Creates an account.
    ///
    /// - Parameters:
    ///   - place: Where the journal is, for errors.
    ///   - cursors: Those of the origins that were begun.
    ///   - settled: Tasks beyond them that are settled, with the links of their messages where they are known.
    package init(at place: String, cursors: [String: Int64], settled: [Task: Link?]) {
        self.place = place
        self.cursors = cursors
        self.settled = settled
    }

    /// Whether a task needs nothing any more; one that was settled under another link was another one.
    package func isSettled(_ task: Task, link: Link?) throws(JournalError) -> Bool {
        guard let cursor = cursors[task.origin] else { throw .neverBegun(task.origin, at: place) }
        if task.n <= cursor { return true }
        guard let known = settled[task] else { return false }
        return known == nil || link == nil || known == link
    }

    /// Settles a task.
    ///
    /// - Returns: Whether it was open.
    mutating func settle(_ task: Task, link: Link?) throws(JournalError) -> Bool {
        guard try !isSettled(task, link: link) else { return false }
        settled[task] = .some(link)
        beyond[task] = .some(link)
        return true
    }

    /// Moves cursors forward.
    mutating func advance(to new: [String: Cursor]) throws(JournalError) {
        for (origin, cursor) in new {
            guard let old = cursors[origin] else { throw .neverBegun(origin, at: place) }
            guard cursor.n > old else { continue }
            cursors[origin] = cursor.n
            moved[origin] = cursor
        }
        beyond = beyond.filter { $0.key.n > cursors[$0.key.origin, default: 0] }
    }

    /// Those of so many attempts that are to be recorded: the last number of each task that is not settled.
    package func open(_ attempts: [TaskAttempt]) throws(JournalError) -> [TaskAttempt] {
        var latest: [Task: TaskAttempt] = [:]
        for attempt in attempts {
            let task = Task(origin: attempt.origin, n: attempt.n)
            if try !isSettled(task, link: nil) { latest[task] = attempt }
        }
        return latest.values.sorted { ($0.origin, $0.n) < ($1.origin, $1.n) }
    }
}

extension JournalError {
    /// The error of completing what was never begun.
    static func neverBegun(_ origin: String, at place: String) -> JournalError {
        JournalError(.failed, "\(place): the origin \(origin) has no account yet; begin it first")
    }
}
