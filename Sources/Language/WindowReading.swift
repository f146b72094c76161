import Glibc

/// What one window gives.
struct WindowReading: Sendable {
    var attributions: [Reading.Attribution] = []
    /// Antecedents are told by where they begin, in code points.
    var pieces: [Reading.Labels] = []
    /// The sentences in the window, or what of them stands in it.
    var judged: [Judged] = []
    /// Those of them in which nothing else is looked for.
    var omitted: [Int] = []

    /// The trees of the sentences that are read.
    var syntax: [(sentence: Int, tree: Reading.Syntax)] = []

    /// What a sentence is likely to be by those of its pieces that stand in the window.
    struct Judged: Sendable {
        var sentence: Int
        var judgement: Reading.Judgement
        var rows: Range<Int>
    }

    /// Drops what the window read as context alone, which its neighbours answer for.
    ///
    /// An attribution belongs where its cue begins, a sentence where it begins itself.
    mutating func leaveContext(of core: Range<Int>, _ sentences: [Range<Int>]) {
        attributions.removeAll { attribution in
            let anchor = attribution.cue.first ?? attribution.content.first
            return anchor.map { !core.contains($0.lowerBound) } ?? true
        }
        judged.removeAll { !core.contains(sentences[$0.sentence].lowerBound) }
        omitted.removeAll { !core.contains(sentences[$0].lowerBound) }
    }
}

extension Tagger {
    /// The most antecedents that a piece is given, and the least probability of one.
    private static let antecedents = (most: 24, least: Float(0.002))

    /// Below these, what is attributed beside the longest stretch is left out; on the development articles four of five
    /// such fragments belonged to nobody or to another cue.
    private static let leastOfFragment = (certainty: Float(0.6), share: Float(0.45))

    /// Reads a window, and judges the sentences in it.
    ///
    /// - Parameters:
    ///   - window: The window, encoded in `work`.
    ///   - work: The thread's buffers.
    ///   - core: The code points that the window answers for; what stands beside them is context.
    ///   - sentences: All sentences, in order.
    ///   - omit: Whether nothing else is looked for in a sentence.
    /// - Returns: What it gives.
    func read(
        _ window: EncodedWindow, _ work: Workspace, core: Range<Int>, judging sentences: [Range<Int>],
        omitting omit: (Int, Reading.Judgement) -> Bool
    ) -> WindowReading {
        var reading = WindowReading()
        judge(window, work, sentences, to: &reading)
        var isRead = [Bool](repeating: true, count: window.pieces.count)
        for judged in reading.judged where omit(judged.sentence, judged.judgement) {
            reading.omitted.append(judged.sentence)
            for row in judged.rows { isRead[row - 1] = false }
        }
        attribute(window, work, isRead, to: &reading)
        reading.leaveContext(of: core, sentences)
        let names = heads.names.scores(work.input, rows: window.rows)
        let parts = heads.parts.scores(work.input, rows: window.rows)
        label(window, work, core, isRead, names, parts, to: &reading)
        parse(window, work, names, parts, to: &reading)
        return reading
    }

    private func parse(
        _ window: EncodedWindow, _ work: Workspace, _ names: Scores, _ parts: Scores, to reading: inout WindowReading
    ) {
        let omitted = Set(reading.omitted)
        let sides = SyntaxScores(
            heads: heads.head.arrows(work.input, rows: window.rows),
            relations: heads.relations.sides(work.input, rows: window.rows), parts: parts, names: names)
        for judged in reading.judged where !omitted.contains(judged.sentence) {
            if let tree = syntax(window, judged, sides) { reading.syntax.append((judged.sentence, tree)) }
        }
    }

    private func attribute(
        _ window: EncodedWindow, _ work: Workspace, _ isRead: [Bool], to reading: inout WindowReading
    ) {
        let scores = heads.tags.scores(work.input, rows: window.rows)
        let path = Viterbi.path(rows: isRead.count, tags: scores.columns) { row, tag in
            isRead[row] ? scores[row + 1, tag] : tag == 0 ? 0 : -.infinity
        }
        var spans = Viterbi.spans(path)
        guard spans.contains(where: { $0.kind == Assembly.content }) else { return }
        // What is attributed by a cue that is left out is left out with it.
        if isRead.contains(false) {
            let all = Viterbi.path(rows: isRead.count, tags: scores.columns) { scores[$0 + 1, $1] }
            spans += Viterbi.spans(all).filter { $0.kind == Assembly.cue && !isRead[$0.pieces.lowerBound] }
        }
        let arrows = heads.cue.arrows(work.input, rows: window.rows)
        let acts = heads.acts.scores(work.input, rows: window.rows)
        for found in Assembly.attributions(spans, score: { arrows.score($0 + 1, $1 + 1) })
        where found.cue.allSatisfy({ isRead[$0.lowerBound] }) {
            func certainty(_ pieces: some Sequence<Int>) -> Float {
                let all = pieces.map { scores[$0 + 1, path[$0]] - scores.logOfSum($0 + 1) }
                return exp(all.reduce(0, +) / Float(max(1, all.count)))
            }
            let longest = found.content.max { $0.count < $1.count }
            let content = found.content.filter { span in
                guard span != longest, let cue = found.cue.first?.lowerBound else { return true }
                return certainty(span) >= Self.leastOfFragment.certainty
                    && share(of: cue, in: span, arrows, window.pieces.count) >= Self.leastOfFragment.share
            }
            reading.attributions.append(
                Reading.Attribution(
                    content: content.map(window.place), source: found.source.map(window.place),
                    cue: found.cue.map(window.place), act: act(found.cue, acts),
                    confidence: certainty(found.content.joined())))
        }
    }

