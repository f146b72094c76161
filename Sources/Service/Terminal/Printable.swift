/// Makes text from anywhere fit for a terminal: nothing in it moves the cursor, changes colours or turns the direction.
public enum Printable {
    /// `text` in one line.
    ///
    /// White space of any kind becomes one space, a control character "�", and invisible format characters such as
    /// direction marks are left out; the joiners that some scripts and emoji need stay.
    public static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var isSpaceDue = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                isSpaceDue = !line.isEmpty
                continue
            }
            guard let shown = shown(scalar) else { continue }
            if isSpaceDue { line.append(" ") }
            isSpaceDue = false
            line.append(shown)
        }
        return String(line)
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.properties.generalCategory {
        case .control: "\u{FFFD}"
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}" ? scalar : nil
        default: scalar
        }
    }
}
