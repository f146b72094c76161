import Foundation

/// What one window gives.
struct WindowReading {
    var attributions: [Reading.Attribution] = []
    /// Antecedents are counted from the window's first piece.
    var pieces: [Reading.Labels] = []
    var judged: [(sentence: Int, judged: Judged)] = []

    /// What a sentence is likely to be by those of its pieces that stand in the window.
    struct Judged {
        var worthiness: Float
        var furniture: Float
        var pieces: Int
    }
}

extension Tagger {
    /// The most antecedents that a piece is given, and the least probability of one.
    private static let antecedents = (most: 24, least: Float(0.002))

    /// Reads a window without judging sentences.
    func read(_ passage: Passage, _ work: Workspace) -> WindowReading {
        var next = 0
        return read(passage, judging: [], from: &next, work)
    }

    /// Reads a window and judges the sentences in it.
    ///
    /// - Parameters:
    ///   - passage: The window.
    ///   - sentences: All sentences, in order.
    ///   - next: The first sentence that may stand in this window; afterwards in the next one.
    ///   - work: The thread's buffers.
    /// - Returns: What it gives.
    func read(_ passage: Passage, judging sentences: [Range<Int>], from next: inout Int, _ work: Workspace)
        -> WindowReading
    {
        let window = EncodedWindow(passage.pieces, passage.features, encoder, work)
        var reading = WindowReading()
        attribute(window, work, to: &reading)
        label(window, work, to: &reading)
        judge(window, work, sentences, &next, to: &reading)
        return reading
    }

    private func attribute(_ window: EncodedWindow, _ work: Workspace, to reading: inout WindowReading) {
        let scores = heads.tags.scores(work.input, rows: window.rows)
        let rows = (0..<window.pieces.count).map { scores.logProbabilities($0 + 1) }
        let path = Viterbi.path(rows)
        let spans = Viterbi.spans(path)
        guard spans.contains(where: { $0.kind == Assembly.content }) else { return }
        let arrows = heads.cue.arrows(work.input, rows: window.rows)
        let acts = heads.acts.scores(work.input, rows: window.rows)
        for found in Assembly.attributions(spans, score: { arrows.score($0 + 1, $1 + 1) }) {
            let inside = found.content.joined()
            let certainty = inside.reduce(Float(0)) { $0 + rows[$1][path[$1]] } / Float(max(1, inside.count))
            reading.attributions.append(
                Reading.Attribution(
                    content: found.content.map(window.place), source: found.source.map(window.place),
                    cue: found.cue.map(window.place), act: act(found.cue, acts), confidence: exp(certainty)))
        }
    }

    private func act(_ cue: [Range<Int>], _ scores: Scores) -> Reading.Act? {
        guard !cue.isEmpty else { return nil }
        var sums = [Float](repeating: 0, count: scores.columns)
        for piece in cue.joined() {
            for (act, score) in scores.logProbabilities(piece + 1).enumerated() { sums[act] += score }
        }
        return Reading.Act.allCases[sums.indices.max { sums[$0] < sums[$1] } ?? 0]
    }

    private func label(_ window: EncodedWindow, _ work: Workspace, to reading: inout WindowReading) {
        let count = window.pieces.count
        let names = heads.names.scores(work.input, rows: window.rows)
        let path = Viterbi.path((0..<count).map { row in (0..<names.columns).map { names[row + 1, $0] } })
        let parts = heads.parts.scores(work.input, rows: window.rows)
        let mentions = heads.mentions.scores(work.input, rows: window.rows)
        let sources = heads.sources.scores(work.input, rows: window.rows)
        let arrows = heads.antecedent.arrows(work.input, rows: window.rows)
        reading.pieces = zip(0..., window.pieces).map { index, piece in
            var source = SIMD8<Float>()
            for (kind, score) in sources.logProbabilities(index + 1).enumerated() { source[kind] = exp(score) }
            let part = Reading.PartOfSpeech(rawValue: parts.best(index + 1)) ?? .other
            let tag = path[index]
            return Reading.Labels(
                start: Int(piece.start), end: Int(piece.end),
                name: tag > 0 ? Reading.NameKind(rawValue: (tag - 1) / 2) : nil, beginsName: tag % 2 == 1, part: part,
                mention: Reading.MentionKind(rawValue: mentions.best(index + 1)) ?? .none, source: source,
                antecedents: part == .pronoun || part == .noun ? antecedents(of: index, arrows) : [])
        }
    }

    private func antecedents(of piece: Int, _ arrows: Arrows) -> [Reading.Antecedent] {
        guard piece > 0 else { return [] }
        let scores = (0..<piece).map { arrows.score(piece + 1, $0 + 1) }
        let sum = logOfSum(scores[...])
        let likely = scores.indices.filter { scores[$0] - sum > log(Self.antecedents.least) }
            .sorted { scores[$0] > scores[$1] }
        return likely.prefix(Self.antecedents.most).map {
            Reading.Antecedent(piece: $0, probability: exp(scores[$0] - sum))
        }
    }

    private func judge(
        _ window: EncodedWindow, _ work: Workspace, _ sentences: [Range<Int>], _ next: inout Int,
        to reading: inout WindowReading
    ) {
        guard let last = window.pieces.last else { return }
        var at = window.pieces.startIndex
        while next < sentences.count, sentences[next].lowerBound < last.end {
            let sentence = sentences[next]
            while at < window.pieces.endIndex, window.pieces[at].start < sentence.lowerBound { at += 1 }
            var end = at
            while end < window.pieces.endIndex, window.pieces[end].start < sentence.upperBound { end += 1 }
            if at < end {
                let rows = (at + 1 - window.pieces.startIndex)..<(end + 1 - window.pieces.startIndex)
                reading.judged.append(
                    (
                        next,
                        WindowReading.Judged(
                            worthiness: heads.worthiness.probability(work.encoded, rows),
                            furniture: heads.furniture.probability(work.encoded, rows), pieces: rows.count)
                    ))
            }
            // The rest of a sentence that ends behind this window is judged in the next one.
            if sentence.upperBound > last.end { break }
            next += 1
        }
    }
}
