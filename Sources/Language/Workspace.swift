import CKernels

/// The buffers of one thread: made once, so that nothing is allocated while a text is encoded.
///
/// Unchecked because it is written to: threads may hand it on, and only one at a time uses it.
public final class Workspace: @unchecked Sendable {
    /// Rows that go through the layers of feed-forward at once: what they take stays in the second-level cache.
    static let block = 48

    /// The current row of every piece.
    let encoded: Buffer<Float>
    /// The same, quantised: what layers and heads take.
    let input: Quantised
    /// Queries, keys and values of the window, as the kernels keep them.
    let room: Buffer<UInt8>

    // For one block of rows:
    let scores: Buffer<Float>
    let wide: Buffer<Float>
    let narrow: Buffer<Float>
    let mixed: Quantised
    let middle: Quantised

    init(_ encoder: Encoder) {
        let rows = Linear.rounded(encoder.positions, to: Int(KERNEL_LANES))
        let attended = encoder.heads * Int(KERNEL_HEAD)
        encoded = Buffer(rows * encoder.width)
        input = Quantised(rows: rows, width: encoder.width)
        room = Buffer(kernel_room(Int32(rows), Int32(encoder.heads)))
        scores = Buffer(Self.block * rows)
        wide = Buffer(Self.block * max(encoder.inner, 3 * attended))
        narrow = Buffer(Self.block * max(encoder.width, attended))
        mixed = Quantised(rows: Self.block, width: attended)
        middle = Quantised(rows: Self.block, width: encoder.inner)
    }
}
