/// A shell that completion can be written for.
public enum Shell: String, Sendable, CaseIterable, OptionValue {
    /// GNU Bash.
    case bash
    /// The Z shell.
    case zsh
    /// The friendly interactive shell.
    case fish
}

extension Program {
    /// A script that completes this program's commands, options and values in a shell.
    public func completionScript(for shell: Shell) -> String {
        switch shell {
        case .bash: bashCompletion
        case .zsh: zshCompletion
        case .fish: fishCompletion
        }
    }

    /// This program and all below it.
    var tree: [Program] { [self] + programs.flatMap(\.tree) }

    /// The name of the shell function that completes it.
    var function: String { "_" + name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined() }

    /// Shell lines that follow the words up to the present one into the variable `at`, as far as they name commands.
    func walk(over words: String, upTo limit: String) -> String {
        let steps = tree.flatMap { program in
            program.programs.map { "            '\(program.name) \($0.word)') at='\($0.name)' ;;" }
        }
        guard !steps.isEmpty else { return "    local at='\(name)'\n" }
        return """
                local at='\(name)' i
                for ((i = \(words == "words" ? 2 : 1); i < \(limit); i++)); do
                    case "$at ${\(words)[i]}" in
            \(steps.joined(separator: "\n"))
                    esac
                done

            """
    }
}

extension String {
    /// In single quotes for a shell.
    var shellQuoted: String {
        let inner = split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        return "'\(inner)'"
    }

    /// Its first sentence, without full stop, for a list of completions.
    var firstSentence: String {
        var sentence = self
        if let end = ranges(of: ". ").first { sentence = String(self[..<end.lowerBound]) }
        if sentence.hasSuffix(".") { sentence.removeLast() }
        return sentence
    }
}
