extension Command {
    /// A text given for an option, and by whom.
    private struct Given {
        var texts: [String]
        /// How messages call it, such as `--publish` or `ONRECORD_PRODUCER_PUBLISH`.
        var origin: String
        var exitCode: ExitCode
        /// File and line, where it stands in a file.
        var place = ""
    }

    private typealias Layer = [String: Given]

    /// Reads a command line, the environment and the configuration file that they name.
    /// - Parameters:
    ///   - words: The command line without the words of the command's name.
    ///   - environment: The environment variables.
    ///   - width: How wide help may be, in columns.
    /// - Returns: The configuration, or help or version if asked for.
    /// - Throws: `UsageError` for anything unknown, incomplete or impossible.
    public func parse(
        _ words: [String], environment: [String: String], width: Int = 80
    ) throws(UsageError) -> Parsed<Configuration> {
        var line = try Line(reading: words, of: self)
        if line.asksForHelp { return .show(helpText(width: width)) }
        if line.asksForVersion { return .show("\(name) \(version)\n") }
        let variables = try environmentLayer(environment)
        var layers = [line.given, variables]
        if readsFile, let path = line.file ?? environment[environmentName(of: "config")], !path.isEmpty {
            try Self.refuseOddBytes(in: [path], of: "--config")
            layers.append(try fileLayer(ConfigurationFile(readingFileAt: path)))
        }

        var configuration = defaults
        for option in options {
            guard let given = layers.lazy.compactMap({ $0[option.name] }).first else { continue }
            if !option.takesAnyBytes { try Self.refuseOddBytes(in: given.texts, of: given.origin, given.exitCode) }
            do {
                try option.assign(&configuration, given.texts)
            } catch {
                throw UsageError("\(given.origin): '\(error.text)' \(error.message)", exitCode: given.exitCode)
            }
        }
        try take(&line.arguments, into: &configuration)
        if let complaint = check(configuration) { throw UsageError(complaint) }
        return .run(configuration)
    }

    /// A name that is not UTF-8 would become another one on its way to the system.
    private static func refuseOddBytes(
        in texts: [String], of origin: String, _ exitCode: ExitCode = .usage
    ) throws(UsageError) {
        guard let odd = texts.first(where: OSString.holdsOddBytes) else { return }
        throw UsageError(
            "\(origin): '\(OSString.shown(odd))' is not UTF-8", remedy: "choose a name that is", exitCode: exitCode)
    }

    private func take(_ words: inout [String], into configuration: inout Configuration) throws(UsageError) {
        guard let arguments else { return }
        guard words.count >= arguments.count.lowerBound else {
            throw UsageError("\(arguments.metavariable) is missing", remedy: "usage: \(usageLine)")
        }
        guard words.count <= arguments.count.upperBound else {
            throw UsageError("'\(words[arguments.count.upperBound])' is one argument too many")
        }
        if !arguments.anyBytes { try Self.refuseOddBytes(in: words, of: arguments.metavariable) }
        if !words.isEmpty { configuration[keyPath: arguments.property] = words }
    }

    private func environmentLayer(_ environment: [String: String]) throws(UsageError) -> Layer {
        var layer: Layer = [:]
        for option in options {
            let variable = environmentName(of: option.name)
            guard let text = environment[variable], !text.isEmpty else { continue }
            // Some readers of files of variables, such as Docker's, take them for a part of the value.
            if let mark = text.first, mark == text.last, "\"'".contains(mark) {
                throw UsageError(
                    "\(variable): quotation marks would be a part of \(text)", remedy: "leave them out",
                    exitCode: .config)
            }
            let texts = option.arity == .list ? text.split(separator: ",").map(String.init) : [text]
            layer[option.name] = Given(texts: texts, origin: variable, exitCode: .config)
        }
        return layer
    }

    private func fileLayer(_ file: ConfigurationFile) throws(UsageError) -> Layer {
        var layer: Layer = [:]
        for entry in file.entries {
            guard let option = options.first(where: { $0.name == entry.key }) else {
                throw UsageError(
                    "\(entry.place): unknown key '\(entry.key)'",
                    remedy: Suggestion.closest(
                        to: String(entry.key.drop { $0 == "-" }), among: options.map(\.name)
                    ).map {
                        "did you mean '\($0)'?"
                    }, exitCode: .config)
            }
            if let earlier = layer[entry.key], option.arity != .list {
                throw UsageError(
                    "\(entry.place): '\(entry.key)' is given a second time, after \(earlier.place)",
                    remedy: "leave one of the two lines out", exitCode: .config)
            }
            layer[entry.key] = Given(
                texts: (layer[entry.key]?.texts ?? []) + [entry.value], origin: "\(entry.place): \(entry.key)",
                exitCode: .config, place: entry.place)
        }
        return layer
    }

    /// A command line taken apart, its values not yet read.
    private struct Line {
        var given: Layer = [:]
        var arguments: [String] = []
        var file: String?
        var asksForHelp = false
        var asksForVersion = false

        init(reading words: [String], of command: Command) throws(UsageError) {
            var rest = words[...]
            /// The list option that bare words may still go to, in a command without arguments: `--source A B`.
            var openList: String?
            while let word = rest.popFirst() {
                if word == "--" {
                    for word in rest { try append(word, of: command) }
                    return
                }
                guard word.hasPrefix("-"), word != "-" else {
                    if let openList, command.arguments == nil {
                        given[openList]?.texts.append(word)
                    } else {
                        try append(word, of: command)
                    }
                    continue
                }
                openList = nil
                if word == "-h" || word == "--help" {
                    asksForHelp = true
                } else if word == "--version" {
                    asksForVersion = true
                } else if command.readsFile, word == "--config" || word.hasPrefix("--config=") {
                    file = try Self.value(of: word, rest: &rest)
                } else {
                    let option = try command.option(named: word)
                    try take(option, word, rest: &rest)
                    if option.arity == .list { openList = option.name }
                }
            }
        }

        private mutating func append(_ word: String, of command: Command) throws(UsageError) {
            guard command.arguments != nil else {
                throw UsageError("'\(word)' is unexpected: \(command.name) takes options only")
            }
            arguments.append(word)
        }

        private mutating func take(
            _ option: Option<Configuration>, _ word: String, rest: inout ArraySlice<String>
        ) throws(UsageError) {
            let text: String
            if option.arity == .flag, !word.contains("=") {
                text = "true"
            } else {
                text = try Self.value(of: word, rest: &rest)
            }
            let earlier = option.arity == .list ? given[option.name]?.texts ?? [] : []
            given[option.name] = Given(texts: earlier + [text], origin: "--\(option.name)", exitCode: .usage)
        }

        /// The text behind `=`, or else the next word.
        private static func value(of word: String, rest: inout ArraySlice<String>) throws(UsageError) -> String {
            if let equals = word.firstIndex(of: "=") { return String(word[word.index(after: equals)...]) }
            guard let next = rest.first, !next.hasPrefix("--") else { throw UsageError("\(word) needs a value") }
            rest.removeFirst()
            return next
        }
    }

    private func option(named word: String) throws(UsageError) -> Option<Configuration> {
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        if word.hasPrefix("--"), let option = options.first(where: { $0.name == name }) { return option }
        let known = options.map(\.name) + ["help", "version"] + (readsFile ? ["config"] : [])
        throw UsageError(
            "unknown option \(word.prefix { $0 != "=" })",
            remedy: Suggestion.closest(to: name, among: known).map { "did you mean --\($0)?" })
    }
}
