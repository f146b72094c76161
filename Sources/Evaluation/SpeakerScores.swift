import Wire

/// How well speakers are named, and what is known of them.
enum SpeakerScores {
    /// Shares of full and loose names, of matched quotes and (`R`) of all; of people with a name, and of the others.
    static func names(in articles: [ScoredArticle]) -> Figure {
        var counts: [String: Int] = [:]
        func add(_ quote: ScoredQuote, _ what: String) {
            let isPerson = quote.speakerType == "person" && quote.speaker?.first?.isUppercase ?? false
            for kind in ["", isPerson ? "person." : "other."] { counts[kind + what, default: 0] += 1 }
        }
        for article in articles {
            for quote in article.wanted where quote.speaker != nil { add(quote, "gold") }
            for pair in article.pairs {
                let (wanted, found) = (article.wanted[pair.wanted], article.found[pair.found])
                guard wanted.speaker != nil else { continue }
                add(wanted, "matched")
                if Names.areEqual(wanted.speaker, found.speaker) { add(wanted, "full") }
                if Names.areAlike(wanted.speaker, found.speaker) { add(wanted, "loose") }
            }
        }
        var figures: [String: Figure] = [
            "n_gold": .count(counts["gold"] ?? 0), "n_matched": .count(counts["matched"] ?? 0),
            "n_person": .count(counts["person.gold"] ?? 0),
        ]
        for kind in ["", "person.", "other."] {
            for way in ["full", "loose"] {
                let right = counts[kind + way] ?? 0
                figures[kind + way] = .share(Agreement.ratio(right, counts["\(kind)matched"] ?? 0))
                figures["R.\(kind)\(way)"] = .share(Agreement.ratio(right, counts["\(kind)gold"] ?? 0))
            }
        }
        return .group(figures)
    }

    /// Shares of speakers, alike in name, with the right type and role.
    static func entities(in articles: [ScoredArticle]) -> Figure {
        var (typed, right, roles, rightRoles) = (0, 0, 0, 0)
        for article in articles {
            let people = Dictionary((article.gold.people ?? []).map { ($0.name, $0) }) { $1 }
            let entities = Dictionary((article.analysis?.entities ?? []).map { ($0.id, $0) }) { $1 }
            for pair in article.pairs {
                let (wanted, found) = (article.wanted[pair.wanted], article.found[pair.found])
                guard let speaker = wanted.speaker, Names.areAlike(speaker, found.speaker) else { continue }
                let entity = found.entity.flatMap { entities[$0] }
                if let type = wanted.speakerType, ["person", "organization", "group", "document"].contains(type) {
                    typed += 1
                    if entity?.type.rawValue == type { right += 1 }
                }
                if let role = people[speaker]?.role, !role.isEmpty {
                    roles += 1
                    if Names.likeness(role, entity?.role) >= 0.5 { rightRoles += 1 }
                }
            }
        }
        return .group([
            "n": .count(typed), "type": .share(Agreement.ratio(right, typed)), "n_roles": .count(roles),
            "role": .share(Agreement.ratio(rightRoles, roles)),
        ])
    }
}
