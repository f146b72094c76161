import CKernels

/// The transformer: pieces and their features in, one row of numbers for each piece out.
struct Encoder: Sendable {
    /// Numbers in a row.
    let width: Int
    /// The most pieces in a window, [CLS] and [SEP] among them.
    let positions: Int
    let inner: Int

    private let heads: Int
    private let word: Embedding
    private let position: [Float]
    private let letterCase: [Float]
    private let space: [Float]
    private let quote: [Float]
    private let norm: Norm
    private let layers: [Layer]

    init(_ file: WeightsFile) throws(ModelError) {
        let sizes = try file.integers("sizes")
        guard sizes.count >= 5, sizes[1] == sizes[2] * 32 else {
            throw ModelError("the weights file states sizes that this program does not compute with: \(sizes)")
        }
        (width, heads, inner, positions) = (sizes[1], sizes[2], sizes[3], sizes[4])
        word = try Embedding(file, "encoder.word.weight")
        position = try file.floats("encoder.position.weight")
        letterCase = try file.floats("encoder.case.weight")
        space = try file.floats("encoder.space.weight")
        quote = try file.floats("encoder.quote.weight")
        norm = try Norm(file, "encoder.norm")
        var layers: [Layer] = []
        for i in 0..<sizes[0] { layers.append(try Layer(file, "encoder.layers.\(i)")) }
        self.layers = layers
    }

    /// Encodes a window into `work.encoded`, and quantised into `work.input`.
    func encode(_ ids: [Int32], _ features: [PieceFeatures], in work: inout Workspace) {
        let rows = ids.count
        embed(ids, features, &work.encoded)
        norm.apply(&work.encoded, adding: nil, rows, width, &work.input)
        for layer in layers {
            layer.qkv.apply(work.input, rows: rows, to: &work.wide)
            kernel_attention(work.wide, Int32(rows), Int32(width), Int32(heads), &work.room, &work.narrow)
            kernel_quantise(work.narrow, Int32(rows), Int32(width), &work.input.numbers, &work.input.scales)
            layer.out.apply(work.input, rows: rows, to: &work.narrow)
            layer.norm1.apply(&work.encoded, adding: work.narrow, rows, width, &work.input)
            layer.inner.apply(work.input, rows: rows, to: &work.wide)
            kernel_gelu(&work.wide, Int32(rows), Int32(inner), &work.middle.numbers, &work.middle.scales)
            layer.outer.apply(work.middle, rows: rows, to: &work.narrow)
            layer.norm2.apply(&work.encoded, adding: work.narrow, rows, width, &work.input)
        }
    }

    private func embed(_ ids: [Int32], _ features: [PieceFeatures], _ out: inout [Float]) {
        let width = self.width
        out.withUnsafeMutableBufferPointer { out in
            for (row, id) in ids.enumerated() {
                let (at, seen) = (row * width, features[row])
                let (c, s, q) = (Int(seen.letterCase) * width, Int(seen.space) * width, Int(seen.quote) * width)
                word.copy(Int(id), to: out, at: at)
                for i in 0..<width {
                    out[at + i] += position[at + i] + letterCase[c + i] + space[s + i] + quote[q + i]
                }
            }
        }
    }
}

extension Encoder {
    /// One layer's weights.
    private struct Layer: Sendable {
        let qkv: Linear
        let out: Linear
        let norm1: Norm
        let inner: Linear
        let outer: Linear
        let norm2: Norm

        init(_ file: WeightsFile, _ name: String) throws(ModelError) {
            qkv = try Linear(file, [name + ".qkv"])
            out = try Linear(file, [name + ".out"])
            norm1 = try Norm(file, name + ".norm1")
            inner = try Linear(file, [name + ".inner"])
            outer = try Linear(file, [name + ".outer"])
            norm2 = try Norm(file, name + ".norm2")
        }
    }

    /// Layer normalisation of a sum.
    private struct Norm: Sendable {
        let gain: [Float]
        let bias: [Float]

        init(_ file: WeightsFile, _ name: String) throws(ModelError) {
            gain = try file.floats(name + ".weight")
            bias = try file.floats(name + ".bias")
        }

        func apply(_ x: inout [Float], adding y: [Float]?, _ rows: Int, _ width: Int, _ out: inout Quantised) {
            if let y {
                kernel_add_norm(&x, y, Int32(rows), Int32(width), gain, bias, &out.numbers, &out.scales)
            } else {
                kernel_add_norm(&x, nil, Int32(rows), Int32(width), gain, bias, &out.numbers, &out.scales)
            }
        }
    }

    /// Word vectors as int8, read where they lie in the program.
    private struct Embedding: @unchecked Sendable {
        // Unchecked because of the pointer: it is to constant data of the program.
        private let numbers: UnsafeBufferPointer<Int8>
        private let scales: [Float]
        private let width: Int

        init(_ file: WeightsFile, _ name: String) throws(ModelError) {
            let matrix = try file.int8(name)
            (numbers, scales, width) = (matrix.numbers, matrix.scales, matrix.shape[1])
        }

        /// Writes the vector of a piece to `out` from `at` on.
        func copy(_ id: Int, to out: UnsafeMutableBufferPointer<Float>, at: Int) {
            let (from, scale) = (id * width, scales[id])
            for i in 0..<width { out[at + i] = Float(numbers[from + i]) * scale }
        }
    }
}
