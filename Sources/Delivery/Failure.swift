public import Journal
public import Service
import Streams
public import ZeroMQ

extension JournalError: ExitCodeProviding {
    /// Whether to start again, and stand by if need be, or to mend the configuration or the store first.
    public var exitCode: ExitCode {
        switch code {
        case .notLeading: .tempFail
        case .cannotOpen: .config
        default: isRetriable ? .tempFail : .ioError
        }
    }
}

extension ZeroMQError: ExitCodeProviding {
    /// Whether to start again at once.
    public var exitCode: ExitCode { isRetriable ? .tempFail : .unavailable }
}

/// What a failure means to a supervisor.
public enum Failure {
    /// The exit code of an error: whether to start again, or to mend the configuration first.
    public static func exitCode(of error: any Error) -> ExitCode {
        switch error {
        case let error as any ExitCodeProviding: error.exitCode
        case is FollowerError: .config
        default: .software
        }
    }
}
