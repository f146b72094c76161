internal import Synchronization

/// A service's log: levels, a message and named details, safe against whatever the details hold.
public struct Log: Sendable {
    /// The lowest level that is written, shared by all copies of a log.
    private final class Threshold: Sendable {
        let level: Mutex<LogLevel>

        init(_ level: LogLevel) { self.level = Mutex(level) }
    }

    private let threshold: Threshold
    private let sink: any LogSink
    private let context: [LogEntry.Field]
    private let limiter: RateLimiter

    /// Creates a log.
    /// - Parameters:
    ///   - level: The lowest level that is written.
    ///   - sink: Where the lines go.
    ///   - now: The time by which repeated lines are held back.
    public init(
        level: LogLevel = .info, to sink: any LogSink = DescriptorSink(),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        threshold = Threshold(level)
        self.sink = sink
        context = []
        limiter = RateLimiter(now: now)
    }

    private init(_ log: Log, context: [LogEntry.Field]) {
        threshold = log.threshold
        sink = log.sink
        limiter = log.limiter
        self.context = context
    }

    /// The lowest level that is written; setting it holds for every copy of this log, as on SIGHUP.
    public var level: LogLevel {
        get { threshold.level.withLock { $0 } }
        nonmutating set { threshold.level.withLock { $0 = newValue } }
    }

    /// The same log with details that every line carries, such as the part of the program.
    public func with(_ fields: KeyValuePairs<String, any CustomStringConvertible>) -> Log {
        Log(self, context: context + Self.fields(fields))
    }

    /// Writes a line.
    /// - Parameters:
    ///   - level: How much it matters.
    ///   - message: What happened; not even made if the level is not written.
    ///   - fields: The details.
    public func write(
        _ level: LogLevel, _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        guard level >= self.level else { return }
        put(level, message(), Self.fields(fields()))
    }

    /// Writes a line, but only one a second for each key; the next one says how many were held back.
    /// - Parameters:
    ///   - key: What may not repeat, such as a kind of failure and the peer; at most 1,024 are told apart.
    ///   - level: How much it matters.
    ///   - message: What happened.
    ///   - fields: The details.
    public func limited(
        _ key: String, _ level: LogLevel, _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        guard level >= self.level, let suppressed = limiter.admit(key) else { return }
        var details = Self.fields(fields())
        if suppressed > 0 { details.append(.init(key: "suppressed", value: String(suppressed), isNumber: true)) }
        put(level, message(), details)
    }

    private func put(_ level: LogLevel, _ message: String, _ fields: [LogEntry.Field]) {
        sink.write(
            LogEntry(milliseconds: Moment.now.milliseconds, level: level, message: message, fields: context + fields))
    }

    private static func fields(_ pairs: KeyValuePairs<String, any CustomStringConvertible>) -> [LogEntry.Field] {
        pairs.map {
            LogEntry.Field(key: $0.key, value: $0.value.description, isNumber: $0.value is any BinaryInteger)
        }
    }
}

extension Log {
    /// Writes a line for whoever looks for a fault.
    public func debug(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        write(.debug, message(), fields())
    }

    /// Writes what the service does.
    public func info(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        write(.info, message(), fields())
    }

    /// Writes that something is wrong though the service goes on.
    public func warning(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        write(.warning, message(), fields())
    }

    /// Writes that something failed.
    public func error(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        write(.error, message(), fields())
    }
}
