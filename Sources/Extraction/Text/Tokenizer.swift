/// Cuts a paragraph into tokens in one pass.
struct Tokenizer {
    private let scalars: [Unicode.Scalar]
    private let end: Int
    private var at: Int

    init(_ scalars: [Unicode.Scalar], from start: Int, to end: Int) {
        self.scalars = scalars
        self.end = end
        at = start
    }

    /// Appends the tokens of the paragraph to `tokens`.
    mutating func run(into tokens: inout [Token]) {
        while at < end {
            switch CharacterClass(scalars[at]) {
            case .space, .lineEnd: at += 1
            case .letter: tokens.append(word())
            case .digit: tokens.append(number())
            case .other: tokens.append(sign())
            }
        }
    }

    private func scalar(_ index: Int) -> Unicode.Scalar? { index < end ? scalars[index] : nil }

    private mutating func word() -> Token {
        let start = at
        var dots = 0
        while let next = scalar(at) {
            if next.isLetterOrDigit {
                at += 1
            } else if next.isApostrophe || next.isHyphen || next == "&", let after = scalar(at + 1),
                after.isLetterOrDigit
            {
                at += 1
            } else if next == ".", at - start == 1 + 2 * dots, let after = scalar(at + 1), after.isLetter,
                scalar(at + 2).map({ !$0.isLetter }) ?? true
            {
                // One letter at a time between full stops: U.S., a.m.
                dots += 1
                at += 1
            } else {
                break
            }
        }
        var token = make(.word, start)
        let dotted = scalar(at) == "."
        if dotted, dots > 0 || token.has([.honorific, .abbreviation]) && endsAbbreviation(token) || isInitial(token) {
            at += 1
            token.end = Int32(at)
            token.shape.insert(.dotted)
            token.shape = spaceAfter(token.shape)
        }
        return token
    }

    private func endsAbbreviation(_ token: Token) -> Bool {
        guard token.has(.abbreviation), token.isCapitalized || token.has(.abbreviation) else { return false }
        // "no." and "may." end sentences as ordinary words do.
        return token.isCapitalized || !token.has([.common, .modal])
    }

    /// A single capital such as the "J." of a middle name, but not the pronoun.
    private func isInitial(_ token: Token) -> Bool {
        token.end - token.start == 1 && token.isCapitalized && token.sign != "I" && token.sign.value < 0x80
    }

    private mutating func number() -> Token {
        let start = at
        while let next = scalar(at) {
            if next.isLetterOrDigit {
                at += 1
            } else if next == "," || next == "." || next == ":" || next.isHyphen, let after = scalar(at + 1),
                after.isDigit
            {
                at += 1
            } else if next.isHyphen, let after = scalar(at + 1), after.isLetter {
                at += 1
            } else if next == "%" {
                at += 1
                break
            } else {
                break
            }
        }
        return make(.number, start)
    }

    private mutating func sign() -> Token {
        let start = at
        let first = scalars[at]
        at += 1
        if first == "'" || first == "`", scalar(at) == first {
            at += 1
            return make(.mark, start)
        }
        if Mark(first) != nil { return make(.mark, start) }
        if first == "." || first == "!" || first == "?" || first == "…" {
            while let next = scalar(at), next == "." || next == "!" || next == "?" || next == "…" { at += 1 }
            return make(.terminal, start)
        }
        if first == "-" { while scalar(at) == "-" { at += 1 } }
        return make(.punctuation, start)
    }

    private func spaceAfter(_ shape: Token.Shape) -> Token.Shape {
        let open = at >= end || CharacterClass(scalars[at]) == .space || CharacterClass(scalars[at]) == .lineEnd
        return open ? shape.union(.spaceAfter) : shape.subtracting(.spaceAfter)
    }

    private func make(_ kind: Token.Kind, _ start: Int) -> Token {
        var shape: Token.Shape = []
        if start == 0 {
            shape.insert(.spaceBefore)
        } else {
            let before = CharacterClass(scalars[start - 1])
            if before == .space || before == .lineEnd { shape.insert(.spaceBefore) }
        }
        shape = spaceAfter(shape)
        var token = Token(
            start: Int32(start), end: Int32(at), kind: kind, shape: shape, sign: scalars[start], classes: [])
        guard kind == .word else { return token }
        if scalars[start].isUppercase { token.shape.insert(.capitalized) }
        var stem = at
        if at - start > 2, scalars[at - 1] == "s", scalars[at - 2].isApostrophe {
            token.shape.insert(.possessive)
            stem -= 2
        }
        if stem - start > 1, scalars[start + 1].isUppercase, scalars[stem - 1].isUppercase {
            token.shape.insert(.allCapitals)
        }
        // Longer words are in no lexicon.
        guard at - start <= 24 else { return token }
        let lower = Tokenizer.lowercased(scalars[start..<at])
        token.classes = Lexicon.classes(of: lower)
        if token.isPossessive, token.classes.isEmpty {
            token.classes = Lexicon.classes(of: Tokenizer.lowercased(scalars[start..<stem]))
        }
        // "May" and "March" with a capital are months.
        if token.isCapitalized, token.has(.month) { token.classes.subtract([.modal, .auxiliary, .verb, .common]) }
        if lower.utf8.last == 0x73, !token.isPossessive { token.shape.insert(.plural) }
        return token
    }

    /// `scalars` in lower case with straight apostrophes.
    static func lowercased(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        if scalars.allSatisfy({ $0.value < 0x80 }) {
            return String(unsafeUninitializedCapacity: scalars.count) { bytes in
                for (at, scalar) in scalars.enumerated() {
                    let byte = UInt8(truncatingIfNeeded: scalar.value)
                    bytes[at] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                }
                return scalars.count
            }
        }
        var text = ""
        for scalar in scalars {
            if scalar == "’" {
                text.unicodeScalars.append("'")
            } else if scalar.value < 0x80 {
                let upper = (0x41...0x5A).contains(scalar.value)
                text.unicodeScalars.append(upper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
            } else {
                text += scalar.properties.lowercaseMapping
            }
        }
        return text
    }
}
