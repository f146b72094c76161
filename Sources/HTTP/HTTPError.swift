public import Service

/// Why nothing can be served at an address.
public struct HTTPError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// What failed, where, and what can be done.
    public let description: String
    /// What it means to a supervisor.
    public let exitCode: ExitCode
}
