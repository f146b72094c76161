import Wire

/// How well quantities, dates and propositions within claims are found; each stretch of text counts once.
enum DetailScores {
    /// The figures `quantities`, `dates`, `propositions` and `modal`.
    static func figures(of articles: [(gold: Gold, analysis: Analysis?)]) -> [String: Figure] {
        var (quantities, dates, propositions, modal) = (Agreement(), Agreement(), Agreement(), Agreement())
        var (units, comparisons, polarities, modalities) = (0, 0, 0, 0)
        for (gold, analysis) in articles {
            let text = Text(gold.text)
            let claims = analysis?.claims ?? []
            let foundQuantities = unique(claims.flatMap(\.quantities)) { $0.spans }
            let wantedQuantities = gold.quantities ?? []
            count(&quantities, wantedQuantities.count, foundQuantities.count)
            let nearQuantities = text.likeness(wantedQuantities.map { [$0.span] }, foundQuantities.map(\.spans))
            for (wanted, found) in pairs(wantedQuantities, foundQuantities, nearQuantities)
            where abs(wanted.value - found.value) <= 1e-4 * max(1e-9, abs(wanted.value)) {
                hit(&quantities)
                if isSameUnit(wanted.unit, found.unit) { units += 1 }
                if wanted.comparison == found.comparison { comparisons += 1 }
            }

            let foundDates = unique(claims.flatMap(\.dates)) { $0.spans }
            let wantedDates = gold.dates ?? []
            count(&dates, wantedDates.count, foundDates.count)
            let nearDates = text.likeness(wantedDates.map { [$0.span] }, foundDates.map(\.spans))
            for (wanted, found) in pairs(wantedDates, foundDates, nearDates) where wanted.date == found.date {
                hit(&dates)
            }

            let foundPropositions = unique(claims.flatMap(\.propositions)) {
                [$0.predicate.spans, $0.subject?.spans ?? []] + $0.objects.map(\.spans)
            }
            let wantedPropositions = gold.propositions ?? []
            count(&propositions, wantedPropositions.count, foundPropositions.count)
            let near = text.likeness(
                verbs: wantedPropositions.map { [$0.predicate] }, foundPropositions.map(\.predicate.spans),
                subjects: wantedPropositions.map { $0.subject.map { [$0] } ?? [] },
                foundPropositions.map { $0.subject?.spans ?? [] })
            for (wanted, found) in pairs(wantedPropositions, foundPropositions, near) {
                hit(&propositions)
                if wanted.negated == found.negated { polarities += 1 }
                if wanted.modality == found.modality.rawValue { modalities += 1 }
                let (isWanted, isFound) = (wanted.modality != "asserted", found.modality != .asserted)
                if isWanted { modal.gold += 1 }
                if isFound { modal.predicted += 1 }
                if isWanted && isFound { hit(&modal) }
            }
        }
        var (quantity, proposition) = (short(quantities), short(propositions))
        quantity["unit"] = .share(Agreement.ratio(units, max(1, quantities.foundGold)))
        quantity["comparison"] = .share(Agreement.ratio(comparisons, max(1, quantities.foundGold)))
        proposition["negated"] = .share(Agreement.ratio(polarities, max(1, propositions.foundGold)))
        proposition["modality"] = .share(Agreement.ratio(modalities, max(1, propositions.foundGold)))
        return [
            "quantities": .group(quantity), "dates": .group(short(dates)), "propositions": .group(proposition),
            "modal": .group(short(modal)),
        ]
    }

    private static func count(_ agreement: inout Agreement, _ gold: Int, _ predicted: Int) {
        agreement.gold += gold
        agreement.predicted += predicted
    }

    private static func hit(_ agreement: inout Agreement) {
        agreement.rightPredicted += 1
        agreement.foundGold += 1
    }

    private static func short(_ agreement: Agreement) -> [String: Figure] {
        agreement.figures.filter { !$0.key.hasPrefix("tp_") }
    }

    private static func unique<Item, Key: Hashable>(_ items: [Item], by key: (Item) -> Key) -> [Item] {
        var seen = Set<Key>()
        return items.filter { seen.insert(key($0)).inserted }
    }

    /// One-to-one pairs, the likest first.
    private static func pairs<Wanted, Found>(
        _ wanted: [Wanted], _ found: [Found], _ likeness: [(Double, Int, Int)]
    ) -> [(Wanted, Found)] {
        var (takenWanted, takenFound) = (Set<Int>(), Set<Int>())
        var pairs: [(Wanted, Found)] = []
        for (_, i, j) in likeness.sorted(by: { ($1.0, $0.1, $0.2) < ($0.0, $1.1, $1.2) })
        where !takenWanted.contains(i) && !takenFound.contains(j) {
            takenWanted.insert(i)
            takenFound.insert(j)
            pairs.append((wanted[i], found[j]))
        }
        return pairs
    }

    /// Whether the last words of two units are the same, in singular or plural.
    private static func isSameUnit(_ a: String?, _ b: String?) -> Bool {
        func forms(_ unit: String?) -> Set<String> {
            let scalars = Array((unit ?? "").lowercased().unicodeScalars)
            guard let end = scalars.lastIndex(where: { $0.isOfWord || $0 == "%" }) else { return [""] }
            var word = "%"
            if scalars[end] != "%" {
                let start = scalars[..<end].lastIndex { !$0.isOfWord }.map { $0 + 1 } ?? 0
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars[start...end])
                word = String(view)
            }
            if word == "%" || word == "per" { word = "percent" }
            var forms: Set = [word]
            for ending in ["s", "es"] where word.hasSuffix(ending) { forms.insert(String(word.dropLast(ending.count))) }
            return forms
        }
        return !forms(a).isDisjoint(with: forms(b))
    }

    /// A text by words that may hold points and commas between digits or letters.
    private struct Text {
        private let words: [Range<Int>]

        init(_ text: String) {
            words = ScoredText.words(in: Array(text.unicodeScalars)[...], joiners: ["'", "’", ".", ","])
        }

        private func words(in spans: [Span]) -> Set<Int> {
            var found = Set<Int>()
            for span in spans {
                var index = words.partitioningIndex { $0.upperBound > span.start }
                while index < words.count, words[index].lowerBound < span.end {
                    found.insert(index)
                    index += 1
                }
            }
            return found
        }

        func likeness(_ wanted: [[Span]], _ found: [[Span]]) -> [(Double, Int, Int)] {
            let found = found.map(words)
            return wanted.map(words).enumerated().flatMap { i, a in
                found.indices.compactMap { j in a.isDisjoint(with: found[j]) ? nil : (jaccard(a, found[j]), i, j) }
            }
        }

        func likeness(
            verbs: [[Span]], _ foundVerbs: [[Span]], subjects: [[Span]], _ foundSubjects: [[Span]]
        ) -> [(Double, Int, Int)] {
            let (verbs, foundVerbs) = (verbs.map(words), foundVerbs.map(words))
            let (subjects, foundSubjects) = (subjects.map(words), foundSubjects.map(words))
            return verbs.indices.flatMap { i in
                foundVerbs.indices.compactMap { j -> (Double, Int, Int)? in
                    let isBare = subjects[i].isEmpty && foundSubjects[j].isEmpty
                    let near = isBare ? 1 : jaccard(subjects[i], foundSubjects[j])
                    guard near >= 0.5, !verbs[i].isDisjoint(with: foundVerbs[j]) else { return nil }
                    return (jaccard(verbs[i], foundVerbs[j]) + near, i, j)
                }
            }
        }
    }
}
