extension Program {
    /// Completion for Bash: `source <(onrecord --completion bash)`.
    var bashCompletion: String {
        let values = tree.flatMap { program in
            program.options.compactMap { option -> String? in
                let pattern = "        '\(program.name) --\(option.name)')"
                return switch option.value {
                case .none: nil
                case .anything: "\(pattern) return ;;"
                case .files: "\(pattern) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;"
                case .folders: "\(pattern) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;"
                case .choices(let choices):
                    "\(pattern) COMPREPLY=($(compgen -W \(choices.joined(separator: " ").shellQuoted) -- \"$cur\")); return ;;"
                }
            }
        }
        let words = tree.map { program in
            let known = program.programs.map(\.word) + program.options.map { "--\($0.name)" }
            let files =
                program.argumentCompletion == nil ? "" : "; [[ $cur == -* ]] || COMPREPLY+=($(compgen -f -- \"$cur\"))"
            return
                "        '\(program.name)') COMPREPLY=($(compgen -W \(known.joined(separator: " ").shellQuoted) -- \"$cur\"))\(files) ;;"
        }
        return """
            # bash completion for \(name): source <(\(name) --completion bash)
            \(function)() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
            \(walk(over: "COMP_WORDS", upTo: "COMP_CWORD"))    case "$at $prev" in
            \(values.joined(separator: "\n"))
                esac
                case $at in
            \(words.joined(separator: "\n"))
                esac
            }
            complete -o filenames -F \(function) \(name)

            """
    }
}
