/// A running digest over the ids of a stream up to one message: equal links mean the same messages, in the same order.
///
/// By one link a follower and a server find out whether they speak of the same history, even where the journal was set back
/// to an earlier state, or copied, and the numbers alone would not tell.
public struct Link: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    /// The link before the first message: 32 zeros.
    public static let start = Link(high: 0, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 lower-case hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let digits = text.utf8
        guard digits.count == 32, digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// Reads 16 bytes; nil for anything else.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        func number(_ half: ArraySlice<UInt8>) -> UInt64 { half.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: number(bytes[..<8]), low: number(bytes[8...]))
    }

    /// The link of the next message, whose id is `id`.
    public func next(_ id: String) -> Link {
        // An identifier always is 32 digits.
        Link(Digest.identifier(["nwp1", "link", text, id])) ?? .start
    }

    /// The link of the last message that a stream dropped, where its journal kept no links then.
    package static func base(epoch: String, n: Int64) -> Link {
        n == 0 ? .start : Link(Digest.identifier(["nwp1", "base", epoch, String(n)])) ?? .start
    }

    /// 32 lower-case hexadecimal digits.
    public var text: String { Digest.hexadecimal(bytes) }

    /// Its 16 bytes.
    package var bytes: [UInt8] { [high, low].flatMap { half in withUnsafeBytes(of: half.bigEndian) { Array($0) } } }

    /// The first 32 bits.
    package var brief: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }
}

extension Link: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let link = Link(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a link is 32 lower-case hexadecimal digits")
        }
        self = link
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
