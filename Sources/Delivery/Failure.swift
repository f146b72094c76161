import Journal
public import Service
import Streams
import ZeroMQ

/// What a failure means to a supervisor.
public enum Failure {
    /// The exit code of an error: whether to start again, or to mend the configuration first.
    public static func exitCode(of error: any Error) -> ExitCode {
        switch error {
        case let error as any ExitCodeProviding: error.exitCode
        case let error as JournalError: error.isRetriable ? .tempFail : .ioError
        case let error as ZeroMQError: error.isRetriable ? .tempFail : .unavailable
        case is FollowerError: .config
        default: .software
        }
    }
}
