import CKernels
import Glibc

/// The heads over the encoder's rows: labels, pointers, relations and sentence scores.
struct Heads: Sendable {
    let tags: Classifier
    let names: Classifier
    let parts: Classifier
    let mentions: Classifier
    let cue: Pointer
    let head: Pointer
    let antecedent: Pointer
    let relations: Relations
    let acts: Classifier
    let sources: Classifier
    let worthiness: SentenceScore
    let furniture: SentenceScore

    init(_ file: WeightsFile, _ kernels: Kernels) throws(ModelError) {
        tags = try Classifier(file, "tags", labels: "labels.tags", kernels)
        names = try Classifier(file, "names", labels: "labels.name_tags", kernels)
        parts = try Classifier(file, "part", labels: "labels.parts", kernels)
        mentions = try Classifier(file, "mention", labels: "labels.mentions", kernels)
        cue = try Pointer(file, "cue", kernels)
        head = try Pointer(file, "head", kernels)
        antecedent = try Pointer(file, "antecedent", kernels)
        relations = try Relations(file, kernels)
        acts = try Classifier(file, "act", labels: Reading.Act.allCases.map(\.rawValue), kernels)
        sources = try Classifier(file, "speaker", labels: Reading.SourceKind.allCases.map { "\($0)" }, kernels)
        worthiness = try SentenceScore(file, "worthy", kernels)
        furniture = try SentenceScore(file, "furniture", kernels)
    }
}

/// A score for each label of each piece.
struct Classifier: Sendable {
    let labels: [String]
    private let linear: Linear

    init(_ file: WeightsFile, _ name: String, labels: String, _ kernels: Kernels) throws(ModelError) {
        try self.init(file, name, labels: try file.lines(labels), kernels)
    }

    init(_ file: WeightsFile, _ name: String, labels: [String], _ kernels: Kernels) throws(ModelError) {
        self.labels = labels
        linear = try Linear(file, [name], kernels)
        guard linear.outputs == self.labels.count else {
            throw ModelError("\(name) has \(linear.outputs) outputs for \(self.labels.count) labels")
        }
    }

    /// The scores of the first `rows` rows, label by label.
    func scores(_ input: borrowing Quantised, rows: Int) -> Scores {
        Scores(linear, input, rows: rows)
    }
}

/// Rows of what a linear layer puts out.
struct Scores: Sendable {
    let columns: Int
    let stride: Int
    private let numbers: Buffer<Float>

    init(_ linear: Linear, _ input: borrowing Quantised, rows: Int) {
        (columns, stride) = (linear.outputs, linear.stride)
        numbers = Buffer(rows * linear.stride)
        linear.apply(input, count: rows, to: numbers.base)
    }

    subscript(row: Int, column: Int) -> Float { numbers[row * stride + column] }

    /// The numbers of a row and those of the rows behind it.
    func row(_ row: Int) -> UnsafePointer<Float> {
        precondition(row >= 0 && (row + 1) * stride <= numbers.count, "a row outside of its window")
        return UnsafePointer(numbers.base + row * stride)
    }

    /// The column with the highest score.
    func best(_ row: Int) -> Int {
        (0..<columns).max { self[row, $0] < self[row, $1] } ?? 0
    }

    /// What is to be subtracted from the scores of a row to make them logarithms of probabilities.
    func logOfSum(_ row: Int) -> Float {
        let scores = UnsafeBufferPointer(start: self.row(row), count: columns)
        var most = -Float.infinity
        for score in scores { most = max(most, score) }
        var sum: Float = 0
        for score in scores { sum += exp(score - most) }
        return most + log(sum)
    }
}
