/// The grammatical relation of a piece to its head.
struct Relations: Sendable {
    let labels: [String]
    /// The label of a piece that goes on with the word before it, and that of a root.
    let (continuation, root): (Int, Int)
    private let kernels: Kernels
    private let child: Linear
    private let parent: Linear
    /// Row by row.
    private let relation: Buffer<Float>
    private let bias: [Float]

    init(_ file: WeightsFile, _ kernels: Kernels) throws(ModelError) {
        self.kernels = kernels
        labels = try file.lines("labels.relations")
        guard let continuation = labels.firstIndex(of: "continue"), let root = labels.firstIndex(of: "root") else {
            throw ModelError("the relation head lacks a label for continued words or for roots")
        }
        (self.continuation, self.root) = (continuation, root)
        child = try Linear(file, ["child"], kernels)
        parent = try Linear(file, ["parent"], kernels)
        let matrix = try file.int8("relation.weight")
        bias = try file.floats("relation.bias")
        guard matrix.shape == [labels.count, child.outputs], bias.count == labels.count, child.outputs % 16 == 0,
            parent.outputs == child.outputs
        else {
            throw ModelError("the relation head has another shape than its labels and layers")
        }
        let width = child.outputs
        relation = Buffer(matrix.numbers.enumerated().map { Float($1) * matrix.scales[$0 / width] })
    }

    /// What `scores` needs of a window's first `rows` rows.
    func sides(_ input: borrowing Quantised, rows: Int) -> (child: Scores, parent: Scores) {
        (Scores(child, input, rows: rows), Scores(parent, input, rows: rows))
    }

    /// A score for each relation between a piece and its head.
    func scores(_ sides: (child: Scores, parent: Scores), piece: Int, head: Int) -> [Float] {
        let width = sides.child.columns
        let (from, to) = (sides.child.row(piece), sides.parent.row(head))
        let joined = [Float](unsafeUninitializedCapacity: width) { joined, count in
            for i in 0..<width { joined[i] = max(0, from[i] + to[i]) }
            count = width
        }
        var scores = [Float](repeating: 0, count: labels.count)
        kernels.dots(joined, relation.base, stride: width, labels.count, width, &scores)
        for label in scores.indices { scores[label] += bias[label] }
        return scores
    }
}
