/// The number of attempts at a task.
public struct TaskAttempt: Sendable, Hashable {
    /// The origin of the task.
    public var origin: String
    /// Its sequence number there.
    public var n: Int64
    /// Attempts that were begun.
    public var attempts: Int

    /// Creates an attempt.
    public init(origin: String, n: Int64, attempts: Int) {
        self.origin = origin
        self.n = n
        self.attempts = attempts
    }
}
