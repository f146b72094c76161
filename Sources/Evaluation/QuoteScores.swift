/// How well quotes and their sources are found.
enum QuoteScores {
    private static let groups = [
        ("ALL", ["DIRECT", "MIXED", "INDIRECT"]), ("DIRECT", ["DIRECT"]), ("MIXED", ["MIXED"]),
        ("INDIRECT", ["INDIRECT"]), ("QUOTED", ["DIRECT", "MIXED"]),
    ]

    /// Counts by kind of quote.
    private struct Tally {
        var content: [String: Agreement] = [:]
        var source: [String: Agreement] = [:]
        /// Of matched quotes with a source, those with the right one, and all.
        var named: [String: (right: Int, all: Int)] = [:]
    }

    /// The figures `content`, `source` and `tokens`.
    static func figures(of articles: [ScoredArticle]) -> [String: Figure] {
        let tallies = [("partial", tally(articles, exactly: false)), ("exact", tally(articles, exactly: true))]
        var (content, source): ([String: Figure], [String: Figure]) = ([:], [:])
        for (name, kinds) in groups {
            for (way, tally) in tallies {
                content["\(name).\(way)"] = .group(sum(tally.content, kinds).figures)
                source["\(name).\(way)"] = .group(sum(tally.source, kinds).figures)
            }
            let named = kinds.map { tallies[0].1.named[$0] ?? (0, 0) }
            source["\(name).acc"] = .share(
                Agreement.ratio(named.reduce(0) { $0 + $1.right }, named.reduce(0) { $0 + $1.all }))
        }
        return ["content": .group(content), "source": .group(source), "tokens": .group(tokens(articles).figures)]
    }

    private static func sum(_ counts: [String: Agreement], _ kinds: [String]) -> Agreement {
        kinds.reduce(into: Agreement()) { sum, kind in
            guard let count = counts[kind] else { return }
            sum.rightPredicted += count.rightPredicted
            sum.predicted += count.predicted
            sum.foundGold += count.foundGold
            sum.gold += count.gold
        }
    }

    private static func tally(_ articles: [ScoredArticle], exactly: Bool) -> Tally {
        var tally = Tally()
        for article in articles {
            for quote in article.wanted {
                tally.content[quote.kind, default: Agreement()].gold += 1
                if !quote.source.isEmpty { tally.source[quote.kind, default: Agreement()].gold += 1 }
            }
            for quote in article.found {
                tally.content[quote.kind, default: Agreement()].predicted += 1
                if !quote.source.isEmpty { tally.source[quote.kind, default: Agreement()].predicted += 1 }
            }
            for pair in exactly ? article.exactPairs : article.pairs {
                let (wanted, found) = (article.wanted[pair.wanted], article.found[pair.found])
                tally.content[wanted.kind, default: Agreement()].foundGold += 1
                tally.content[found.kind, default: Agreement()].rightPredicted += 1
                let isRight = wanted.hasSource(of: found, exactly: exactly)
                if isRight {
                    tally.source[wanted.kind, default: Agreement()].foundGold += 1
                    tally.source[found.kind, default: Agreement()].rightPredicted += 1
                }
                let named = tally.named[wanted.kind] ?? (0, 0)
                tally.named[wanted.kind] = (
                    named.right + (isRight ? 1 : 0), named.all + (wanted.source.isEmpty ? 0 : 1)
                )
            }
        }
        return tally
    }

    /// Words in contents, however these are cut.
    private static func tokens(_ articles: [ScoredArticle]) -> Agreement {
        articles.reduce(into: Agreement()) { sum, article in
            let wanted = article.wanted.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
            let found = article.found.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
            let both = wanted.intersection(found).count
            sum.rightPredicted += both
            sum.foundGold += both
            sum.predicted += found.count
            sum.gold += wanted.count
        }
    }
}
