public import Service

/// Why health and numbers cannot be shown.
public struct MonitoringError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// What failed, where, and what can be done.
    public let description: String
    /// What it means to a supervisor.
    public let exitCode: ExitCode
}
