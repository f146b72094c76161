import Wire

extension Document {
    /// A line without its end and the white space around it.
    private struct Line {
        var span: Span
        /// An empty line stands before it.
        var afterBlank: Bool
    }

    /// The paragraphs of a text: its lines, or its blocks of lines where they are wrapped in the middle of sentences.
    static func paragraphSpans(_ scalars: [Unicode.Scalar]) -> [Span] {
        let lines = lines(scalars)
        guard isWrapped(lines, scalars) || isFilled(lines, scalars) else { return lines.map(\.span) }
        var spans: [Span] = []
        for line in lines {
            if !line.afterBlank, !isPoint(line.span, scalars), let last = spans.last {
                spans[spans.count - 1] = Span(last.start, line.span.end)
            } else {
                spans.append(line.span)
            }
        }
        return spans
    }

    private static func lines(_ scalars: [Unicode.Scalar]) -> [Line] {
        var lines: [Line] = []
        var at = 0
        var blank = true
        while at < scalars.count {
            var start = at
            while at < scalars.count, CharacterClass(scalars[at]) != .lineEnd { at += 1 }
            var end = at
            while start < end, CharacterClass(scalars[start]) == .space { start += 1 }
            while end > start, CharacterClass(scalars[end - 1]) == .space { end -= 1 }
            if start < end {
                lines.append(Line(span: Span(start, end), afterBlank: blank))
                blank = false
            } else {
                blank = true
            }
            if at + 1 < scalars.count, scalars[at] == "\r", scalars[at + 1] == "\n" { at += 1 }
            at += 1
        }
        return lines
    }

    /// Whether a line begins a point of a list, which goes on with no other line.
    private static func isPoint(_ line: Span, _ scalars: [Unicode.Scalar]) -> Bool {
        line.count > 2 && ["•", "*", "▪", "◦"].contains(scalars[line.start])
            && CharacterClass(scalars[line.start + 1]) == .space
    }

    /// Whether many lines go on in lower case on the next one, as plain text from mail or a terminal does.
    private static func isWrapped(_ lines: [Line], _ scalars: [Unicode.Scalar]) -> Bool {
        var breaks = 0
        var goesOn = 0
        for (line, next) in zip(lines, lines.dropFirst()) where !next.afterBlank {
            breaks += 1
            let last = scalars[line.span.end - 1]
            let first = scalars[next.span.start]
            if last.isLetter || last == ",", first.isLetter, !first.isUppercase { goesOn += 1 }
        }
        return goesOn >= 2 && goesOn * 3 >= breaks
    }

    /// Whether lines end where the first word of the next one would not have fitted, as programs wrap mail and wire copy: neither
    /// the lines of a poem nor those of a list do.
    private static func isFilled(_ lines: [Line], _ scalars: [Unicode.Scalar]) -> Bool {
        // A headline may be longer.
        let width = zip(lines, lines.dropFirst()).filter { !$1.afterBlank }.map(\.0.span.count).max() ?? 0
        guard wrappedWidths.contains(width) else { return false }
        var (breaks, filled, closed) = (0, 0, 0)
        for (line, next) in zip(lines, lines.dropFirst()) where !next.afterBlank {
            breaks += 1
            let word = scalars[next.span.start..<next.span.end].prefix { CharacterClass($0) != .space }.count
            if line.span.count + 1 + word > width { filled += 1 }
            if [".", "!", "?", "”", "\""].contains(scalars[line.span.end - 1]) { closed += 1 }
        }
        return breaks >= fewestBreaks && filled * 10 >= breaks * 9 && closed * 2 < breaks
    }

    /// How long the longest line may be of a text that a program has wrapped.
    private static let wrappedWidths = 50...100
    /// So many lines may end so by chance.
    private static let fewestBreaks = 4
}
