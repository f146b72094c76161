public import Service

/// A log sink that keeps the lines for a test to look at.
public final class CapturedLogs: LogSink {
    private let kept = Condition<[LogEntry]>([])

    /// Creates an empty sink.
    public init() {}

    /// The lines so far.
    public var entries: [LogEntry] { kept.read { $0 } }

    /// The messages so far.
    public var messages: [String] { entries.map(\.message) }

    /// Keeps a line.
    public func write(_ entry: LogEntry) {
        kept.update { $0.append(entry) }
    }

    /// Waits for a line.
    /// - Parameters:
    ///   - timeout: How long to wait at most.
    ///   - condition: What is wanted of the line.
    /// - Returns: The first such line, or nil after the time is up.
    public func wait(timeout: Duration = .seconds(10), for condition: (LogEntry) -> Bool) -> LogEntry? {
        kept.wait(timeout: timeout) { $0.first(where: condition) }
    }
}
