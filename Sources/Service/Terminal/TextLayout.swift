/// Breaks text for a terminal.
enum TextLayout {
    /// `text` in lines of at most `width` columns, each behind `indent` spaces; words longer than that stand alone.
    ///
    /// An empty line between paragraphs stays; a line that starts with a space is kept as it is.
    static func wrap(_ text: String, width: Int, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if paragraph.isEmpty || paragraph.hasPrefix(" ") {
                lines.append(paragraph.isEmpty ? "" : margin + paragraph)
                continue
            }
            var line = ""
            for word in paragraph.split(separator: " ") {
                if !line.isEmpty, indent + line.count + 1 + word.count > width {
                    lines.append(margin + line)
                    line = ""
                }
                line += line.isEmpty ? String(word) : " " + word
            }
            lines.append(margin + line)
        }
        return lines
    }

    /// Rows of a term and its explanation, the explanations in a column of their own.
    static func table(_ rows: [(term: String, explanation: String)], width: Int) -> [String] {
        let widest = rows.map(\.term.count).filter { $0 <= min(26, width / 3) }.max() ?? 0
        let column = widest + 4
        return rows.flatMap { row in
            var lines = wrap(row.explanation, width: width, indent: column)
            let term = "  " + row.term
            if row.term.count <= widest, let first = lines.first {
                lines[0] = term + String(repeating: " ", count: column - term.count) + first.dropFirst(column)
            } else {
                lines.insert(term, at: 0)
            }
            return lines
        }
    }
}
