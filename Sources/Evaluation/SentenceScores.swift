import Wire

/// How well sentences are judged: worth checking, whose claim, furniture; and how often confidence comes true.
enum SentenceScores {
    /// Sentences worth checking; nil where none is annotated.
    static func claims(in articles: [ScoredArticle]) -> Figure? {
        var rows: [(score: Double, isWorthy: Bool)] = []
        var (attributed, right) = (0, 0)
        for article in articles {
            let claims = spans(of: article)
            for sentence in article.gold.sentences ?? [] where sentence.label != nil {
                let here = indices(of: claims, in: article.text.words(in: [sentence.span]))
                let best = here.max {
                    (claims[$0].claim.checkWorthiness, $0) < (claims[$1].claim.checkWorthiness, $1)
                }
                let score = best.map { claims[$0].claim.checkWorthiness } ?? 0
                rows.append((score, sentence.label == 2))
                guard sentence.label == 2, score >= 0.5, let best else { continue }
                attributed += 1
                let claimant = claims[best].claim.claimant
                let wanted = sentence.claimant ?? "article"
                let isRight =
                    wanted == "article"
                    ? claimant.kind == .article || claimant.name == "article"
                    : Names.areAlike(wanted, claimant.kind == .article ? "article" : claimant.name)
                if isRight { right += 1 }
            }
        }
        guard !rows.isEmpty else { return nil }
        let found = rows.filter { $0.isWorthy && $0.score >= 0.5 }.count
        var figures = Agreement(
            rightPredicted: found, predicted: rows.filter { $0.score >= 0.5 }.count, foundGold: found,
            gold: rows.filter(\.isWorthy).count
        ).figures
        figures["AP"] = .share(averagePrecision(rows))
        figures["claimant"] = .share(Agreement.ratio(right, attributed))
        return .group(figures)
    }

    /// Ties count against the system: what is not worthy comes first.
    private static func averagePrecision(_ rows: [(score: Double, isWorthy: Bool)]) -> Double {
        var (hits, sum) = (0.0, 0.0)
        let ranked = rows.enumerated().sorted {
            ($1.element.score, $0.element.isWorthy ? 1 : 0, $0.offset)
                < ($0.element.score, $1.element.isWorthy ? 1 : 0, $1.offset)
        }
        for (rank, row) in ranked.enumerated() where row.element.isWorthy {
            hits += 1
            sum += hits / Double(rank + 1)
        }
        return hits > 0 ? sum / hits : 0
    }

    /// Sentences that are no part of the article; nil where none is annotated so.
    static func furniture(in articles: [ScoredArticle]) -> Figure? {
        var agreement = Agreement()
        for article in articles {
            let found = article.text.words(in: article.analysis?.boilerplate)
            for sentence in article.gold.sentences ?? [] {
                guard let isWanted = sentence.boilerplate else { continue }
                let words = article.text.words(in: [sentence.span])
                guard !words.isEmpty else { continue }
                let isFound = 2 * words.intersection(found).count >= words.count
                if isFound { agreement.predicted += 1 }
                if isWanted { agreement.gold += 1 }
                if isFound && isWanted { agreement.rightPredicted += 1 }
            }
        }
        agreement.foundGold = agreement.rightPredicted
        return agreement.gold > 0 ? .group(agreement.figures) : nil
    }

    /// Expected calibration error of quotes and claims, in ten bins.
    static func calibration(of articles: [ScoredArticle]) -> Figure {
        var (quotes, sentences): ([(Double, Bool)], [(Double, Bool)]) = ([], [])
        for article in articles {
            let right = Set(article.pairs.map(\.found))
            for (index, quote) in article.found.enumerated() {
                if let confidence = quote.confidence { quotes.append((confidence, right.contains(index))) }
            }
            let claims = spans(of: article)
            for sentence in article.gold.sentences ?? [] {
                let here = indices(of: claims, in: article.text.words(in: [sentence.span]))
                guard let best = here.map({ claims[$0].claim.checkWorthiness }).max() else { continue }
                sentences.append((best, sentence.label == 2))
            }
        }
        return .group([
            "quotes": .share(error(quotes)), "n_quotes": .count(quotes.count), "claims": .share(error(sentences)),
            "n_claims": .count(sentences.count),
        ])
    }

    private static func error(_ rows: [(probability: Double, isRight: Bool)]) -> Double {
        guard !rows.isEmpty else { return 0 }
        var gaps = [Double](repeating: 0, count: 10)
        for row in rows { gaps[min(9, Int(row.probability * 10))] += row.probability - (row.isRight ? 1 : 0) }
        return gaps.reduce(0) { $0 + abs($1) } / Double(rows.count)
    }

    private static func spans(of article: ScoredArticle) -> [(words: Set<Int>, claim: Analysis.Claim)] {
        (article.analysis?.claims ?? []).map { (article.text.words(in: $0.spans), $0) }
    }

    /// The claims that share at least half of their words with a sentence.
    private static func indices(of claims: [(words: Set<Int>, claim: Analysis.Claim)], in sentence: Set<Int>) -> [Int] {
        claims.indices.filter {
            !claims[$0].words.isEmpty && 2 * claims[$0].words.intersection(sentence).count >= claims[$0].words.count
        }
    }
}
