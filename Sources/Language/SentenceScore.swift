import Foundation

/// What a sentence is likely to be: its pieces pooled by attention, then a small layer.
struct SentenceScore: Sendable {
    private let weight: (row: [Float], bias: Float)
    private let inner: [[Float]]
    private let innerBias: [Float]
    private let outer: [Float]
    private let outerBias: Float

    init(_ file: WeightsFile, _ name: String) throws(ModelError) {
        func rows(_ name: String) throws(ModelError) -> [[Float]] {
            let matrix = try file.int8(name + ".weight")
            let width = matrix.shape[1]
            return (0..<matrix.shape[0]).map { row in
                matrix.numbers[(row * width)..<((row + 1) * width)].map { Float($0) * matrix.scales[row] }
            }
        }
        weight = (try rows(name + "_weight")[0], try file.floats(name + "_weight.bias")[0])
        inner = try rows(name + "_inner")
        innerBias = try file.floats(name + "_inner.bias")
        outer = try rows(name)[0]
        outerBias = try file.floats(name + ".bias")[0]
    }

    /// The probability for a sentence, from 0 to 1.
    func probability(_ encoded: Buffer<Float>, _ pieces: Range<Int>) -> Float {
        1 / (1 + exp(-score(encoded, pieces)))
    }

    /// The score of a sentence: the logarithm of the odds.
    func score(_ encoded: Buffer<Float>, _ pieces: Range<Int>) -> Float {
        let width = weight.row.count
        let weights = pieces.map { piece in
            var sum = weight.bias
            for i in 0..<width { sum += encoded[piece * width + i] * weight.row[i] }
            return sum
        }
        let total = logOfSum(weights[...])
        var pooled = [Float](repeating: 0, count: width)
        for (piece, score) in zip(pieces, weights) {
            let share = exp(score - total)
            for i in 0..<width { pooled[i] += share * encoded[piece * width + i] }
        }
        var score = outerBias
        for (row, weights) in inner.enumerated() {
            var sum = innerBias[row]
            for i in 0..<width { sum += weights[i] * pooled[i] }
            score += max(0, sum) * outer[row]
        }
        return score
    }
}

/// The logarithm of the sum of the exponentials.
func logOfSum(_ scores: ArraySlice<Float>) -> Float {
    let most = scores.max() ?? 0
    return most + log(scores.reduce(0) { $0 + exp($1 - most) })
}
