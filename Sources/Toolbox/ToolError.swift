import Service

/// Why a command of the toolbox ends without what was asked for.
struct ToolError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// What is wrong and where.
    var message: String
    /// What can be done about it, where the message does not say it.
    var remedy: String?
    var exitCode: ExitCode

    init(_ message: String, remedy: String?, _ exitCode: ExitCode) {
        self.message = message
        self.remedy = remedy
        self.exitCode = exitCode
    }

    /// Message and remedy in one line that no terminal obeys.
    var description: String { Printable.line(message + (remedy.map { "; \($0)" } ?? "")) }
}
