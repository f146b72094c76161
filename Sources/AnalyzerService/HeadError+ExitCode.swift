import Delivery
public import Pool
public import Service

extension HeadError: ExitCodeProviding {
    /// What the error behind it means to a supervisor.
    public var exitCode: ExitCode { Failure.exitCode(of: cause) }
}
