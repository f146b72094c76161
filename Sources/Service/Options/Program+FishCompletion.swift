extension Program {
    /// Completion for fish: `onrecord --completion fish | source`.
    var fishCompletion: String {
        var lines = ["# fish completion for \(name): \(name) --completion fish | source"]
        for program in tree {
            let here = program.fishCondition
            for child in program.programs {
                lines.append(
                    "complete -c \(name) -n \(here) -f -a \(child.word) -d \(child.summary.shellQuoted)")
            }
            if program.argumentCompletion == nil { lines.append("complete -c \(name) -n \(here) -f") }
            for option in program.options {
                let value =
                    switch option.value {
                    case .none: ""
                    case .anything: " -x"
                    case .files: " -r -F"
                    case .folders: " -x -a '(__fish_complete_directories)'"
                    case .choices(let choices): " -x -a \(choices.joined(separator: " ").shellQuoted)"
                    }
                lines.append(
                    "complete -c \(name) -n \(here) -l \(option.name)\(value) -d \(option.help.firstSentence.shellQuoted)"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A test that is true where the words so far lead to this program and to none below it.
    private var fishCondition: String {
        let path = name.split(separator: " ").dropFirst().map { "__fish_seen_subcommand_from \($0)" }
        let below = programs.map(\.word)
        let further = below.isEmpty ? [] : ["not __fish_seen_subcommand_from \(below.joined(separator: " "))"]
        let tests = path + further
        return tests.isEmpty ? "true" : tests.joined(separator: "; and ").shellQuoted
    }
}
