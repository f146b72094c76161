internal import FoundationEssentials

/// A value of JSON, whatever it is.
enum JSONField: Decodable {
    case text(String)
    /// A number, as it is written.
    case number(String)
    case flag(Bool)
    case list([JSONField])
    case object([String: JSONField])
    case null

    /// Reads a value; nil for what is not JSON.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let value = try? JSONDecoder().decode(JSONField.self, from: Data(bytes)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let object = try? value.decode([String: JSONField].self) {
            self = .object(object)
        } else if let list = try? value.decode([JSONField].self) {
            self = .list(list)
        } else if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(String(number))
        } else {
            self = .number(String(try value.decode(Double.self)))
        }
    }

    /// What it is, for a person.
    var kind: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .object: "an object"
        case .null: "null"
        }
    }
}

/// An object of JSON of which some part is not JSON, taken apart at the elements of one of its lists.
struct JSONParts {
    /// The object with that list empty, and closed where its end is missing.
    private(set) var frame: ArraySlice<UInt8> = []
    /// The elements of the list.
    private(set) var elements: [ArraySlice<UInt8>] = []
    /// Whether the end of the object is missing.
    private(set) var isCut = true

    /// Takes an object apart; nil where it has no such list.
    init?(_ bytes: ArraySlice<UInt8>, of name: String) {
        var stack: [UInt8] = []
        var (isText, isEscaped) = (false, false)
        var (lastText, textStart): (ArraySlice<UInt8>, Int) = ([], bytes.startIndex)
        // Where the list begins, and the element in it.
        var (list, element): (Int?, Int) = (nil, bytes.startIndex)
        var end: Int?
        let wanted = Array(name.utf8)
        for index in bytes.indices {
            let byte = bytes[index]
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                    lastText = bytes[(textStart + 1)..<index]
                }
                continue
            }
            let isInList = list != nil && end == nil && stack.count == 2
            switch byte {
            case UInt8(ascii: "\""): (isText, textStart) = (true, index)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                stack.append(byte)
                if list == nil, stack.count == 2, byte == UInt8(ascii: "["), lastText.elementsEqual(wanted) {
                    (list, element) = (index, index + 1)
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if isInList, byte == UInt8(ascii: "]") {
                    end = index
                    add(bytes[element..<index])
                }
                if !stack.isEmpty { stack.removeLast() }
                if stack.isEmpty { isCut = false }
            case UInt8(ascii: ",") where isInList:
                add(bytes[element..<index])
                element = index + 1
            default: break
            }
        }
        guard let list else { return nil }
        let rest = end.map { bytes[$0...] } ?? []
        let closing: [UInt8] = isCut ? (end == nil ? Array("]}".utf8) : Array("}".utf8)) : []
        if end == nil { add(bytes[element...]) }
        frame = (Array(bytes[...list]) + rest + closing)[...]
    }

    private mutating func add(_ element: ArraySlice<UInt8>) {
        if element.contains(where: { $0 > 0x20 }) { elements.append(element) }
    }
}
