/// Scores of how likely each piece of a window points to each other one.
struct Pointer: Sendable {
    private let kernels: Kernels
    private let query: Linear
    private let key: Linear
    private let distance: [Float]

    init(_ file: WeightsFile, _ name: String, _ kernels: Kernels) throws(ModelError) {
        self.kernels = kernels
        query = try Linear(file, [name + ".query"], kernels)
        key = try Linear(file, [name + ".key"], kernels)
        distance = try file.floats(name + ".distance")
        guard query.outputs == key.outputs, distance.count % 2 == 1 else {
            throw ModelError("the pointer \(name) has a query and a key of different width")
        }
    }

    /// The pointers of a window's first `rows` rows.
    func arrows(_ input: borrowing Quantised, rows: Int) -> Arrows {
        Arrows(
            kernels: kernels, queries: Scores(query, input, rows: rows), keys: Scores(key, input, rows: rows),
            distance: distance)
    }
}

/// The pointers of one window; a score is computed when it is asked for.
struct Arrows: Sendable {
    fileprivate let kernels: Kernels
    fileprivate let queries: Scores
    fileprivate let keys: Scores
    fileprivate let distance: [Float]

    /// The score of row `from` pointing to row `to`.
    func score(_ from: Int, _ to: Int) -> Float {
        var score: Float = 0
        scores(from, to..<(to + 1), &score)
        return score
    }

    /// The scores of row `from` pointing to each of `rows`.
    func scores(_ from: Int, _ rows: Range<Int>) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            scores(from, rows, base)
            count = rows.count
        }
    }

    private func scores(_ from: Int, _ rows: Range<Int>, _ out: UnsafeMutablePointer<Float>) {
        kernels.dots(queries.row(from), keys.row(rows.lowerBound), stride: keys.stride, rows.count, queries.stride, out)
        let (reach, root) = (distance.count / 2, Float(queries.columns).squareRoot())
        for (at, to) in rows.enumerated() {
            out[at] = out[at] / root + distance[max(-reach, min(reach, to - from)) + reach]
        }
    }
}
