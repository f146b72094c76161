extension Program {
    /// Completion for the Z shell: `source <(onrecord --completion zsh)`, or a file `_onrecord` on `fpath`.
    var zshCompletion: String {
        let cases = tree.map { program in
            let options = program.options.map { option in
                let help = option.help.firstSentence.zshEscaped
                let value =
                    switch option.value {
                    case .none: ""
                    case .anything: ":value:"
                    case .files: ":file:_files"
                    case .folders: ":folder:_files -/"
                    case .choices(let choices): ":value:(\(choices.joined(separator: " ")))"
                    }
                return "            \("*--\(option.name)[\(help)]\(value)".shellQuoted)"
            }
            var words = options
            if !program.programs.isEmpty {
                let list = program.programs.map { "\"\($0.word)\\:\($0.summary.doubleQuoteEscaped)\"" }
                words.append("            '*:command:((\(list.joined(separator: " "))))'")
            } else if program.argumentCompletion != nil {
                words.append("            '*:file:_files'")
            }
            return "        '\(program.name)') _arguments \\\n\(words.joined(separator: " \\\n")) ;;"
        }
        return """
            #compdef \(name)
            # zsh completion for \(name): source <(\(name) --completion zsh)
            \(function)() {
            \(walk(over: "words", upTo: "CURRENT"))    case $at in
            \(cases.joined(separator: "\n"))
                esac
            }
            if [ "$funcstack[1]" = "\(function)" ]; then \(function) "$@"; else compdef \(function) \(name); fi

            """
    }
}

extension String {
    /// With the characters escaped that mean something in a specification of `_arguments`.
    fileprivate var zshEscaped: String {
        map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// For a double-quoted word inside a single-quoted one: nothing that ends either of them.
    fileprivate var doubleQuoteEscaped: String {
        map { "\"\\$`'".contains($0) ? "" : String($0) }.joined()
    }
}
