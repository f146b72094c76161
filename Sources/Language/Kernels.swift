import CKernels

/// The arithmetic of the encoder for one kind of processor; every kind computes the same numbers.
///
/// Unchecked because of the pointer: it is to constant data of the program.
struct Kernels: @unchecked Sendable {
    /// The functions; `kernels.h` says what they do.
    let functions: UnsafePointer<kernel_set>

    /// What the processor must have for it.
    var name: String { String(cString: functions.pointee.name) }

    /// Those that this processor can run, the fastest first; the last is portable.
    static let available: [Kernels] = {
        var all: [Kernels] = []
        while let next = kernel_sets(Int32(all.count)) { all.append(Kernels(functions: next)) }
        return all
    }()

    /// The one that is used.
    static let fastest = available[0]

    /// The products of `x` and each of `count` rows of `width` numbers, a multiple of 16.
    func dots(
        _ x: UnsafePointer<Float>, _ rows: UnsafePointer<Float>, stride: Int, _ count: Int, _ width: Int,
        _ out: UnsafeMutablePointer<Float>
    ) {
        functions.pointee.dots(x, rows, Int32(stride), Int32(count), Int32(width), out)
    }
}
