/// Where a code point stands with regard to quotation marks; the raw value is the encoder's feature.
enum QuoteState: Int32, Sendable {
    case outside
    case inside
    case opening
    case closing
    /// Inside a quote that its paragraph leaves open.
    case leftOpen
}

/// Pairs quotation marks paragraph by paragraph: curly, low, angle, straight and single ones.
///
/// An odd mark changes nothing beyond its paragraph, and the time is linear in the text.
func quoteStates(_ text: [Unicode.Scalar]) -> [QuoteState] {
    var states = [QuoteState](repeating: .outside, count: text.count)
    var begin = 0
    while begin <= text.count {
        let end = text[begin...].firstIndex(of: "\n") ?? text.count
        markParagraph(text, begin..<end, &states)
        begin = end + 1
    }
    return states
}

private func markParagraph(_ text: [Unicode.Scalar], _ paragraph: Range<Int>, _ states: inout [QuoteState]) {
    var opened: (at: Int, single: Bool)?
    func close(_ from: Int, _ at: Int) {
        for k in (from + 1)..<at { states[k] = .inside }
        (states[from], states[at]) = (.opening, .closing)
    }
    for i in paragraph {
        let mark = text[i]
        guard isMark(mark) else { continue }
        let before = i > paragraph.lowerBound ? text[i - 1] : " "
        let after = i + 1 < paragraph.upperBound ? text[i + 1] : " "
        let double = mark == "“" || mark == "„" || mark == "«" || mark == "\""
        guard let open = opened else {
            if double {
                opened = (i, false)
            } else if mark == "‘" || (mark == "'" && !before.isAlphanumeric && after.isAlphanumeric) {
                opened = (i, true)
            }
            continue
        }
        if !open.single {
            if mark == "”" || mark == "»" || mark == "\"" {
                close(open.at, i)
                opened = nil
            }
        } else if mark == "’" || mark == "'" {
            if !before.isSpace && !after.isAlphanumeric {
                close(open.at, i)
                opened = nil
            }
        } else if double {
            opened = (i, false)  // the single mark was an apostrophe
        }
    }
    if let open = opened, !open.single {
        states[open.at] = .opening
        for k in (open.at + 1)..<paragraph.upperBound { states[k] = .leftOpen }
    }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", "“", "”", "„", "«", "»", "‘", "’": true
    default: false
    }
}

extension Unicode.Scalar {
    var isAlphanumeric: Bool {
        if value < 0x80 { return (0x30...0x39).contains(value) || (0x61...0x7A).contains(value | 0x20) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }

    /// White space of any kind, the ends of lines as well.
    package var isSpace: Bool {
        value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
    }
}
