import Glibc

/// The trained reader: text in, attributions, labels of pieces and judgements of sentences out.
///
/// A value may be shared by any number of threads; the weights are read only.
public struct Tagger: Sendable {
    let wordPiece: WordPiece
    let encoder: Encoder
    let heads: Heads

    /// Unpacks the weights that the program carries.
    /// - Throws: `ModelError` if they are not what this program computes with.
    public init() throws(ModelError) { try self.init(.fastest) }

    init(_ kernels: Kernels) throws(ModelError) {
        let file = try WeightsFile.embedded()
        let vocabulary = try file.lines("vocabulary")
        wordPiece = WordPiece(vocabulary: try Vocabulary(vocabulary))
        encoder = try Encoder(file, kernels)
        guard vocabulary.count == encoder.vocabulary else {
            throw ModelError(
                "the weights file has \(vocabulary.count) pieces and vectors for \(encoder.vocabulary): it is damaged")
        }
        heads = try Heads(file, kernels)
    }

    /// Reads a text, in time linear in its length.
    ///
    /// - Parameters:
    ///   - text: The text in code points; paragraphs end at line feeds.
    ///   - sentences: The sentences to judge, as ranges of code points in rising order.
    ///   - workspaces: The threads to read on, and their buffers.
    ///   - omit: Told the index of a sentence and what it is likely to be, decides whether nothing
    ///     else is looked for in it. It is called from several threads.
    /// - Returns: What was found, with a judgement for each sentence: zeros for one without any piece.
    public func read(
        _ text: [Unicode.Scalar], sentences: [Range<Int>] = [], in workspaces: Workspaces,
        omitting omit: @Sendable (Int, Reading.Judgement) -> Bool = { _, _ in false }
    ) -> Reading {
        let pieces = wordPiece.pieces(of: text)
        let features = PieceFeatures.of(pieces, in: text)
        let windows = Window.windows(features, size: encoder.positions - 2)
        let readings = workspaces.map(windows.count) { number, work in
            let (range, core) = (windows[number].pieces, windows[number].core)
            let window = EncodedWindow(pieces[range], features[range], of: text, encoder, work)
            let end = core.upperBound < pieces.count ? Int(pieces[core.upperBound].start) : text.count
            return read(
                window, work, core: Int(pieces[core.lowerBound].start)..<end, judging: sentences, omitting: omit)
        }

        var reading = Reading(
            judgements: [Reading.Judgement](repeating: Reading.Judgement(), count: sentences.count),
            syntax: [Reading.Syntax?](repeating: nil, count: sentences.count))
        for judged in readings.flatMap(\.judged) { reading.judgements[judged.sentence] = judged.judgement }
        for (sentence, syntax) in readings.flatMap(\.syntax) { reading.syntax[sentence] = syntax }
        reading.omitted = readings.flatMap(\.omitted)
        reading.attributions = readings.flatMap(\.attributions)
        reading.pieces = readings.flatMap(\.pieces)
        // Windows count antecedents by where they begin, since they may stand in the context.
        for index in reading.pieces.indices where !reading.pieces[index].antecedents.isEmpty {
            reading.pieces[index].antecedents = reading.pieces[index].antecedents.compactMap { antecedent in
                let piece = reading.pieces.partitioningIndex { $0.start >= antecedent.piece }
                guard piece < index, reading.pieces[piece].start == antecedent.piece else { return nil }
                return Reading.Antecedent(piece: piece, probability: antecedent.probability)
            }
        }
        return reading
    }
}
