import CKernels

/// The transformer: pieces and their features in, one row of numbers for each piece out.
struct Encoder: Sendable {
    /// Numbers in a row.
    let width: Int
    /// The most pieces in a window, [CLS] and [SEP] among them.
    let positions: Int
    /// The most heads of a layer's attention.
    let heads: Int
    /// The most numbers between the two products of a layer's feed-forward part.
    let inner: Int

    let kernels: Kernels
    private let word: Embedding
    private let position: Buffer<Float>
    private let letterCase: Buffer<Float>
    private let space: Buffer<Float>
    private let quote: Buffer<Float>
    private let norm: Norm
    private let layers: [Layer]

    /// How many pieces it knows.
    var vocabulary: Int { word.count }

    /// The multiplications with weights for one row.
    var multiplications: Int { layers.reduce(0) { $0 + $1.multiplications } }

    init(_ file: WeightsFile, _ kernels: Kernels) throws(ModelError) {
        let sizes = try file.integers("sizes")
        guard sizes.count >= 5, sizes[0] > 0 else {
            throw ModelError("the weights file states sizes that this program does not compute with: \(sizes)")
        }
        (width, positions) = (sizes[1], sizes[4])
        self.kernels = kernels
        word = try Embedding(file, "encoder.word.weight")
        position = Buffer(try file.floats("encoder.position.weight"))
        letterCase = Buffer(try file.floats("encoder.case.weight"))
        space = Buffer(try file.floats("encoder.space.weight"))
        quote = Buffer(try file.floats("encoder.quote.weight"))
        norm = try Norm(file, "encoder.norm")
        var layers: [Layer] = []
        for i in 0..<sizes[0] { layers.append(try Layer(file, "encoder.layers.\(i)", width, kernels)) }
        self.layers = layers
        heads = layers.map(\.heads).max() ?? 0
        inner = layers.map(\.inner.outputs).max() ?? 0
    }

    /// Encodes a window into `work.encoded`, and quantised into `work.input`.
    func encode(_ ids: [Int32], _ features: [PieceFeatures], in work: Workspace) {
        let rows = ids.count
        embed(ids, features, work.encoded.base)
        apply(norm, adding: nil, 0..<rows, work)
        for layer in layers {
            // Every row is attended to by every other, so all are split before the first attends.
            blocks(of: rows) { split($0, of: rows, layer, work) }
            blocks(of: rows) { block in
                attend(block, of: rows, layer, work)
                feedForward(block, layer, work)
            }
        }
    }

    private func blocks(of rows: Int, _ body: (Range<Int>) -> Void) {
        for first in stride(from: 0, to: rows, by: Workspace.block) { body(first..<min(rows, first + Workspace.block)) }
    }

    private func split(_ block: Range<Int>, of rows: Int, _ layer: Layer, _ work: Workspace) {
        layer.qkv.apply(work.input, from: block.lowerBound, count: block.count, to: work.wide.base)
        kernels.functions.pointee.split(
            work.wide.base, Int32(block.lowerBound), Int32(block.count), Int32(rows), Int32(layer.heads), work.room.base
        )
    }

    private func attend(_ block: Range<Int>, of rows: Int, _ layer: Layer, _ work: Workspace) {
        let kernel = kernels.functions.pointee
        kernel.attend(
            Int32(block.lowerBound), Int32(block.count), Int32(rows), Int32(layer.heads), work.room.base,
            work.scores.base,
            work.narrow.base)
        kernel.quantise(
            work.narrow.base, Int32(block.count), Int32(layer.out.inputs), work.mixed.numbers.base,
            work.mixed.scales.base)
        layer.out.apply(work.mixed, count: block.count, to: work.narrow.base)
        apply(layer.norm1, adding: work.narrow, block, work)
    }

    private func feedForward(_ block: Range<Int>, _ layer: Layer, _ work: Workspace) {
        layer.inner.apply(work.input, from: block.lowerBound, count: block.count, to: work.wide.base)
        kernels.functions.pointee.gelu(
            work.wide.base, Int32(block.count), Int32(layer.outer.inputs), work.middle.numbers.base,
            work.middle.scales.base)
        layer.outer.apply(work.middle, count: block.count, to: work.narrow.base)
        apply(layer.norm2, adding: work.narrow, block, work)
    }

