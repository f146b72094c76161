/// Numbers at an address that is a multiple of 64, which vectors are loaded from and stored to; zeros at first.
///
/// Unchecked because it is written to: by one thread at a time, as its owner says.
final class Buffer<Number: BitwiseCopyable & Sendable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Number>
    let count: Int

    init(_ count: Int) {
        let bytes = max(64, count * MemoryLayout<Number>.stride)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        base = memory.bindMemory(to: Number.self, capacity: count)
        self.count = count
    }

    convenience init(_ numbers: some Collection<Number>) {
        self.init(numbers.count)
        for (at, number) in numbers.enumerated() { base[at] = number }
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    subscript(_ at: Int) -> Number {
        precondition(at >= 0 && at < count, "a number outside of its buffer")
        return base[at]
    }
}
