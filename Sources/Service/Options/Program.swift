internal import Glibc

/// A program as a shell sees it: a command, sub-commands, or both.
///
/// ```swift
/// @main enum Main {
///     static func main() -> Never { Program(command) { invocation in … }.main() }
/// }
/// ```
public struct Program: Sendable {
    /// The words that call it, such as `onrecord tail`.
    public let name: String
    /// What it does, in one line.
    public let summary: String
    /// Its sub-commands.
    public let programs: [Program]
    let options: [CompletedOption]
    let argumentCompletion: CompletedOption.Value?
    private let helpText: @Sendable (Int) -> String
    private let version: String
    private let invoke: (@Sendable ([String], [String: String]) throws -> ExitCode)?

    /// What a shell needs to know of an option.
    struct CompletedOption: Sendable {
        enum Value: Sendable, Hashable {
            case none, anything, files, folders
            case choices([String])
        }

        var name: String
        var help: String
        var value: Value
    }

    /// A program that is one command, with sub-commands beside if any.
    /// - Parameters:
    ///   - command: Its options and help.
    ///   - programs: Sub-commands, such as `analyzer dlq`.
    ///   - run: What it does; a thrown `ExitCodeProviding` sets the exit code.
    public init<Configuration>(
        _ command: Command<Configuration>, programs: [Program] = [],
        run: @escaping @Sendable (Invocation<Configuration>) throws -> ExitCode
    ) {
        name = command.name
        summary = command.summary
        version = command.version
        self.programs = programs
        options = command.completedOptions
        argumentCompletion = command.arguments.map { _ in .files }
        helpText = { width in command.helpText(width: width) + Self.list(programs, width: width) }
        invoke = { words, environment in
            let read: @Sendable () throws(UsageError) -> Parsed<Configuration> = { () throws(UsageError) in
                try command.parse(words, environment: environment)
            }
            switch try command.parse(words, environment: environment, width: Terminal.width(of: STDOUT_FILENO)) {
            case .show(let text):
                try Output.standard.write(
                    words.contains("--version") ? text : text + Self.list(programs, width: 80))
                return .ok
            case .run(let configuration):
                return try run(Invocation(configuration, read: read))
            }
        }
    }

    /// A program that does nothing but choose among its sub-commands.
    /// - Parameters:
    ///   - name: The words that call it.
    ///   - summary: What it is for, in one line.
    ///   - discussion: What a user should know first.
    ///   - version: What `--version` prints.
    ///   - programs: The sub-commands.
    public init(_ name: String, summary: String, discussion: String = "", version: String, programs: [Program]) {
        self.name = name
        self.summary = summary
        self.version = version
        self.programs = programs
        options = [
            CompletedOption(name: "help", help: "Show this.", value: .none),
            CompletedOption(name: "version", help: "Show the version.", value: .none),
        ]
        argumentCompletion = nil
        invoke = nil
        helpText = { width in
            var lines = TextLayout.wrap("\(name): \(summary)", width: width)
            lines += ["", "Usage: \(name) COMMAND [options]"]
            if !discussion.isEmpty { lines += [""] + TextLayout.wrap(discussion, width: width) }
            return lines.joined(separator: "\n") + "\n" + Self.list(programs, width: width)
        }
    }

    /// The last word of the name: what is typed to choose it.
    var word: String { name.split(separator: " ").last.map(String.init) ?? name }

    /// Runs the program with the process's own arguments and environment, and ends the process.
    public func main() -> Never {
        Signals.ignoreBrokenPipes()
        exit(run(Array(Self.words.dropFirst()), environment: Self.environment).rawValue)
    }

    /// Runs the program; errors are written to standard error.
    /// - Parameters:
    ///   - words: The command line without the program's name.
    ///   - environment: The environment variables.
    /// - Returns: The code to exit with.
    public func run(_ words: [String], environment: [String: String]) -> ExitCode {
        do {
            return try choose(words, environment: environment)
        } catch let failure as Output.Failure where failure.isClosedPipe {
            return .ok
        } catch {
            let code = (error as? any ExitCodeProviding)?.exitCode ?? .software
            let name = named(by: words)
            let hint = code == .usage ? "\nTry '\(name) --help'." : ""
            try? Output.error.write("\(name): \(LogFormat.escaped("\(error)"))\(hint)\n")
            return code
        }
    }

    private func choose(_ words: [String], environment: [String: String]) throws -> ExitCode {
        if let first = words.first, let program = programs.first(where: { $0.word == first }) {
            return try program.choose(Array(words.dropFirst()), environment: environment)
        }
        if words.count == 2, words[0] == "--completion" {
            guard let shell = Shell(rawValue: words[1]) else {
                throw UsageError("--completion: '\(words[1])' is not one of \(Shell.choices.joined(separator: ", "))")
            }
            try Output.standard.write(completionScript(for: shell))
            return .ok
        }
        if let invoke { return try invoke(words, environment) }
        guard let first = words.first else {
            try Output.error.write(helpText(Terminal.width(of: STDERR_FILENO)))
            return .usage
        }
        switch first {
        case "-h", "--help", "help": try Output.standard.write(helpText(Terminal.width(of: STDOUT_FILENO)))
        case "--version": try Output.standard.write("\(name) \(version)\n")
        default:
            throw UsageError(
                "unknown \(first.hasPrefix("-") ? "option" : "command") '\(first)'",
                remedy: Suggestion.closest(to: first, among: programs.map(\.word)).map { "did you mean '\($0)'?" })
        }
        return .ok
    }

    /// The name of the program or sub-command that these words call.
    private func named(by words: [String]) -> String {
        guard let first = words.first, let program = programs.first(where: { $0.word == first }) else { return name }
        return program.named(by: Array(words.dropFirst()))
    }

    private static func list(_ programs: [Program], width: Int) -> String {
        guard !programs.isEmpty else { return "" }
        let rows = programs.map { ($0.word, $0.summary) }
        return (["", "Commands:"] + TextLayout.table(rows, width: width)).joined(separator: "\n") + "\n"
    }

    /// The command line as it was given, whatever bytes it has.
    private static var words: [String] {
        (0..<Int(CommandLine.argc)).compactMap { index in CommandLine.unsafeArgv[index].map { string($0) } }
    }

    private static func string(_ chars: UnsafePointer<CChar>) -> String {
        OSString.string(of: UnsafeBufferPointer(start: chars, count: strlen(chars)).map { UInt8(bitPattern: $0) })
    }

    private static var environment: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = Self.string(entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }
}

extension Command {
    /// The options as a shell needs to know them.
    fileprivate var completedOptions: [Program.CompletedOption] {
        var all = options.map { option in
            let value: Program.CompletedOption.Value =
                switch option.completion {
                case .none: option.arity == .flag ? .none : .anything
                case .files: .files
                case .folders: .folders
                case .choices(let choices): .choices(choices)
                }
            return Program.CompletedOption(name: option.name, help: option.help, value: value)
        }
        if readsFile { all.append(.init(name: "config", help: "Read options from a file.", value: .files)) }
        all.append(.init(name: "help", help: "Show help.", value: .none))
        all.append(.init(name: "version", help: "Show the version.", value: .none))
        return all
    }
}
