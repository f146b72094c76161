import Service

/// Text in several styles that is folded to a width: the only way for text from elsewhere to the terminal.
///
/// Whatever is added is made `Printable` first, so the only escape sequences in the result are its own.
struct StyledText {
    /// How a stretch of text looks where colours are used.
    enum Style {
        case plain, strong, faint, name, alert

        /// The terminal's number for it (SGR), nil for none.
        fileprivate var code: String? {
            switch self {
            case .plain: nil
            case .strong: "1"
            case .faint: "2"
            case .name: "36"
            case .alert: "33"
            }
        }
    }

    private struct Piece {
        var text: String
        var style: Style
    }

    /// Words of one or more pieces: `“Never,”` in one style with `:` in another behind it is one word.
    private var words: [[Piece]] = []

    /// Adds the words of a text behind a space.
    mutating func add(_ text: String, _ style: Style = .plain) {
        words += pieces(text, style).map { [$0] }
    }

    /// Adds a text directly behind the last word.
    mutating func attach(_ text: String, _ style: Style = .plain) {
        let pieces = pieces(text, style)
        guard let first = pieces.first, let last = words.indices.last else { return add(text, style) }
        words[last].append(first)
        words += pieces.dropFirst().map { [$0] }
    }

    private func pieces(_ text: String, _ style: Style) -> [Piece] {
        Printable.line(text).split(separator: " ").map { Piece(text: String($0), style: style) }
    }

    /// The text in lines of at most `width` columns, each closed by a line feed; a longer word stands alone.
    /// - Parameters:
    ///   - width: Columns.
    ///   - indent: Spaces before the first line.
    ///   - hanging: Spaces before the others.
    ///   - isColored: Whether styles are shown.
    /// - Returns: The lines.
    func folded(width: Int, indent: Int = 0, hanging: Int = 0, isColored: Bool) -> String {
        var text = ""
        var line: [[Piece]] = []
        var margin = indent
        var column = indent
        for word in words {
            let columns = word.reduce(0) { $0 + $1.text.columns }
            if !line.isEmpty, column + 1 + columns > width {
                text += Self.line(line, margin: margin, isColored: isColored)
                line = []
                margin = hanging
                column = hanging
            }
            column += (line.isEmpty ? 0 : 1) + columns
            line.append(word)
        }
        return line.isEmpty ? text : text + Self.line(line, margin: margin, isColored: isColored)
    }

    private static func line(_ words: [[Piece]], margin: Int, isColored: Bool) -> String {
        var line = String(repeating: " ", count: margin)
        var style = Style.plain
        for (index, word) in words.enumerated() {
            for (part, piece) in word.enumerated() {
                let gap = part == 0 && index > 0 ? " " : ""
                if isColored, piece.style != style {
                    // The end of a style stands before the gap, the start of one behind it.
                    line +=
                        (style == .plain ? "" : "\u{1B}[0m") + gap + (piece.style.code.map { "\u{1B}[\($0)m" } ?? "")
                    style = piece.style
                } else {
                    line += gap
                }
                line += piece.text
            }
        }
        return line + (style == .plain ? "\n" : "\u{1B}[0m\n")
    }
}
