/// What is wrong with a command line, an environment variable or a configuration file.
public struct UsageError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// What is wrong and where, in one line.
    public var message: String
    /// What to do about it, or nil.
    public var remedy: String?
    /// `usage` for the command line, `config` for environment and file.
    public var exitCode: ExitCode

    /// Creates an error.
    public init(_ message: String, remedy: String? = nil, exitCode: ExitCode = .usage) {
        self.message = message
        self.remedy = remedy
        self.exitCode = exitCode
    }

    /// Message and remedy in one line.
    public var description: String { remedy.map { "\(message); \($0)" } ?? message }
}
