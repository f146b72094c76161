import Wire

/// A quote as it is compared.
struct ScoredQuote {
    let words: Set<Int>
    let characters: Set<Int>
    let start: Int
    let kind: String
    let source: Set<Int>
    let sourceCharacters: Set<Int>
    let sourceHead: Int?
    let speaker: String?
    let speakerType: String?
    let entity: String?
    let confidence: Double?

    init(_ quote: Gold.Quote, in text: ScoredText) {
        self.init(quote.content, quote.source, quote.speaker, quote.speakerType, nil, nil, in: text)
    }

    init(_ quote: Analysis.Quote, in text: ScoredText) {
        self.init(
            quote.content.spans, quote.source?.spans, quote.speaker?.name, nil, quote.speaker?.entity, quote.confidence,
            in: text)
    }

    private init(
        _ content: [Span], _ source: [Span]?, _ speaker: String?, _ speakerType: String?, _ entity: String?,
        _ confidence: Double?, in text: ScoredText
    ) {
        words = text.words(in: content)
        characters = text.characters(in: content)
        start = content.map(\.start).min() ?? 0
        kind = text.kind(of: words)
        self.source = text.words(in: source)
        sourceCharacters = text.characters(in: source)
        sourceHead = text.head(of: source)
        self.speaker = speaker.flatMap { $0.isEmpty ? nil : $0 }
        self.speakerType = speakerType
        self.entity = entity
        self.confidence = confidence
    }

    /// Whether both name the same source: partly, the likeness, the last or the head word suffices.
    func hasSource(of other: ScoredQuote, exactly: Bool) -> Bool {
        guard !source.isEmpty, !other.source.isEmpty else { return false }
        if exactly { return sourceCharacters == other.sourceCharacters }
        return jaccard(source, other.source) >= 0.5 || source.max() == other.source.max()
            || sourceHead != nil && sourceHead == other.sourceHead
    }
}

/// An annotated article beside its analysis.
struct ScoredArticle {
    let gold: Gold
    let analysis: Analysis?
    let text: ScoredText
    /// Quotes with words, but for those within others.
    let wanted: [ScoredQuote]
    let found: [ScoredQuote]
    /// Pairs of a wanted quote and a found one, by number, where at least half is alike.
    let pairs: [(wanted: Int, found: Int)]

    init(_ gold: Gold, _ analysis: Analysis?) {
        self.gold = gold
        self.analysis = analysis
        let text = ScoredText(gold.text)
        self.text = text
        wanted = (gold.quotes ?? []).filter { $0.nested != true }.map { ScoredQuote($0, in: text) }
            .filter { !$0.words.isEmpty }
        found = (analysis?.quotes ?? []).filter { $0.nested == nil }.map { ScoredQuote($0, in: text) }.filter {
            !$0.words.isEmpty
        }
        pairs = Self.pairs(wanted, found) { likeness, _ in likeness >= 0.5 }
    }

    /// Pairs whose contents have the same characters.
    var exactPairs: [(wanted: Int, found: Int)] { Self.pairs(wanted, found) { _, isExact in isExact } }

    /// One-to-one pairs, the likest first; ties by the place of the wanted quote, then of the found one.
    private static func pairs(
        _ wanted: [ScoredQuote], _ found: [ScoredQuote], where fits: (_ likeness: Double, _ isExact: Bool) -> Bool
    ) -> [(wanted: Int, found: Int)] {
        var holders: [Int: [Int]] = [:]
        for (index, quote) in found.enumerated() {
            for word in quote.words { holders[word, default: []].append(index) }
        }
        var candidates: [(likeness: Double, starts: (Int, Int), pair: (Int, Int))] = []
        for (index, quote) in wanted.enumerated() {
            for other in Set(quote.words.flatMap { holders[$0] ?? [] }) {
                let likeness = jaccard(quote.words, found[other].words)
                guard fits(likeness, quote.characters == found[other].characters) else { continue }
                candidates.append((likeness, (quote.start, found[other].start), (index, other)))
            }
        }
        candidates.sort {
            ($1.likeness, $0.starts.0, $0.starts.1, $0.pair.0, $0.pair.1)
                < ($0.likeness, $1.starts.0, $1.starts.1, $1.pair.0, $1.pair.1)
        }
        var (wantedTaken, foundTaken) = (Set<Int>(), Set<Int>())
        var pairs: [(wanted: Int, found: Int)] = []
        for candidate in candidates
        where !wantedTaken.contains(candidate.pair.0) && !foundTaken.contains(candidate.pair.1) {
            wantedTaken.insert(candidate.pair.0)
            foundTaken.insert(candidate.pair.1)
            pairs.append(candidate.pair)
        }
        return pairs
    }
}
