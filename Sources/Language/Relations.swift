/// The grammatical relation of a piece to its head.
struct Relations: Sendable {
    let labels: [String]
    private let child: Linear
    private let parent: Linear
    private let relation: [Float]
    private let bias: [Float]

    init(_ file: WeightsFile, _ kernels: Kernels) throws(ModelError) {
        labels = try file.lines("labels.relations")
        child = try Linear(file, ["child"], kernels)
        parent = try Linear(file, ["parent"], kernels)
        let matrix = try file.int8("relation.weight")
        bias = try file.floats("relation.bias")
        guard matrix.shape == [labels.count, child.outputs], bias.count == labels.count else {
            throw ModelError("the relation head has another shape than its labels and layers")
        }
        let width = child.outputs
        relation = matrix.numbers.enumerated().map { Float($1) * matrix.scales[$0 / width] }
    }

    /// What `scores` needs of a window's first `rows` rows.
    func sides(_ input: borrowing Quantised, rows: Int) -> (child: Scores, parent: Scores) {
        (Scores(child, input, rows: rows), Scores(parent, input, rows: rows))
    }

    /// A score for each relation between a piece and its head.
    func scores(_ sides: (child: Scores, parent: Scores), piece: Int, head: Int) -> [Float] {
        let width = sides.child.columns
        let joined = (0..<width).map { max(0, sides.child[piece, $0] + sides.parent[head, $0]) }
        return bias.indices.map { label in
            var sum = bias[label]
            for i in 0..<width { sum += joined[i] * relation[label * width + i] }
            return sum
        }
    }
}
