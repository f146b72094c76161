import CKernels

/// The buffers of one worker: made once, so that nothing is allocated while a text is read.
public struct Workspace: Sendable {
    /// The current row of every piece.
    var encoded: [Float]
    /// The same, quantised: what layers and heads take.
    var input: Quantised
    var wide: [Float]
    var narrow: [Float]
    var middle: Quantised
    var room: [Float]

    init(_ encoder: Encoder) {
        let rows = Linear.rounded(encoder.positions, to: Int(KERNEL_ROWS))
        let widest = max(encoder.inner, 3 * encoder.width)
        encoded = [Float](repeating: 0, count: rows * encoder.width)
        input = Quantised(rows: rows, width: encoder.width)
        wide = [Float](repeating: 0, count: rows * widest)
        narrow = [Float](repeating: 0, count: rows * encoder.width)
        middle = Quantised(rows: rows, width: encoder.inner)
        room = [Float](repeating: 0, count: Int(kernel_attention_room(Int32(rows))))
    }
}
