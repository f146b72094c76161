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
        var readings = workspaces.map(windows.count) { number, work in
            let (range, core) = (windows[number].pieces, windows[number].core)
            let window = EncodedWindow(pieces[range], features[range], of: text, encoder, work)
            let end = core.upperBound < pieces.count ? Int(pieces[core.upperBound].start) : text.count
            return read(
                window, work, core: Int(pieces[core.lowerBound].start)..<end, judging: sentences, omitting: omit)
        }

        var reading = Reading(
            judgements: [Reading.Judgement](repeating: Reading.Judgement(), count: sentences.count),
            syntax: [Reading.Syntax?](repeating: nil, count: sentences.count))
        reading.pieces.reserveCapacity(pieces.count)
        for index in readings.indices {
            let window = readings[index]
            for judged in window.judged { reading.judgements[judged.sentence] = judged.judgement }
            for (sentence, syntax) in window.syntax { reading.syntax[sentence] = syntax }
            reading.omitted += window.omitted
            reading.attributions += window.attributions
            reading.pieces += window.pieces
            // Of a long text they would take as much again as the whole.
            readings[index] = WindowReading()
        }
        // Windows count antecedents by where they begin, since they may stand in the context.
        for index in reading.pieces.indices where !reading.pieces[index].antecedents.isEmpty {
            // In place: there are many, and what a new list would take is never given back.
            for number in reading.pieces[index].antecedents.indices {
                let start = reading.pieces[index].antecedents[number].piece
                let piece = reading.pieces.partitioningIndex { $0.start >= start }
                let isKnown = piece < index && reading.pieces[piece].start == start
                reading.pieces[index].antecedents[number].piece = isKnown ? piece : -1
            }
            reading.pieces[index].antecedents.removeAll { $0.piece < 0 }
        }
        return reading
    }
}
