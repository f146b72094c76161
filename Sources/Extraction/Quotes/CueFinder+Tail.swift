/// What stands between a cue and what was said: particles, listeners, time and place.
extension CueFinder {
    /// Behind the verb and the particle that goes with it: "called for", "warned against", "pointed out".
    func particle(after verb: Int, _ token: Token) -> Int {
        guard let next = view.token(verb + 1), next.isWord, !next.isCapitalized, next.has(.preposition),
            !view.has(verb + 2, [.time, .month])
        else { return verb + 1 }
        let word = view.document.word(next)
        if word == "out" { return verb + 2 }
        if word == "to" { return CueVerbs.withTo.contains(view.document.word(token)) ? verb + 2 : verb + 1 }
        guard !CueVerbs.plain.contains(view.document.word(token)) else { return verb + 1 }
        return ["for", "on", "of", "about", "against", "at"].contains(word) ? verb + 2 : verb + 1
    }

    /// Behind the verb and the words that go with it: "told reporters", "said in a statement on Monday".
    func tail(after verb: Int, _ token: Token) -> Int {
        var at = verb + 1
        if token.has(.addressing), let end = receiver(at) { at = end }
        return circumstances(from: at)
    }

    /// Behind the one who is spoken to.
    private func receiver(_ start: Int) -> Int? {
        guard let first = view.token(start), first.isWord, !first.has(.that) else { return nil }
        if first.has([.masculine, .feminine, .plural, .neuter, .firstPerson, .secondPerson]) && !first.has(.group)
            && !first.has(.possessivePronoun)
            || view.document.word(first) == "her" && !(view.token(start + 1)?.isWord ?? false)
        {
            return start + 1
        }
        if first.has(.subordinator) { return nil }
        var at = start
        while at < min(start + 12, view.count), let token = view.token(at) {
            if token.isComma || token.isColon || view.isBreak(at) { break }
            if token.has([.that, .relative, .to]) || token.has(.subordinator) { break }
            if at > start,
                token.isPronounSubject || token.has(.determiner) && !view.has(at - 1, [.preposition, .coordinator])
            {
                break
            }
            if at > start, token.has([.verb, .be, .modal]) { return nil }
            if at > start, token.isCapitalized, view.token(at - 1)?.isCapitalized == false,
                !view.has(at - 1, [.determiner, .preposition, .possessivePronoun, .coordinator])
            {
                break
            }
            at += 1
        }
        return at > start && view.token(at - 1)?.isPossessive == false ? at : nil
    }

    /// Behind phrases of time and place between the verb and what was said.
    private func circumstances(from start: Int) -> Int {
        var at = start
        while let token = view.token(at), token.isWord || token.kind == .number {
            if token.has(.time), !token.has(.determiner) {
                at += 1
            } else if token.has(.adverb) && !token.has(.negation) || token.shape.contains(.adverbial) {
                at += 1
            } else if token.has(.preposition), !token.has(.to), let end = prepositional(at) {
                at = end
            } else {
                break
            }
        }
        return at
    }

    /// Behind a prepositional phrase that tells of time, place or medium, or nil where it may belong to the content.
    private func prepositional(_ start: Int) -> Int? {
        var at = start + 1
        while at < min(start + 14, view.count), let token = view.token(at) {
            if token.isComma || token.isColon { return at }
            if token.has(.that) { return at }
            if token.has([.verb, .be, .modal, .relative]) || token.isPronounSubject { return nil }
            at += 1
        }
        if at >= view.count || view.quotation(at) != nil { return at }
        return nil
    }

    /// Where what was said starts: behind a comma or a colon; "that" belongs to it.
    func contentStart(_ tail: Int) -> Int {
        var at = tail
        while view.isComma(at) || view.token(at)?.isColon == true { at += 1 }
        return at
    }
}
