/// A number of JSON beyond the 64 bits of a whole one.
struct WideNumber: Sendable, Hashable {
    /// Where it is, such as `.streams.res.hi`.
    var place: String
    /// The number as it is written, cut where it is long.
    var text: String

    /// The first one in `bytes`, which are JSON; nil where there is none.
    static func first(in bytes: [UInt8]) -> WideNumber? {
        /// The key or index that is read in each value that is open.
        var path: [Step] = []
        var offset = 0
        while offset < bytes.count {
            let start = offset
            switch bytes[offset] {
            case UInt8(ascii: "{"): path.append(.key(""))
            case UInt8(ascii: "["): path.append(.index(0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = path.popLast()
            case UInt8(ascii: ","):
                if case .index(let index)? = path.last { path[path.count - 1] = .index(index + 1) }
            case UInt8(ascii: "\""):
                let string = JSONString(in: bytes, at: start)
                offset = string.end
                guard string.isKey, !path.isEmpty else { break }
                path[path.count - 1] = .key(String(decoding: bytes[(start + 1)..<string.end], as: UTF8.self))
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                while offset + 1 < bytes.count, "+-.eE0123456789".utf8.contains(bytes[offset + 1]) { offset += 1 }
                let text = String(decoding: bytes[start...offset], as: UTF8.self)
                guard let value = Double(text), abs(value) >= 0x1p63, Int64(text) == nil else { break }
                return WideNumber(place: path.map(\.description).joined(), text: text.clipped(to: Limits.taskBytes))
            default: break
            }
            offset += 1
        }
        return nil
    }

    private enum Step: CustomStringConvertible {
        case key(String)
        case index(Int)

        var description: String {
            switch self {
            case .key(let key): ".\(key.clipped(to: Limits.topicBytes))"
            case .index(let index): "[\(index)]"
            }
        }
    }
}
