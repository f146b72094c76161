import CKernels

extension Tagger {
    /// What the processor must have for the arithmetic that was chosen, such as `AVX-512 VNNI`.
    public var arithmetic: String { encoder.kernels.name }

    /// The multiplications with weights that reading a text takes, in its encoder.
    public func multiplications(for text: [Unicode.Scalar]) -> Int {
        let features = PieceFeatures.of(wordPiece.pieces(of: text), in: text)
        let windows = Window.windows(features, size: encoder.positions - 2)
        return windows.reduce(0) { $0 + $1.pieces.count + 2 } * encoder.multiplications
    }

    /// The multiplications a second that this processor can do at most on one core, measured for about a tenth of a
    /// second; 0 where its arithmetic has no instruction for them.
    public func peak() -> Double {
        let clock = ContinuousClock()
        var sums = [Int32](repeating: 0, count: 16)
        var best = 0.0
        for _ in 0..<20 {
            var products = 0
            let time = clock.measure { products = encoder.kernels.functions.pointee.spin(500_000, &sums) }
            best = max(best, Double(products) / (time / .seconds(1)))
        }
        return best
    }
}