    /// The mean probability that the pieces of `span` point to the cue that begins at `cue`, of all that they may.
    private func share(of cue: Int, in span: Range<Int>, _ arrows: Arrows, _ pieces: Int) -> Float {
        let asked = Assembly.voters(of: span)
        let sum = asked.reduce(Float(0)) { sum, piece in
            let all = arrows.scores(piece + 1, 1..<(pieces + 1))
            return sum + exp(all[cue] - logOfSum(all[...]))
        }
        return sum / Float(asked.count)
    }

    private func act(_ cue: [Range<Int>], _ scores: Scores) -> Reading.Act? {
        guard !cue.isEmpty else { return nil }
        var sums = [Float](repeating: 0, count: scores.columns)
        for piece in cue.joined() {
            let total = scores.logOfSum(piece + 1)
            for act in sums.indices { sums[act] += scores[piece + 1, act] - total }
        }
        return Reading.Act.allCases[sums.indices.max { sums[$0] < sums[$1] } ?? 0]
    }

    private func label(
        _ window: EncodedWindow, _ work: Workspace, _ core: Range<Int>, _ isRead: [Bool], _ names: Scores,
        _ parts: Scores, to reading: inout WindowReading
    ) {
        let path = Viterbi.path(rows: isRead.count, tags: names.columns) { names[$0 + 1, $1] }
        let mentions = heads.mentions.scores(work.input, rows: window.rows)
        let sources = heads.sources.scores(work.input, rows: window.rows)
        let arrows = heads.antecedent.arrows(work.input, rows: window.rows)
        // Pieces that are not read are no antecedents either.
        let kept = isRead.indices.filter { isRead[$0] }
        reading.pieces = zip(0..., kept).compactMap { number, index -> Reading.Labels? in
            let piece = window.pieces[window.pieces.startIndex + index]
            guard core.contains(Int(piece.start)) else { return nil }
            var source = SIMD8<Float>()
            let total = sources.logOfSum(index + 1)
            for kind in 0..<sources.columns { source[kind] = exp(sources[index + 1, kind] - total) }
            let part = Reading.PartOfSpeech(rawValue: parts.best(index + 1)) ?? .other
            let tag = path[index]
            return Reading.Labels(
                start: Int(piece.start), end: Int(piece.end),
                name: tag > 0 ? Reading.NameKind(rawValue: (tag - 1) / 2) : nil, beginsName: tag % 2 == 1, part: part,
                mention: Reading.MentionKind(rawValue: mentions.best(index + 1)) ?? .none, source: source,
                antecedents: part == .pronoun || part == .noun
                    ? antecedents(of: number, among: kept, window, arrows) : [])
        }
    }

    private func antecedents(
        of piece: Int, among kept: [Int], _ window: EncodedWindow, _ arrows: Arrows
    ) -> [Reading.Antecedent] {
        guard piece > 0 else { return [] }
        let all = arrows.scores(kept[piece] + 1, 1..<(kept[piece] + 1))
        let scores = kept[piece] == piece ? all : kept[..<piece].map { all[$0] }
        let sum = logOfSum(scores[...])
        let likely = scores.indices.filter { scores[$0] - sum > log(Self.antecedents.least) }
            .sorted { scores[$0] > scores[$1] }
        return likely.prefix(Self.antecedents.most).map {
            Reading.Antecedent(
                piece: window.place(kept[$0]..<kept[$0] + 1).lowerBound, probability: exp(scores[$0] - sum))
        }
    }

    /// Judges each sentence by those of its pieces that stand in the window.
    private func judge(
        _ window: EncodedWindow, _ work: Workspace, _ sentences: [Range<Int>], to reading: inout WindowReading
    ) {
        guard let first = window.pieces.first, let last = window.pieces.last else { return }
        var at = window.pieces.startIndex
        for sentence in sentences.partitioningIndex(where: { $0.upperBound > first.start })..<sentences.count {
            let place = sentences[sentence]
            guard place.lowerBound < last.end else { break }
            while at < window.pieces.endIndex, window.pieces[at].start < place.lowerBound { at += 1 }
            var end = at
            while end < window.pieces.endIndex, window.pieces[end].start < place.upperBound { end += 1 }
            guard at < end else { continue }
            let rows = (at + 1 - window.pieces.startIndex)..<(end + 1 - window.pieces.startIndex)
            let judgement = Reading.Judgement(
                worthiness: heads.worthiness.probability(work.encoded, rows),
                furniture: heads.furniture.probability(work.encoded, rows))
            reading.judged.append(WindowReading.Judged(sentence: sentence, judgement: judgement, rows: rows))
        }
    }
}
