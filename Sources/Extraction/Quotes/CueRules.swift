import Wire

/// Attributions by rules: cue verbs, noun phrases beside them, and the clause that goes with them.
struct CueRules: AttributionFinder {
    func attributions(in document: Document, sentences: [Sentence], quotations: [Quotation]) -> [Attribution] {
        var found: [Attribution] = []
        for sentence in sentences {
            let view = SentenceView(sentence, document, quotations)
            found += attributions(of: view)
        }
        return found
    }

    /// Reads the frames of a sentence from the left; cues inside what someone is said to have said are left to them.
    private func attributions(of view: SentenceView) -> [Attribution] {
        let frames = CueFinder(view).frames()
        var found: [Attribution] = []
        var covered = 0
        var subject: Range<Int>?
        var last: CueFrame?
        for (position, frame) in frames.enumerated() {
            // A relative clause stands inside the extent of the verb behind it: "Li, who said …, called".
            let follows = frame.extent.lowerBound >= covered
            let interrupted = frame.order == .trailing || last?.isRelative ?? false
            guard follows || interrupted && frame.cue.lowerBound >= covered else { continue }
            last = frame
            let source = frame.source ?? subject ?? firstSubject(view, before: frame.extent.lowerBound)
            guard let source else { continue }
            subject = source
            let content: [Range<Int>]
            switch frame.order {
            case .leading:
                let end = contentEnd(of: frame, view, frames[(position + 1)...])
                covered = end
                content = leadingContent(frame, end, view)
            case .trailing:
                (content, covered) = trailingContent(frame, from: covered, view)
            }
            let spans = content.compactMap { view.span($0) }
            guard !spans.isEmpty, content.reduce(0, { $0 + view.words($1) }) > 0 else { continue }
            found.append(
                Attribution(
                    content: spans, cue: view.span(frame.cue), source: view.span(source),
                    confidence: frame.isSpeech ? 0.8 : 0.5))
        }
        return found
    }

    /// The subject of a participle's clause: "Li opened the debate, saying …".
    private func firstSubject(_ view: SentenceView, before end: Int) -> Range<Int>? {
        var start = 0
        // Behind an introductory phrase: "In Oslo, Li".
        if view.has(0, [.preposition, .subordinator, .adverb]) {
            guard let comma = Range.between(0, min(end, NounPhrases.reach)).first(where: { view.isComma($0) }) else {
                return nil
            }
            start = comma + 1
        }
        while view.has(start, [.coordinator, .adverb]) { start += 1 }
        guard let first = view.token(start), first.isWord, !first.has([.preposition, .subordinator]),
            let phrase = NounPhrases(view: view).phrase(from: start)
        else { return nil }
        let upper = phrase.first {
            view.has($0, [.past, .third]) && !view.has($0, [.role, .group, .document]) && $0 > start
        }
        let range = phrase.lowerBound..<(upper ?? phrase.upperBound)
        return range.count <= 12 && range.upperBound <= end ? range : nil
    }

    private func leadingContent(_ frame: CueFrame, _ end: Int, _ view: SentenceView) -> [Range<Int>] {
        let rest = Range.between(frame.content, max(end, frame.content))
        if let relative = frame.relative { return [relative..<relative + 1, rest] }
        // A whole quotation ends what was said, whatever follows: “…” before the crowd left.
        if let quotation = view.quotation(frame.content), quotation.isPunctuated, !quotation.isOpen {
            return [frame.content..<frame.content + 1]
        }
        return [rest]
    }