    /// Normalises some rows of `work.encoded`, to which those of `more` are added.
    private func apply(_ norm: Norm, adding more: Buffer<Float>?, _ rows: Range<Int>, _ work: Workspace) {
        let at = rows.lowerBound * width
        kernels.functions.pointee.add_norm(
            work.encoded.base + at, more?.base, Int32(rows.count), Int32(width), norm.gain.base, norm.bias.base,
            work.input.numbers.base + at, work.input.scales.base + rows.lowerBound)
    }

    private func embed(_ ids: [Int32], _ features: [PieceFeatures], _ out: UnsafeMutablePointer<Float>) {
        for (row, id) in ids.enumerated() {
            let seen = features[row]
            let (numbers, scale) = word[Int(id)]
            let (to, place) = (out + row * width, position.base + row * width)
            let c = letterCase.base + Int(seen.letterCase) * width
            let s = space.base + Int(seen.space) * width
            let q = quote.base + Int(seen.quote) * width
            for i in 0..<width { to[i] = Float(numbers[i]) * scale + (place[i] + c[i] + s[i] + q[i]) }
        }
    }
}

extension Encoder {
    /// One layer's weights.
    ///
    /// Layers may differ in their heads and in the width of their feed-forward part.
    private struct Layer: Sendable {
        let heads: Int
        let qkv: Linear
        let out: Linear
        let norm1: Norm
        let inner: Linear
        let outer: Linear
        let norm2: Norm

        /// The multiplications with weights for one row.
        var multiplications: Int { [qkv, out, inner, outer].reduce(0) { $0 + $1.inputs * $1.outputs } }

        init(_ file: WeightsFile, _ name: String, _ width: Int, _ kernels: Kernels) throws(ModelError) {
            qkv = try Linear(file, [name + ".qkv"], kernels)
            out = try Linear(file, [name + ".out"], kernels)
            norm1 = try Norm(file, name + ".norm1")
            inner = try Linear(file, [name + ".inner"], kernels)
            outer = try Linear(file, [name + ".outer"], kernels, zero: KERNEL_GELU_ZERO)
            norm2 = try Norm(file, name + ".norm2")
            heads = out.inputs / Int(KERNEL_HEAD)
            guard out.inputs == heads * Int(KERNEL_HEAD), qkv.outputs == 3 * out.inputs, inner.outputs == outer.inputs,
                [qkv.inputs, out.outputs, inner.inputs, outer.outputs].allSatisfy({ $0 == width })
            else { throw ModelError("the products of \(name) do not fit each other") }
        }
    }

    /// Layer normalisation of a sum.
    private struct Norm: Sendable {
        let gain: Buffer<Float>
        let bias: Buffer<Float>

        init(_ file: WeightsFile, _ name: String) throws(ModelError) {
            gain = Buffer(try file.floats(name + ".weight"))
            bias = Buffer(try file.floats(name + ".bias"))
        }
    }

    /// Word vectors as int8, read where they lie in the program.
    private struct Embedding: @unchecked Sendable {
        // Unchecked because of the pointer: it is to constant data of the program.
        private let numbers: UnsafePointer<Int8>
        private let scales: [Float]
        private let width: Int

        /// How many pieces have a vector.
        var count: Int { scales.count }

        init(_ file: WeightsFile, _ name: String) throws(ModelError) {
            let matrix = try file.int8(name)
            guard let base = matrix.numbers.baseAddress else { throw ModelError("the weights file has no \(name)") }
            (numbers, scales, width) = (base, matrix.scales, matrix.shape[1])
        }

        /// The numbers of the vector of a piece below `count`, and what each is to be multiplied by.
        subscript(_ id: Int) -> (UnsafePointer<Int8>, Float) { (numbers + id * width, scales[id]) }
    }
}
