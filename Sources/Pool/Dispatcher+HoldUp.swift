import Wire

/// Long articles that others wait for.
extension Dispatcher {
    /// How long an article takes before it is a long one.
    static let long: Int64 = 2_000

    /// Says once that tasks wait although there are workers, since each has long articles only.
    mutating func lookForHoldUp(now: Int64) -> [Action] {
        let longest = isWaited ? longestOfAll(now: now) : nil
        defer { isHeldUp = longest != nil }
        guard let longest, !isHeldUp else { return [] }
        return [.heldUp(by: longest)]
    }

    private var isWaited: Bool {
        tasks.contains { id, task in
            guard case .pending = task.state else { return false }
            return keys[task.work.key]?.first == id
        }
    }

    /// The longest of the articles that workers have, nil where a worker takes more or has one that may soon be done.
    private func longestOfAll(now: Int64) -> Work? {
        var longest: Work?
        for session in roster.compactMap({ sessions[$0] }) {
            guard session.leases.count >= session.capacity else { return nil }
            for id in session.leases {
                guard let task = tasks[id], case .leased(let lease) = task.state, now - lease.since >= Self.long
                else { return nil }
                if task.bytes > longest?.message.body.count ?? -1 { longest = task.work }
            }
        }
        return longest
    }
}
