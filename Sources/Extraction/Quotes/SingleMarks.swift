/// Which single quotation marks of a paragraph pair up, so that apostrophes do not.
struct SingleMarks {
    private var closing: [Int: Int] = [:]

    /// Reads the marks of `range` once from the left; each opening mark takes the best closing one before the next opening.
    init(_ tokens: [Token], _ range: Range<Int>) {
        var open: Int?
        var candidate: Int?
        for index in range {
            let token = tokens[index]
            guard let mark = Mark(token), mark.family == .single else { continue }
            let shape = token.shape
            let previous = index > range.lowerBound ? tokens[index - 1] : nil
            let next = index + 1 < range.upperBound ? tokens[index + 1] : nil
            let opens = mark.opens && !shape.contains(.spaceAfter) && SingleMarks.canOpen(previous, shape, next)
            let closes = mark.closes && !shape.contains(.spaceBefore) && open != nil
            if opens, !closes {
                if let start = open, let end = candidate { closing[start] = end }
                if open == nil || candidate != nil { open = index }
                candidate = nil
            } else if closes {
                // After a letter s it may be a possessive: go on looking for a surer one.
                candidate = index
                let plural = previous.map { $0.isWord && $0.shape.contains(.plural) } ?? false
                if !plural || next?.kind == .terminal || next?.isComma == true, let start = open {
                    closing[start] = index
                    open = nil
                    candidate = nil
                }
            }
        }
        if let start = open, let end = candidate { closing[start] = end }
    }

    /// The token that closes the quotation which the mark at `index` opens, or nil where that is an apostrophe.
    func close(of index: Int) -> Int? { closing[index] }

    private static func canOpen(_ previous: Token?, _ shape: Token.Shape, _ next: Token?) -> Bool {
        guard let next, next.kind == .word || next.kind == .mark || next.isSign("[") else { return false }
        guard let previous else { return true }
        return shape.contains(.spaceBefore) || previous.isSign("(") || previous.isSign("[") || previous.isDash
            || previous.kind == .mark
    }
}
