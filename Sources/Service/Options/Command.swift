/// What a command is called, what it does and what it can be told: the one place that help, parsing and completion
/// come from.
///
/// A value is taken from the first of these that gives it: the command line, the environment, the configuration file,
/// the defaults. The environment variable of `--publish` of the command `producer` is `ONRECORD_PRODUCER_PUBLISH`, of
/// `--stream` of `onrecord tail` it is `ONRECORD_TAIL_STREAM`.
public struct Command<Configuration: Sendable>: Sendable {
    /// An example in help.
    public struct Example: Sendable {
        /// The line to type.
        public var line: String
        /// What it does.
        public var explanation: String

        /// Creates an example.
        public init(_ line: String, _ explanation: String) {
            self.line = line
            self.explanation = explanation
        }
    }

    /// The words that call it, such as `producer` or `onrecord tail`.
    public let name: String
    /// What it does, in one line without full stop.
    public let summary: String
    /// What a user must know beyond the options: paragraphs with an empty line between them.
    public let discussion: String
    /// Lines to try.
    public let examples: [Example]
    /// The option table.
    public let options: [Option<Configuration>]
    /// The words that belong to no option, or nil if there may be none.
    public let arguments: Arguments<Configuration>?
    /// The configuration of a command line without any options.
    public let defaults: Configuration
    /// Whether `--config FILE` is offered.
    public let readsFile: Bool
    /// What `--version` prints.
    public let version: String
    /// Finds what is wrong with the options taken together: a line for the user, or nil.
    public let check: @Sendable (Configuration) -> String?

    /// Creates a description of a command.
    /// - Parameters:
    ///   - name: The words that call it.
    ///   - summary: What it does, in one line without full stop.
    ///   - discussion: What a user must know beyond the options.
    ///   - examples: Lines to try.
    ///   - options: The option table.
    ///   - arguments: The words that belong to no option, or nil if there may be none.
    ///   - defaults: The configuration of a command line without any options.
    ///   - readsFile: Whether `--config FILE` is offered.
    ///   - version: What `--version` prints.
    ///   - check: Finds what is wrong with the options taken together.
    public init(
        _ name: String, summary: String, discussion: String = "", examples: [Example] = [],
        options: [Option<Configuration>], arguments: Arguments<Configuration>? = nil, defaults: Configuration,
        readsFile: Bool = false, version: String, check: @escaping @Sendable (Configuration) -> String? = { _ in nil }
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.options = options
        self.arguments = arguments
        self.defaults = defaults
        self.readsFile = readsFile
        self.version = version
        self.check = check
    }

    /// The name of the environment variable of an option.
    public func environmentName(of option: String) -> String {
        let words = name.split(separator: " ").drop { $0 == "onrecord" } + [Substring(option)]
        let path = words.joined(separator: "_").uppercased()
        return "ONRECORD_" + path.map { $0 == "-" || $0 == "." ? "_" : String($0) }.joined()
    }
}
