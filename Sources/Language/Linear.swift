import CKernels

/// A linear layer with int8 weights, packed for the kernels.
struct Linear: Sendable {
    /// Numbers that come in for each row.
    let inputs: Int
    /// Numbers that come out for each row.
    let outputs: Int
    /// `outputs` rounded up: the distance between rows of the output buffer.
    let stride: Int

    private let kernels: Kernels
    private let zero: Int32
    private let packed: Buffer<Int8>
    private let sums: Buffer<Int32>
    private let scales: Buffer<Float>
    private let bias: Buffer<Float>

    /// One layer out of those named, their outputs side by side; `zero` is the byte that stands for 0 in what comes in.
    init(
        _ file: WeightsFile, _ names: [String], _ kernels: Kernels, zero: Int32 = KERNEL_ZERO
    ) throws(ModelError) {
        var rows: [Int8] = []
        var scales: [Float] = []
        var bias: [Float] = []
        var inputs = 0
        for name in names {
            let matrix = try file.int8(name + ".weight")
            inputs = inputs == 0 ? matrix.shape[1] : inputs
            guard matrix.shape[1] == inputs, inputs % 16 == 0, inputs <= KERNEL_MOST_INPUTS else {
                throw ModelError("\(name) has \(matrix.shape[1]) inputs where \(inputs) are wanted")
            }
            rows.append(contentsOf: matrix.numbers)
            scales += matrix.scales
            bias += try file.floats(name + ".bias")
        }
        guard bias.count == scales.count else { throw ModelError("\(names) have other biases than outputs") }
        (outputs, stride) = (scales.count, Self.rounded(scales.count, to: Int(KERNEL_LANES)))
        (self.inputs, self.kernels, self.zero) = (inputs, kernels, zero)
        packed = Buffer(stride * inputs)
        sums = Buffer(stride)
        kernel_pack(rows, Int32(outputs), Int32(stride), Int32(inputs), packed.base, sums.base)
        let padding = [Float](repeating: 0, count: stride - outputs)
        self.scales = Buffer(scales + padding)
        self.bias = Buffer(bias + padding)
    }

    /// Fills `count` rows of `out`, `stride` apart, from the rows of `input` from `first` on.
    func apply(_ input: borrowing Quantised, from first: Int = 0, count: Int, to out: UnsafeMutablePointer<Float>) {
        var matrix = kernel_matrix(
            inputs: Int32(inputs), outputs: Int32(stride), zero: zero, weights: packed.base, sums: sums.base,
            scales: scales.base, bias: bias.base)
        kernels.functions.pointee.linear(
            &matrix, input.numbers.base + first * inputs, input.scales.base + first, Int32(count), out, Int32(stride))
    }

    static func rounded(_ count: Int, to multiple: Int) -> Int { (count + multiple - 1) / multiple * multiple }
}

/// Rows of activations as bytes with a scale for each row.
struct Quantised: Sendable {
    let numbers: Buffer<UInt8>
    let scales: Buffer<Float>

    /// Room for `rows` rows of `width` numbers.
    init(rows: Int, width: Int) {
        numbers = Buffer(rows * width)
        scales = Buffer(rows)
    }
}
