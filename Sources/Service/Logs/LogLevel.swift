/// How much a log line matters.
public enum LogLevel: String, Sendable, CaseIterable, Comparable, OptionValue {
    /// For whoever looks for a fault.
    case debug
    /// What a service does.
    case info
    /// Something is wrong, and the service goes on.
    case warning
    /// Something failed.
    case error

    /// `debug` is the lowest.
    public static func < (first: LogLevel, second: LogLevel) -> Bool { first.rank < second.rank }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}
