import Service

/// How messages and analyses are shown.
enum OutputFormat: String, CaseIterable, OptionValue {
    /// For a person.
    case text
    /// One JSON value a line, for programs.
    case jsonLines = "jsonl"
}
