/// Finds the cues of a sentence and reads what stands around each of them.
struct CueFinder {
    let view: SentenceView
    let phrases: NounPhrases

    init(_ view: SentenceView) {
        self.view = view
        phrases = NounPhrases(view: view)
    }

    /// The frames of the sentence's cues, in order.
    func frames() -> [CueFrame] {
        var frames: [CueFrame] = []
        for index in 0..<view.count {
            guard let token = view.token(index), token.isWord else { continue }
            if token.has(.according) {
                if let frame = according(index) { frames.append(frame) }
            } else if token.has(.cue), let frame = verb(index, token) {
                frames.append(frame)
            }
        }
        if frames.isEmpty, let frame = colon() ?? signature() { frames.append(frame) }
        return frames
    }

    /// "According to Li, …" and "…, according to Li".
    private func according(_ index: Int) -> CueFrame? {
        guard view.has(index + 1, .to), let source = phrases.phrase(from: index + 2, opensSentence: index == 0) else {
            return nil
        }
        let cue = index..<index + 2
        let starts = index == 0 || view.words(.between(0, index)) <= 2 && view.has(index - 1, [.coordinator, .adverb])
        let leading = starts && view.isCommaOrSpeech(source.upperBound)
        return CueFrame(
            order: leading ? .leading : .trailing, extent: .between(index, source.upperBound), cue: cue, source: source,
            content: leading ? source.upperBound + 1 : source.upperBound, inherits: false, isSpeech: true)
    }

    /// "Li: “…”", where no verb says so.
    private func colon() -> CueFrame? {
        guard let colon = Range.between(1, max(view.count, 1)).first(where: { view.token($0)?.isColon == true }),
            colon <= 8,
            view.quotation(colon + 1) != nil, let source = phrases.subject(before: colon), source.lowerBound == 0
        else { return nil }
        return CueFrame(
            order: .leading, extent: .between(0, colon + 1), cue: colon..<colon, source: source, content: colon + 1,
            inherits: false, isSpeech: true)
    }

    /// “…” – Ann Li: a name behind a dash.
    private func signature() -> CueFrame? {
        guard let dash = (1..<max(view.count, 2)).first(where: { view.quotation($0) == nil }),
            view.quotation(dash - 1) != nil, view.token(dash)?.isDash == true,
            view.token(dash + 1)?.isNameLike == true, view.count - dash <= 10,
            Range.between(dash + 1, view.count).allSatisfy({ view.token($0).map { !$0.has([.verb, .be]) } ?? false })
        else { return nil }
        return CueFrame(
            order: .trailing, extent: .between(dash, view.count), cue: dash..<dash + 1,
            source: .between(dash + 1, view.count), content: view.count, inherits: false, isSpeech: true)
    }

    private func verb(_ index: Int, _ token: Token) -> CueFrame? {
        if token.isCapitalized, index > 0 || token.has([.role, .document]) { return nil }
        if token.has(.gerund) { return gerund(index, token) }
        var start = index
        var passive = false
        var modal = false
        while let before = view.token(start - 1),
            before.has([.auxiliary, .be, .adverb]) || before.shape.contains(.adverbial),
            !before.has([.relative, .preposition]), !before.isCapitalized || start > 1
        {
            if before.has(.be) { passive = true }
            if before.has(.modal) || before.has(.auxiliary) { modal = true }
            start -= 1
        }
        guard !passive, isFinite(index, token, group: start, modal: modal) else { return nil }
        if token.has(.past), view.has(index + 1, .by), !token.has(.speech) { return nil }

        let isSpeech = token.has(.speech)
        let verbEnd = particle(after: index, token)
        let tail = tail(after: verbEnd - 1, token)
        if isSpeech, !modal, start == index, let frame = inverted(index, token) { return frame }
        if let subject = phrases.subject(before: start) {
            return withSubject(subject, .between(start, tail), verbEnd - 1, isSpeech)
        }
        // "and called", "but warned": the subject is that of the clause before.
        let before = start - 1
        guard view.has(before, .coordinator) || view.isComma(before) && token.has([.past, .third]), before > 0 else {
            return nil
        }
        return CueFrame(
            order: .leading, extent: .between(before, tail), cue: .between(start, verbEnd), source: nil,
            content: contentStart(tail),
            inherits: true, isSpeech: isSpeech)
    }

    private func withSubject(_ subject: Range<Int>, _ group: Range<Int>, _ verb: Int, _ isSpeech: Bool) -> CueFrame {
        let cue = Range.between(group.lowerBound, verb + 1)
        let before = subject.lowerBound - 1
        let extent = Range.between(subject.lowerBound, group.upperBound)
        let introduces = view.quotation(before) == nil && view.quotation(contentStart(group.upperBound)) != nil
        if isSpeech, !introduces, before >= 0, view.isCommaOrSpeech(before) || view.quotation(before) != nil,
            isTrailing(group.upperBound, verb),
            view.words(.between(0, before + 1)) >= 3 || view.quotation(before) != nil
                || view.isComma(group.upperBound)
                    && !view.has(0, [.preposition, .adverb, .subordinator, .coordinator, .time])
        {
            return CueFrame(
                order: .trailing, extent: extent, cue: cue, source: subject, content: group.upperBound, inherits: false,
                isSpeech: true)
        }
        var frame = CueFrame(
            order: .leading, extent: extent, cue: cue, source: subject, content: contentStart(group.upperBound),
            inherits: false, isSpeech: isSpeech)
        if subject.count == 1, let token = view.token(subject.lowerBound), token.has(.relative) {
            frame.isRelative = true
        }
        if let token = view.token(before), token.has(.relative), !token.has(.that), view.document.word(token) == "which"
        {
            frame.relative = before
            frame.isRelative = true
            frame.extent = .between(before, group.upperBound)
        }
        return frame
    }

