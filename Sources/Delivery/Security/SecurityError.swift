public import Service

/// Why keys or an allow list cannot be used: what is wrong, in which file and line, and what to do about it.
public struct SecurityError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// What is wrong and where, with the remedy; never holds a secret.
    public var description: String
    /// `config`, or `cantCreate` where files cannot be written.
    public var exitCode: ExitCode

    /// Creates an error.
    public init(_ description: String, exitCode: ExitCode = .config) {
        self.description = description
        self.exitCode = exitCode
    }
}
