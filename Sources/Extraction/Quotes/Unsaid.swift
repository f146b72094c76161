import Language
import Wire

/// Tells what the reader takes for somebody's words and what nobody says, or not as a statement of theirs.
struct Unsaid {
    private let document: Document

    init(_ document: Document) { self.document = document }

    /// Whether an attribution is no quote at all.
    func holds(_ attribution: Attribution) -> Bool {
        isNobody(attribution) || isContrary(attribution) || isUnproven(attribution) || isUndone(attribution)
    }

    /// "No group has claimed it": what nobody says is no quote.
    private func isNobody(_ attribution: Attribution) -> Bool {
        guard let source = attribution.source.first, let first = document.token(at: source.start) else { return false }
        return ["no", "nobody", "none"].contains(document.words[first])
    }

    /// "Contrary to what Li said, …", "despite what Li says": what follows is not what she says.
    private func isContrary(_ attribution: Attribution) -> Bool {
        guard let source = attribution.source.first, let first = document.token(at: source.start) else { return false }
        let before = document.words[Range.between(max(0, first - 3), first)]
        return before.suffix(2).elementsEqual(["despite", "what"])
            || before.suffix(2).elementsEqual(["unlike", "what"])
            || before.elementsEqual(["contrary", "to", "what"])
    }

    /// "Li provided no evidence that …" tells what she lacks.
    private func isUnproven(_ attribution: Attribution) -> Bool {
        guard attribution.act == .statement, let content = attribution.content.first else { return false }
        let cue = cue(of: attribution)
        let words = cue + document.words(in: content).prefix(2)
        return Self.showing.contains { stem in cue.contains { $0.hasPrefix(stem) } }
            && zip(words, words.dropFirst()).contains { $0 == "no" && PropositionWords.proofs.contains($1) }
    }

    /// "The driver was not charged": nobody did anything.
    private func isUndone(_ attribution: Attribution) -> Bool {
        let cue = cue(of: attribution)
        return Stance.isNegated(cue) && cue.contains { word in Self.charging.contains { word.hasPrefix($0) } }
    }

    private func cue(of attribution: Attribution) -> [String] { attribution.cue.flatMap { document.words(in: $0) } }

    private static let showing = ["cite", "citing", "gave", "give", "giving", "offer", "present", "produc", "provid"]
    private static let charging = ["arrest", "charg", "convict", "indict", "prosecut", "sentenc"]
}