    /// The subject behind its verb: "…, said Li, the mayor".
    private func inverted(_ index: Int, _ token: Token) -> CueFrame? {
        guard view.isCommaOrSpeech(index - 1) || view.quotation(index - 1) != nil, token.has([.past, .third]),
            let next = view.token(index + 1), next.isWord,
            next.isCapitalized && !next.has(.time) || next.has([.determiner, .possessivePronoun, .role, .group])
                || next.isPronounSubject && !next.has(.that)
                || view.quotation(index - 1) != nil && !next.has([.common, .time]) && !next.shape.contains(.adverbial),
            let source = phrases.phrase(from: index + 1)
        else { return nil }
        // "…, said she had …": what follows is a clause of its own.
        if view.has(source.upperBound, [.verb, .be, .modal, .auxiliary]) { return nil }
        if view.quotation(index - 1) == nil, let after = view.token(source.upperBound), after.isWord,
            !after.has([.preposition, .time, .subordinator, .adverb])
        {
            return nil
        }
        // "…, told reporters that": an object follows, no subject.
        if token.has(.addressing), view.quotation(index - 1) == nil { return nil }
        return CueFrame(
            order: .trailing, extent: .between(index, source.upperBound), cue: index..<index + 1, source: source,
            content: source.upperBound, inherits: false, isSpeech: true)
    }

    /// ", saying …", ", adding that …", and "is saying".
    private func gerund(_ index: Int, _ token: Token) -> CueFrame? {
        var start = index
        var finite = false
        while let before = view.token(start - 1),
            before.has([.be, .adverb, .auxiliary]) || before.shape.contains(.adverbial)
        {
            if before.has(.be) { finite = true }
            start -= 1
        }
        let isSpeech = token.has(.speech)
        let verbEnd = particle(after: index, token)
        let tail = tail(after: verbEnd - 1, token)
        if finite {
            guard let subject = phrases.subject(before: start) else { return nil }
            return withSubject(subject, .between(start, tail), verbEnd - 1, isSpeech)
        }
        let afterBreak =
            view.isCommaOrSpeech(start - 1) || view.has(start - 1, [.by, .coordinator])
            || view.quotation(start - 1) != nil
        if !afterBreak, isSpeech, let subject = phrases.subject(before: start),
            view.quotation(contentStart(tail)) != nil || view.has(tail, .that)
        {
            // "…, with Li stating: “…”".
            return withSubject(subject, .between(start, tail), verbEnd - 1, isSpeech)
        }
        guard afterBreak && start > 1 || view.has(index + 1, .that) && start > 1 else { return nil }
        // The comma or "and" before it links it; a quotation belongs to what was said before.
        let link = view.quotation(start - 1) == nil ? start - 1 : start
        return CueFrame(
            order: .leading, extent: .between(link, tail), cue: .between(start, verbEnd), source: nil,
            content: contentStart(tail),
            inherits: true, isSpeech: isSpeech)
    }

    /// Whether the form at `index` is a verb of a clause, not a noun or a participle.
    private func isFinite(_ index: Int, _ token: Token, group start: Int, modal: Bool) -> Bool {
        guard let before = view.token(start - 1) else {
            return view.quotation(start - 1).map { $0.isPunctuated } ?? false
        }
        if before.has([.determiner, .possessivePronoun]), !before.isPronounSubject { return false }
        if before.has([.preposition, .to, .modal]), !before.has(.adverb) { return false }
        if before.isPossessive || before.kind == .number { return false }
        if before.has(.determiner), !before.isPronounSubject { return false }
        if token.has(.participle), !modal { return false }
        if token.has(.base), !token.has(.past) {
            if modal { return true }
            if token.has(.nounLike), !before.isPronounSubject, !before.has(.group) { return false }
            if before.has([.plural, .firstPerson, .secondPerson]) { return true }
            if before.has(.relative) { return true }
            return before.isWord && before.shape.contains(.plural) && !before.isCapitalized
                || before.has([.group, .subordinator])
                    && !before.has(.subordinator)
        }
        if token.has(.third) {
            // Plural nouns look the same: "reports of", "claims are".
            if let next = view.token(index + 1) {
                if next.has([.be, .auxiliary]) || next.document("of", view) || next.document("against", view) {
                    return false
                }
            }
            if token.has(.nounLike), before.isWord, !before.isCapitalized, !before.isPronounSubject,
                before.classes.isEmpty,
                view.token(index + 1)?.has([.determiner, .that, .to, .relative, .possessivePronoun]) != true
            {
                return false
            }
            return !before.shape.contains(.plural) || before.isCapitalized || before.isPronounSubject || before.isComma
        }
        return true
    }

    /// Whether nothing but circumstances follows a cue up to a comma, a quotation or the end.
    private func isTrailing(_ tail: Int, _ verb: Int) -> Bool {
        if tail >= view.count || view.isComma(tail) { return true }
        if view.token(tail)?.isColon == true { return false }
        if view.has(tail, .that) { return false }
        // "“…,” Li said on “The Late Show”": a title, no speech.
        if let title = view.quotation(tail) { return !title.isPunctuated && view.has(tail - 1, .preposition) }
        if view.has(tail, [.preposition, .subordinator, .coordinator]), !view.has(tail, .determiner) { return true }
        return false
    }
}

extension Token {
    fileprivate func document(_ word: String, _ view: SentenceView) -> Bool {
        isWord && Int(end - start) == word.utf8.count && view.document.word(self) == word
    }
}
