import Service

/// How analyses are shown.
enum AnalysisFormat: String, CaseIterable, OptionValue {
    /// For a person.
    case text
    /// One event a line, for programs.
    case jsonLines = "jsonl"
    /// One claim a row, for a table.
    case csv
    /// One article a line, in the words of schema.org.
    case linkedData = "schema.org"
}

extension AnalysisFormat {
    /// Why a stream cannot be shown like this, or nil.
    func mistake(on stream: StreamName) -> String? {
        switch self {
        case .text, .jsonLines: nil
        case .csv, .linkedData: stream == .results ? nil : "--format \(rawValue) is for analyses: --stream res"
        }
    }
}
