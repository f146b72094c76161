internal import FoundationEssentials

/// A key that an object of JSON has twice: readers differ in which of the two counts, so that one may check what another publishes.
public struct RepeatedKey: Sendable, Hashable {
    /// The key, without escapes.
    public var name: String
    /// Offset of the byte where it stands for the second time.
    public var offset: Int

    /// The first one in `bytes`, JSON or nearly so; nil where there is none.
    ///
    /// The keys of all open objects are held.
    public static func first(in bytes: [UInt8]) -> RepeatedKey? {
        var keys = OpenKeys()
        var offset = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "{"): keys.open(isObject: true)
            case UInt8(ascii: "["): keys.open(isObject: false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): keys.close()
            case UInt8(ascii: "\""):
                let (start, string) = (offset, JSONString(in: bytes, at: offset))
                offset = string.end
                guard keys.isInObject, string.isKey else { break }
                var name = bytes[(start + 1)..<string.end]
                if string.hasEscapes { name = plain(bytes[start...string.end]) ?? name }
                guard keys.insert(name) else {
                    return RepeatedKey(name: String(decoding: name, as: UTF8.self), offset: start)
                }
            default: break
            }
            offset += 1
        }
        return nil
    }

    /// What a string in its quotes says.
    private static func plain(_ quoted: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let list = try? JSONDecoder().decode(
            [String].self, from: Data([UInt8(ascii: "[")] + quoted + [UInt8(ascii: "]")]))
        return list.flatMap { $0.first.map { Array($0.utf8)[...] } }
    }
}

/// The keys of the objects that are open.
private struct OpenKeys {
    /// Beyond so many keys an object's are found by their hash.
    private static let few = 24

    private var names: [ArraySlice<UInt8>] = []
    /// Where the names of each open object begin; nil for an array.
    private var starts: [Int?] = []
    private var many: [Int: Set<ArraySlice<UInt8>>] = [:]

    var isInObject: Bool { starts.last.flatMap(\.self) != nil }

    mutating func open(isObject: Bool) { starts.append(isObject ? names.count : nil) }

    mutating func close() {
        guard let last = starts.popLast(), let start = last else { return }
        names.removeSubrange(start...)
        if !many.isEmpty { many[starts.count] = nil }
    }

    /// Takes down a key of the innermost object; false if it is there already.
    mutating func insert(_ name: ArraySlice<UInt8>) -> Bool {
        guard let start = starts.last.flatMap(\.self) else { return true }
        let level = starts.count - 1
        if many[level]?.insert(name).inserted == false { return false }
        guard many[level] == nil else { return true }
        if names[start...].contains(name) { return false }
        names.append(name)
        if names.count - start > Self.few { many[level] = Set(names[start...]) }
        return true
    }
}
