import Evaluation
import Service

/// Figures as a person reads them.
enum ScoreTable {
    /// A table.
    /// - Parameters:
    ///   - figures: What `Evaluation.figures` gives.
    ///   - file: The file that they are of.
    /// - Returns: Lines, and an empty one behind them.
    static func text(of figures: [String: Figure], in file: String) -> String {
        let figures = Figure.group(figures)
        var lines = ["\(Printable.line(file)): \(count(figures["docs"])) articles, in percent"]
        if let missing = figures["missing_docs"]?.number, missing > 0 {
            lines.append("without an analysis: \(Int(missing)), as if nothing had been found in them")
        }
        lines.append(row("", ["P", "R", "F1", "found", "there"]))
        if figures["content"] != nil {
            for (way, name) in [("partial", "half right"), ("exact", "exact")] {
                for kind in ["ALL", "QUOTED", "DIRECT", "MIXED", "INDIRECT"] {
                    let title = kind == "ALL" ? "quotes, \(name)" : "  \(kind.lowercased())"
                    lines.append(agreement(title, figures["content", "\(kind).\(way)"]))
                }
                lines.append(agreement("  with their source", figures["source", "ALL.\(way)"]))
            }
            lines.append(agreement("words of quotes", figures["tokens"]))
        }
        if let claims = figures["claims"] { lines.append(agreement("check-worthy sentences", claims)) }
        if let furniture = figures["furniture"] { lines.append(agreement("web furniture", furniture)) }
        for (name, title) in [
            ("quantities", "quantities"), ("dates", "dates"), ("propositions", "propositions"),
            ("modal", "  not asserted"),
        ] {
            if let figure = figures[name] { lines.append(agreement(title, figure)) }
        }
        lines += facts(figures)
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func facts(_ figures: Figure) -> [String] {
        let rows: [(String, [(String, [String])])] = [
            ("source of matched quotes", [("right", ["source", "ALL.acc"])]),
            (
                "speakers of matched quotes",
                [("full name", ["speaker", "full"]), ("alike", ["speaker", "loose"])]
            ),
            (
                "  people with a name",
                [("full name", ["speaker", "person.full"]), ("alike", ["speaker", "person.loose"])]
            ),
            ("speakers of all quotes there are", [("full name", ["speaker", "R.full"])]),
            ("  people with a name", [("full name", ["speaker", "R.person.full"])]),
            ("speakers' type", [("right", ["entity", "type"]), ("role", ["entity", "role"])]),
            ("check-worthy", [("average precision", ["claims", "AP"]), ("claimant right", ["claims", "claimant"])]),
            ("calibration error", [("quotes", ["calibration", "quotes"]), ("claims", ["calibration", "claims"])]),
            ("quantities", [("unit right", ["quantities", "unit"]), ("comparison", ["quantities", "comparison"])]),
            (
                "propositions",
                [("polarity right", ["propositions", "negated"]), ("modality", ["propositions", "modality"])]
            ),
        ]
        return rows.compactMap { title, cells in
            let shown = cells.compactMap { name, path -> String? in
                guard let number = number(figures, path) else { return nil }
                return "\(name) \(percent(number))"
            }
            return shown.isEmpty ? nil : "\(title): \(shown.joined(separator: ", "))"
        }
    }

    private static func number(_ figures: Figure, _ path: [String]) -> Double? {
        path.reduce(Optional(figures)) { figure, name in figure?[name] }?.number
    }

    private static func agreement(_ title: String, _ figure: Figure?) -> String {
        let shares = ["P", "R", "F1"].map { figure?[$0]?.number.map(percent) ?? "" }
        return row(title, shares + ["n_pred", "n_gold"].map { count(figure?[$0]) })
    }

    private static func row(_ title: String, _ cells: [String]) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count))
        }
        return title + padded(title, 26) + cells.map { padded($0, 7) + $0 }.joined()
    }

    private static func count(_ figure: Figure?) -> String { figure?.number.map { String(Int($0)) } ?? "" }

    /// A share in percent with one decimal.
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
