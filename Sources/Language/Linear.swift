import CKernels

/// A linear layer with int8 weights, packed for the kernel.
struct Linear: Sendable {
    /// Numbers that come in for each row.
    let inputs: Int
    /// Numbers that come out for each row.
    let outputs: Int
    /// `outputs` rounded up: the distance between rows of the output buffer.
    var stride: Int { Self.rounded(outputs, to: Int(KERNEL_PANEL)) }

    private let packed: [Int16]
    private let scales: [Float]
    private let bias: [Float]

    /// One layer out of those named, their outputs side by side.
    init(_ file: WeightsFile, _ names: [String]) throws(ModelError) {
        var rows: [Int8] = []
        var scales: [Float] = []
        var bias: [Float] = []
        var inputs = 0
        for name in names {
            let matrix = try file.int8(name + ".weight")
            guard inputs == 0 || inputs == matrix.shape[1], matrix.shape[1] % 2 == 0 else {
                throw ModelError("\(name) has \(matrix.shape[1]) inputs where \(inputs) are wanted")
            }
            inputs = matrix.shape[1]
            rows.append(contentsOf: matrix.numbers)
            scales += matrix.scales
            bias += try file.floats(name + ".bias")
        }
        guard bias.count == scales.count else { throw ModelError("\(names) have other biases than outputs") }
        outputs = scales.count
        self.inputs = inputs
        let padded = Self.rounded(outputs, to: Int(KERNEL_PANEL))
        packed = [Int16](unsafeUninitializedCapacity: padded * inputs) { [outputs] buffer, count in
            if let base = buffer.baseAddress {
                kernel_pack(rows, Int32(outputs), Int32(inputs), base)
                count = padded * inputs
            }
        }
        self.scales = scales + [Float](repeating: 0, count: padded - outputs)
        self.bias = bias + [Float](repeating: 0, count: padded - outputs)
    }

    /// Fills the first `rows` rows of `out`, `stride` apart.
    func apply(_ input: borrowing Quantised, rows: Int, to out: inout [Float]) {
        kernel_linear(
            input.numbers, input.scales, Int32(rows), Int32(inputs), packed, scales, bias, Int32(outputs), &out)
    }

    static func rounded(_ count: Int, to multiple: Int) -> Int { (count + multiple - 1) / multiple * multiple }
}

/// Rows of activations as 14-bit numbers with a scale for each row.
struct Quantised: Sendable {
    var numbers: [Int16]
    var scales: [Float]

    /// Room for `rows` rows of `width` numbers.
    init(rows: Int, width: Int) {
        let padded = Linear.rounded(rows, to: Int(KERNEL_ROWS))
        numbers = [Int16](repeating: 0, count: padded * width)
        scales = [Float](repeating: 0, count: padded)
    }
}
