/// Scores of how likely each piece of a window points to each other one.
struct Pointer: Sendable {
    private let query: Linear
    private let key: Linear
    private let distance: [Float]

    init(_ file: WeightsFile, _ name: String, _ kernels: Kernels) throws(ModelError) {
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
            queries: Scores(query, input, rows: rows), keys: Scores(key, input, rows: rows), distance: distance)
    }
}

/// The pointers of one window; a score is computed when it is asked for.
struct Arrows: Sendable {
    fileprivate let queries: Scores
    fileprivate let keys: Scores
    fileprivate let distance: [Float]

    /// The score of piece `from` pointing to piece `to`.
    func score(_ from: Int, _ to: Int) -> Float {
        let reach = distance.count / 2
        let bias = distance[max(-reach, min(reach, to - from)) + reach]
        return queries.product(from, keys, to) / Float(queries.columns).squareRoot() + bias
    }
}