    /// The end of the clause that a leading cue governs: the end of the sentence, or where another cue takes over.
    private func contentEnd(of frame: CueFrame, _ view: SentenceView, _ others: ArraySlice<CueFrame>) -> Int {
        for other in others where other.extent.lowerBound >= frame.content {
            if other.inherits, other.extent.lowerBound > frame.content { return other.extent.lowerBound }
            if other.order == .trailing, !view.isComma(other.extent.lowerBound - 1) || other.source == nil { continue }
            if isIndependent(other, view) {
                var end = other.extent.lowerBound
                while end > frame.content,
                    view.isComma(end - 1) || view.has(end - 1, [.coordinator, .subordinator])
                        || view.isBreak(end - 1) && view.quotation(end - 1) == nil
                { end -= 1 }
                return end
            }
        }
        // ", while …" and ";" start something else; a relative clause ends with its comma.
        var at = frame.content
        let dashes = Range.between(frame.content, max(view.count, frame.content)).filter { isSpacedDash($0, view) }
        while at < view.count {
            if let token = view.token(at), at > frame.content + 2 {
                if token.isSign(";") || dashes == [at] { return at }
                if token.isComma, frame.isRelative { return at }
                if token.isComma, let next = view.token(at + 1), isContrast(next, view) { return at }
            }
            at += 1
        }
        return view.count
    }

    private func isSpacedDash(_ index: Int, _ view: SentenceView) -> Bool {
        guard let token = view.token(index), token.isDash else { return false }
        return token.shape.contains(.spaceBefore) && token.shape.contains(.spaceAfter)
    }

    private func isContrast(_ token: Token, _ view: SentenceView) -> Bool {
        guard token.has(.subordinator), !token.isCapitalized else { return false }
        let word = view.document.word(token)
        return word == "while" || word == "although" || word == "though" || word == "whereas"
    }

    /// Whether a later cue starts a clause beside, not inside, what was said: ", and Li argued", "; Li called".
    private func isIndependent(_ frame: CueFrame, _ view: SentenceView) -> Bool {
        let before = frame.extent.lowerBound - 1
        guard before > 0, let token = view.token(before) else { return false }
        if token.isSign(";") { return true }
        if token.has(.coordinator) {
            return view.isComma(before - 1) || view.quotation(before - 1) != nil || frame.isSpeech
        }
        if token.has(.subordinator), !token.isCapitalized { return isContrast(token, view) }
        return false
    }

    /// What stands before a trailing cue, and behind it where the cue interrupts: “…,” Li said, “…”.
    private func trailingContent(_ frame: CueFrame, from start: Int, _ view: SentenceView) -> ([Range<Int>], Int) {
        var lower = start
        let upper = frame.extent.lowerBound
        // The quotation that touches the cue is what was said, whatever stands before it.
        if let quotation = view.quotation(upper - 1),
            quotation.isPunctuated || quotation.words > 4 || view.words(.between(lower, upper - 1)) == 0
        {
            if !(view.words(.between(lower, upper - 1)) > 0 && !quotation.isTerminated && quotation.words <= 4) {
                lower = upper - 1
                while lower - 1 >= start, view.quotation(lower - 1) != nil { lower -= 1 }
            }
        }
        while lower < upper, view.has(lower, .coordinator) || view.isComma(lower) { lower += 1 }
        var content = [Range.between(lower, upper)]
        let next = frame.content
        if view.isComma(next) || view.token(next)?.isColon == true, view.quotation(next + 1) != nil {
            content.append(.between(next + 1, next + 2))
            return (content, next + 2)
        }
        if view.quotation(next) != nil, !view.has(next - 1, .preposition) {
            content.append(next..<next + 1)
            return (content, next + 1)
        }
        // "The plan, Li said, is bad": the cue cuts the clause in two.
        if view.isComma(next), view.quotation(upper - 1) == nil, next + 1 < view.count, goesOn(next + 1, view) {
            let end = Range.between(next + 1, view.count).first { view.token($0)?.isSign(";") == true } ?? view.count
            content.append(.between(next + 1, end))
            return (content, end)
        }
        return (content, next)
    }

    private func goesOn(_ index: Int, _ view: SentenceView) -> Bool {
        guard let token = view.token(index), token.isWord else { return false }
        return !token.has([.gerund, .relative, .subordinator, .coordinator])
            && !(token.isWord && view.document.word(token).hasSuffix("ing"))
    }
}
