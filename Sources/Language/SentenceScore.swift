import Glibc

/// What a sentence is likely to be: its pieces pooled by attention, then a small layer.
struct SentenceScore: Sendable {
    private let kernels: Kernels
    private let width: Int
    /// Its bias is left out: it is the same for every piece.
    private let weight: Buffer<Float>
    /// Row by row.
    private let inner: Buffer<Float>
    private let innerBias: [Float]
    private let outer: [Float]
    private let outerBias: Float

    init(_ file: WeightsFile, _ name: String, _ kernels: Kernels) throws(ModelError) {
        func numbers(_ name: String) throws(ModelError) -> [Float] {
            let matrix = try file.int8(name + ".weight")
            return matrix.numbers.enumerated().map { Float($1) * matrix.scales[$0 / matrix.shape[1]] }
        }
        self.kernels = kernels
        weight = Buffer(try numbers(name + "_weight"))
        width = weight.count
        inner = Buffer(try numbers(name + "_inner"))
        innerBias = try file.floats(name + "_inner.bias")
        outer = try numbers(name)
        outerBias = try file.floats(name + ".bias")[0]
        guard width % 16 == 0, inner.count == innerBias.count * width, outer.count == innerBias.count else {
            throw ModelError("the layers of \(name) do not fit together")
        }
    }

    /// The probability for a sentence, from 0 to 1.
    func probability(_ encoded: Buffer<Float>, _ pieces: Range<Int>) -> Float {
        1 / (1 + exp(-score(encoded, pieces)))
    }

    /// The score of a sentence: the logarithm of the odds.
    func score(_ encoded: Buffer<Float>, _ pieces: Range<Int>) -> Float {
        precondition(pieces.upperBound * width <= encoded.count, "a sentence outside of its window")
        var shares = [Float](repeating: 0, count: pieces.count)
        let rows = UnsafePointer(encoded.base + pieces.lowerBound * width)
        kernels.dots(weight.base, rows, stride: width, pieces.count, width, &shares)
        let total = logOfSum(shares[...])
        var pooled = [Float](repeating: 0, count: width)
        for (piece, score) in shares.enumerated() {
            let (share, row) = (exp(score - total), rows + piece * width)
            for i in 0..<width { pooled[i] += share * row[i] }
        }
        var hidden = [Float](repeating: 0, count: innerBias.count)
        kernels.dots(pooled, inner.base, stride: width, hidden.count, width, &hidden)
        var score = outerBias
        for i in hidden.indices { score += max(0, hidden[i] + innerBias[i]) * outer[i] }
        return score
    }
}

/// The logarithm of the sum of the exponentials.
func logOfSum(_ scores: ArraySlice<Float>) -> Float {
    let most = scores.max() ?? 0
    return most + log(scores.reduce(0) { $0 + exp($1 - most) })
}
