/// Where log lines go.
public protocol LogSink: Sendable {
    /// Takes a line; must not block for long.
    func write(_ entry: LogEntry)
}
