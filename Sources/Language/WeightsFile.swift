import CModel

/// The file of weights as the training writes it: named tensors, found by name and checked against their shapes.
///
/// `Sources/Training/FORMAT.md` describes the layout.
struct WeightsFile {
    /// What a tensor's numbers are.
    enum Kind: UInt8 {
        case float32, float16, int8, bytes, int32
    }

    /// Where a tensor lies in the file.
    struct Entry {
        var kind: Kind
        var shape: [Int]
        var start: Int
        var scales: Int

        var count: Int { shape.reduce(1, *) }
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var entries: [String: Entry] = [:]

    /// The weights that the program carries.
    static func embedded() throws(ModelError) -> WeightsFile {
        try WeightsFile(UnsafeRawBufferPointer(start: model_bytes(), count: model_size()))
    }

    /// Reads the table of tensors.
    ///
    /// The bytes must outlive the file and everything read from it.
    /// - Throws: `ModelError` if it is not such a file or is cut short.
    init(_ bytes: UnsafeRawBufferPointer) throws(ModelError) {
        self.bytes = bytes
        guard bytes.count > 16, bytes.prefix(8).elementsEqual("ONRECORD".utf8) else {
            throw ModelError("these bytes are no weights file: it would begin with ONRECORD")
        }
        guard try number(8, UInt32.self) == 1 else {
            throw ModelError("the weights file is of another version than 1; export it anew")
        }
        var at = 16
        for _ in 0..<(try number(12, UInt32.self)) {
            let length = Int(try number(at, UInt16.self))
            guard at + 4 + length <= bytes.count, let kind = Kind(rawValue: bytes[at + 2 + length]) else {
                throw ModelError("the weights file is damaged at byte \(at)")
            }
            let name = String(decoding: bytes[(at + 2)..<(at + 2 + length)], as: UTF8.self)
            let rank = Int(bytes[at + 3 + length])
            at += 4 + length
            var shape: [Int] = []
            for axis in 0..<rank { shape.append(Int(try number(at + 4 * axis, UInt32.self))) }
            at += 4 * rank
            let start = Int(try number(at, UInt64.self))
            let scales = Int(try number(at + 8, UInt64.self))
            at += 16
            let entry = Entry(kind: kind, shape: shape, start: start, scales: scales)
            let size = [Kind.float32: 4, .int32: 4, .float16: 2][kind] ?? 1
            guard start + entry.count * size <= bytes.count, scales + (shape.first ?? 0) * 4 <= bytes.count else {
                throw ModelError("tensor \(name) reaches past the end of the weights file")
            }
            entries[name] = entry
        }
    }

    /// The numbers of a tensor of any kind as floats, with its scales applied.
    func floats(_ name: String) throws(ModelError) -> [Float] {
        let entry = try entry(name)
        var out: [Float] = []
        out.reserveCapacity(entry.count)
        for i in 0..<entry.count {
            switch entry.kind {
            case .float32: out.append(Float(bitPattern: load(entry.start + 4 * i)))
            case .float16: out.append(Self.float(half: load(entry.start + 2 * i)))
            case .int8, .bytes, .int32: throw ModelError("tensor \(name) holds no floating-point numbers")
            }
        }
        return out
    }

    /// An int8 matrix where it lies and the scale of each row.
    func int8(_ name: String) throws(ModelError) -> (numbers: UnsafeBufferPointer<Int8>, scales: [Float], shape: [Int])
    {
        let entry = try entry(name)
        guard entry.kind == .int8, entry.shape.count == 2 else {
            throw ModelError("tensor \(name) is no int8 matrix")
        }
        let numbers = UnsafeRawBufferPointer(rebasing: bytes[entry.start..<(entry.start + entry.count)])
        let scales = (0..<entry.shape[0]).map { Float(bitPattern: load(entry.scales + 4 * $0)) }
        return (numbers.bindMemory(to: Int8.self), scales, entry.shape)
    }

    /// The 32-bit numbers of a tensor.
    func integers(_ name: String) throws(ModelError) -> [Int] {
        let entry = try entry(name)
        guard entry.kind == .int32 else { throw ModelError("tensor \(name) holds no whole numbers") }
        return (0..<entry.count).map { Int(Int32(bitPattern: load(entry.start + 4 * $0))) }
    }

    /// The lines of a tensor of text.
    func lines(_ name: String) throws(ModelError) -> [String] {
        let entry = try entry(name)
        guard entry.kind == .bytes else { throw ModelError("tensor \(name) holds no text") }
        let text = bytes[entry.start..<(entry.start + entry.count)]
        return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private func entry(_ name: String) throws(ModelError) -> Entry {
        guard let entry = entries[name] else { throw ModelError("the weights file has no tensor \(name)") }
        return entry
    }

    /// A number of the header, checked against the end of the file.
    private func number<T: FixedWidthInteger>(_ at: Int, _: T.Type) throws(ModelError) -> T {
        guard at >= 0, at + MemoryLayout<T>.size <= bytes.count else {
            throw ModelError("the weights file ends at byte \(bytes.count), inside its table")
        }
        return load(at)
    }

    private func load<T: FixedWidthInteger>(_ at: Int) -> T {
        T(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: T.self))
    }

    /// The value of an IEEE half-precision number; `Float16` is absent on x86-64 before some systems.
    static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = Float(bitPattern: UInt32(bits & 0x7FFF) << 13) * Float(bitPattern: 0x7780_0000)
        return Float(bitPattern: magnitude.bitPattern | sign)
    }
}

/// Why the weights cannot be used.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what can be done.
    public let message: String

    /// Creates an error.
    public init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
