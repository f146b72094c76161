public import Journal
public import Service
public import Streams
public import ZeroMQ

/// What a failure means to a supervisor.
public enum Failure {
    /// The exit code of an error: whether to start again, or to mend the configuration first.
    public static func exitCode(of error: any Error) -> ExitCode {
        (error as? any ExitCodeProviding)?.exitCode ?? .software
    }
}

extension ZeroMQError: ExitCodeProviding {
    /// What it means that an endpoint cannot be used.
    public var exitCode: ExitCode {
        switch code {
        case .permissionDenied: .noPermission
        case .invalid, .protocolNotSupported, .protocolIncompatible: .config
        default: isRetriable ? .tempFail : .unavailable
        }
    }
}

extension JournalError: ExitCodeProviding {
    /// What it means that a journal cannot be used.
    public var exitCode: ExitCode {
        if isRetriable { return .tempFail }
        return switch code {
        case .cannotOpen: .config
        case .missing: .noInput
        case .cannotMake: .cantCreate
        case .denied: .noPermission
        case .unusable: .dataError
        case .full, .unavailable, .tooLong, .notLeading, .setBack: .tempFail
        case .closed, .failed: .ioError
        }
    }
}

extension FollowerError: ExitCodeProviding {
    /// The stream is another one than the configuration expects.
    public var exitCode: ExitCode { .config }
}
