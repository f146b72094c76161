/// Makes UTF-8 of a stream that says by its first bytes, a byte order mark, that it is UTF-16 or UTF-32.
///
/// Anything else passes as it is. What is no character, such as half of a surrogate pair, becomes U+FFFD.
public struct UnicodeDecoder: Sendable {
    private enum Form {
        case undecided, unchanged
        case wide(bytes: Int, isBigEndian: Bool)
    }

    private var form = Form.undecided
    /// Bytes that do not make a unit yet.
    private var pending: [UInt8] = []
    /// The first half of a surrogate pair.
    private var half: UInt32?

    /// A decoder at the beginning of a stream.
    public init() {}

    /// The UTF-8 of the next bytes; with `isLast`, of all that is left.
    public mutating func decode(_ bytes: some Collection<UInt8>, isLast: Bool = false) -> [UInt8] {
        if case .unchanged = form { return Array(bytes) }
        pending += bytes
        if case .undecided = form {
            guard let decided = Self.form(of: pending, isLast: isLast) else { return [] }
            form = decided
            if case .wide(let size, _) = form { pending.removeFirst(size) }
        }
        guard case .wide(let size, let isBigEndian) = form else {
            defer { pending = [] }
            return pending
        }
        return decode(size, isBigEndian, isLast)
    }

    /// UTF-8 of bytes that are known to be UTF-16, without a mark.
    public static func utf16(_ bytes: some Collection<UInt8>, isBigEndian: Bool) -> [UInt8] {
        var decoder = UnicodeDecoder()
        decoder.form = .wide(bytes: 2, isBigEndian: isBigEndian)
        return decoder.decode(bytes, isLast: true)
    }

    /// What the first bytes say, or nil where more are needed to know.
    private static func form(of bytes: [UInt8], isLast: Bool) -> Form? {
        let marks: [(mark: [UInt8], form: Form)] = [
            ([0xFF, 0xFE, 0, 0], .wide(bytes: 4, isBigEndian: false)),
            ([0, 0, 0xFE, 0xFF], .wide(bytes: 4, isBigEndian: true)),
            ([0xFF, 0xFE], .wide(bytes: 2, isBigEndian: false)), ([0xFE, 0xFF], .wide(bytes: 2, isBigEndian: true)),
        ]
        for (mark, form) in marks {
            if bytes.starts(with: mark) { return form }
            if !isLast, mark.starts(with: bytes) { return nil }
        }
        return .unchanged
    }

    private mutating func decode(_ size: Int, _ isBigEndian: Bool, _ isLast: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(pending.count)
        let whole = pending.count / size * size
        for start in stride(from: 0, to: whole, by: size) {
            var unit: UInt32 = 0
            for index in 0..<size {
                unit = unit << 8 | UInt32(pending[start + (isBigEndian ? index : size - 1 - index)])
            }
            take(unit, isUTF16: size == 2, into: &text)
        }
        pending.removeFirst(whole)
        if isLast, half != nil || !pending.isEmpty {
            Self.append(nil, to: &text)
            (half, pending) = (nil, [])
        }
        return text
    }

    private mutating func take(_ unit: UInt32, isUTF16: Bool, into text: inout [UInt8]) {
        if let first = half {
            half = nil
            if unit & 0xFC00 == 0xDC00 {
                Self.append(Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + unit & 0x3FF), to: &text)
                return
            }
            Self.append(nil, to: &text)
        }
        if isUTF16, unit & 0xFC00 == 0xD800 {
            half = unit
        } else {
            Self.append(Unicode.Scalar(unit), to: &text)
        }
    }

    private static func append(_ scalar: Unicode.Scalar?, to text: inout [UInt8]) {
        text.append(contentsOf: UTF8.encode(scalar ?? "\u{FFFD}").map(Array.init) ?? [])
    }
}
