import Foundation

/// The trained reader: text in, attributions, names and check-worthiness out.
///
/// A value may be shared by any number of workers; each brings its own `Workspace`, and the weights are read only.
public struct Tagger: Sendable {
    let wordPiece: WordPiece
    let encoder: Encoder
    let heads: Heads

    /// Unpacks the weights that the program carries.
    /// - Throws: `ModelError` if they are not what this program computes with.
    public init() throws(ModelError) { try self.init(.fastest) }

    init(_ kernels: Kernels) throws(ModelError) {
        let file = try WeightsFile.embedded()
        wordPiece = WordPiece(vocabulary: try Vocabulary(try file.lines("vocabulary")))
        encoder = try Encoder(file, kernels)
        heads = try Heads(file, kernels)
    }

    /// The buffers that one thread needs to read.
    public func workspace() -> Workspace { Workspace(encoder) }

    /// Reads a text, in time linear in its length.
    ///
    /// - Parameters:
    ///   - text: The text in code points; paragraphs end at line feeds.
    ///   - sentences: The sentences to judge for check-worthiness, as ranges of code points in rising order.
    ///   - omitted: Stretches that are not read, as ranges of code points in rising order.
    ///   - work: The thread's buffers.
    /// - Returns: What was found, with one worthiness for each sentence; 0 for one without any piece.
    public func read(
        _ text: [Unicode.Scalar], sentences: [Range<Int>] = [], omitting omitted: [Range<Int>] = [],
        in work: inout Workspace
    ) -> Reading {
        var pieces = wordPiece.pieces(of: text)
        var features = PieceFeatures.of(pieces, in: text)
        leaveOut(omitted, &pieces, &features)
        var reading = Reading(worthiness: [Float](repeating: 0, count: sentences.count))
        var next = 0
        for range in Window.ranges(features, size: encoder.positions - 2) {
            let window = EncodedWindow(pieces[range], features[range], encoder, &work)
            attribute(window, work, to: &reading)
            name(window, work, to: &reading)
            judge(window, work, sentences, &next, to: &reading)
        }
        return reading
    }

    private func leaveOut(_ omitted: [Range<Int>], _ pieces: inout [Piece], _ features: inout [PieceFeatures]) {
        guard !omitted.isEmpty else { return }
        var next = 0
        let kept = pieces.indices.filter { index in
            let start = Int(pieces[index].start)
            while next < omitted.count, omitted[next].upperBound <= start { next += 1 }
            return next == omitted.count || start < omitted[next].lowerBound
        }
        pieces = kept.map { pieces[$0] }
        features = kept.map { features[$0] }
    }

    private func attribute(_ window: EncodedWindow, _ work: borrowing Workspace, to reading: inout Reading) {
        let scores = heads.tags.scores(work.input, rows: window.rows)
        let rows = (0..<window.pieces.count).map { scores.logProbabilities($0 + 1) }
        let path = Viterbi.path(rows)
        let spans = Viterbi.spans(path)
        guard spans.contains(where: { $0.kind == Assembly.content }) else { return }
        let arrows = heads.cue.arrows(work.input, rows: window.rows)
        for found in Assembly.attributions(spans, score: { arrows.score($0 + 1, $1 + 1) }) {
            let inside = found.content.joined()
            let certainty = inside.reduce(Float(0)) { $0 + rows[$1][path[$1]] } / Float(max(1, inside.count))
            reading.attributions.append(
                Reading.Attribution(
                    content: found.content.map(window.place), source: found.source.map(window.place),
                    cue: found.cue.map(window.place), confidence: exp(certainty)))
        }
    }

    private func name(_ window: EncodedWindow, _ work: borrowing Workspace, to reading: inout Reading) {
        let scores = heads.names.scores(work.input, rows: window.rows)
        let rows = (0..<window.pieces.count).map { row in (0..<scores.columns).map { scores[row + 1, $0] } }
        let path = Viterbi.path(rows)
        for (kind, pieces) in Viterbi.spans(path) {
            let label = heads.names.labels[2 * kind + 1].dropFirst(2)
            reading.names.append(Reading.Name(kind: String(label), place: window.place(pieces)))
        }
    }

    /// A sentence that a window cuts is judged by its first part.
    private func judge(
        _ window: EncodedWindow, _ work: borrowing Workspace, _ sentences: [Range<Int>], _ next: inout Int,
        to reading: inout Reading
    ) {
        guard let last = window.pieces.last else { return }
        var at = window.pieces.startIndex
        while next < sentences.count, sentences[next].lowerBound < last.end {
            let sentence = sentences[next]
            while at < window.pieces.endIndex, window.pieces[at].start < sentence.lowerBound { at += 1 }
            var end = at
            while end < window.pieces.endIndex, window.pieces[end].start < sentence.upperBound { end += 1 }
            if at < end {
                let offset = 1 - window.pieces.startIndex
                let score = heads.worthiness.score(work.encoded, (at + offset)..<(end + offset))
                reading.worthiness[next] = 1 / (1 + exp(-score))
            }
            next += 1
        }
    }
}
