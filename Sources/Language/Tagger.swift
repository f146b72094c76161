import Foundation

/// The trained reader: text in, attributions, labels of pieces and judgements of sentences out.
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
    /// Sentences are judged first; windows with some that are left out are then read again without them.
    ///
    /// - Parameters:
    ///   - text: The text in code points; paragraphs end at line feeds.
    ///   - sentences: The sentences to judge, as ranges of code points in rising order.
    ///   - work: The thread's buffers.
    ///   - omit: Told what the sentences are likely to be, names those that are left out, as rising indices.
    /// - Returns: What was found, with a judgement for each sentence: zeros for one without any piece.
    public func read(
        _ text: [Unicode.Scalar], sentences: [Range<Int>] = [], in work: Workspace,
        omitting omit: ([Reading.Judgement]) -> [Int] = { _ in [] }
    ) -> Reading {
        let pieces = wordPiece.pieces(of: text)
        let features = PieceFeatures.of(pieces, in: text)
        var passages = Window.ranges(features, size: encoder.positions - 2)
            .map { Passage(pieces: pieces[$0], features: features[$0]) }
        var readings: [WindowReading] = []
        var next = 0
        for passage in passages { readings.append(read(passage, judging: sentences, from: &next, work)) }

        let judgements = Self.judgements(of: sentences.count, readings)
        let omitted = omit(judgements).map { sentences[$0] }
        if !omitted.isEmpty {
            for index in passages.indices where passages[index].leaveOut(omitted) {
                readings[index] = passages[index].pieces.isEmpty ? WindowReading() : read(passages[index], work)
            }
        }
        var reading = Reading(judgements: judgements)
        for window in readings {
            reading.attributions += window.attributions
            let first = reading.pieces.count
            reading.pieces += window.pieces.map { piece in
                var piece = piece
                for index in piece.antecedents.indices { piece.antecedents[index].piece += first }
                return piece
            }
        }
        return reading
    }

    /// A sentence that windows part is what its pieces are on average.
    private static func judgements(of count: Int, _ readings: [WindowReading]) -> [Reading.Judgement] {
        var judgements = [Reading.Judgement](repeating: Reading.Judgement(), count: count)
        var pieces = [Float](repeating: 0, count: count)
        for (sentence, judged) in readings.flatMap(\.judged) {
            let share = Float(judged.pieces) / (pieces[sentence] + Float(judged.pieces))
            judgements[sentence].worthiness += share * (judged.worthiness - judgements[sentence].worthiness)
            judgements[sentence].furniture += share * (judged.furniture - judgements[sentence].furniture)
            pieces[sentence] += Float(judged.pieces)
        }
        return judgements
    }
}

/// Pieces that are encoded together.
struct Passage {
    var pieces: ArraySlice<Piece>
    var features: ArraySlice<PieceFeatures>

    /// Drops the pieces that begin in one of the rising `ranges`, and tells whether there were any.
    mutating func leaveOut(_ ranges: [Range<Int>]) -> Bool {
        guard let first = pieces.first, let last = pieces.last else { return false }
        let near = ranges.filter { Int(first.start) < $0.upperBound && $0.lowerBound <= Int(last.start) }
        guard !near.isEmpty else { return false }
        let kept = pieces.indices.filter { index in !near.contains { $0.contains(Int(pieces[index].start)) } }
        guard kept.count < pieces.count else { return false }
        (pieces, features) = (kept.map { pieces[$0] }[...], kept.map { features[$0] }[...])
        return true
    }
}
