extension Command {
    /// The usage line, such as `onrecord analyze [options] [FILE…]`.
    public var usageLine: String {
        ([name, "[options]"] + (arguments.map { [$0.usage] } ?? [])).joined(separator: " ")
    }

    /// What `--help` shows: usage, what the command does, options with defaults and environment names, examples.
    /// - Parameter width: How wide it may be, in columns.
    /// - Returns: The text, closed by a line feed.
    public func helpText(width: Int = 80) -> String {
        var lines = TextLayout.wrap("\(name): \(summary)", width: width)
        lines += ["", "Usage: \(usageLine)"]
        if !discussion.isEmpty { lines += [""] + TextLayout.wrap(discussion, width: width) }
        if let arguments {
            lines += ["", "Arguments:"]
            lines += TextLayout.table([(arguments.metavariable, arguments.help)], width: width)
        }
        lines += ["", "Options:"] + TextLayout.table(optionRows, width: width)
        if !examples.isEmpty {
            lines += ["", "Examples:"]
            for example in examples {
                lines += ["  \(example.line)"] + TextLayout.wrap(example.explanation, width: width, indent: 6)
            }
        }
        lines += [""] + TextLayout.wrap(layersText, width: width)
        return lines.joined(separator: "\n") + "\n"
    }

    private var optionRows: [(term: String, explanation: String)] {
        var rows = options.map { option in
            let term = option.metavariable.isEmpty ? "--\(option.name)" : "--\(option.name) \(option.metavariable)"
            var explanation = option.help
            if case .choices(let choices) = option.completion {
                explanation += " One of \(choices.joined(separator: ", "))."
            }
            if option.arity == .list { explanation += " May be given several times." }
            if let text = option.defaultText(defaults) { explanation += " [default: \(text)]" }
            return (term, explanation)
        }
        if readsFile {
            rows.append(
                (
                    "--config FILE",
                    "Read options from FILE: lines of 'flag = value'; read again on SIGHUP. '#' begins a comment; a value with "
                        + "' #' in it stands in quotation marks."
                ))
        }
        if !name.contains(" ") {
            rows.append(("--completion SHELL", "Write a completion script for bash, zsh or fish."))
        }
        rows.append(("--help", "Show this."))
        rows.append(("--version", "Show the version."))
        return rows
    }

    private var layersText: String {
        guard let first = options.first else { return "" }
        let file = readsFile ? ", then the file of --config" : ""
        return """
            Each option can also be set by environment: --\(first.name) by \(environmentName(of: first.name)), and so on; \
            several values are separated by commas. The command line comes first, then the environment\(file).
            """
    }
}
