internal import Wire

/// The first place where text is not JSON (RFC 8259), found without recursion.
///
/// The decoder says only that something is wrong; this says where.
struct JSONFault: Hashable {
    /// Offset of the byte.
    var offset: Int
    /// What is wrong there.
    var message: String

    /// Line and column, counted from 1, the column in bytes.
    func position(in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes.prefix(offset)
        let newline = UInt8(ascii: "\n")
        let line = before.count { $0 == newline } + 1
        let column = offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0) + 1
        return (line, column)
    }

    /// The first fault in the bytes, or nil if they are JSON.
    static func first(in bytes: [UInt8]) -> JSONFault? {
        do {
            _ = try halves(in: bytes)
            return repeated(in: bytes)
        } catch {
            return error
        }
    }

    /// Where halves of surrogate pairs stand alone, each an escape of six bytes that no text can hold.
    ///
    /// - Throws: The first fault.
    static func halves(in bytes: [UInt8]) throws(JSONFault) -> [Int] {
        var reader = Reader(bytes: bytes)
        try reader.document()
        return reader.halves
    }

    /// The first key that an object has twice.
    static func repeated(in bytes: [UInt8]) -> JSONFault? {
        RepeatedKey.first(in: bytes).map { key in
            let name = String(decoding: key.name.utf8.prefix(100), as: UTF8.self)
            return JSONFault(offset: key.offset, message: "the key \"\(name)\" stands a second time")
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0
        private(set) var halves: [Int] = []
        private var closers: [UInt8] = []

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

        mutating func document() throws(JSONFault) {
            repeat {
                try value()
                // Behind a value: close what ends here, then a comma leads to the next value.
                while let closer = closers.last {
                    skipSpace()
                    if next == closer {
                        offset += 1
                        closers.removeLast()
                    } else if next == UInt8(ascii: ",") {
                        offset += 1
                        if closer == UInt8(ascii: "}") { try key() }
                        break
                    } else {
                        throw fault("',' or '\(Character(Unicode.Scalar(closer)))' is missing")
                    }
                }
            } while !closers.isEmpty
            skipSpace()
            if next != nil { throw fault("something follows the end of the JSON") }
        }

        private mutating func value() throws(JSONFault) {
            while true {
                skipSpace()
                switch next {
                case UInt8(ascii: "{"):
                    offset += 1
                    closers.append(UInt8(ascii: "}"))
                    skipSpace()
                    if next == UInt8(ascii: "}") { return }
                    try key()
                case UInt8(ascii: "["):
                    offset += 1
                    closers.append(UInt8(ascii: "]"))
                    skipSpace()
                    if next == UInt8(ascii: "]") { return }
                case UInt8(ascii: "\""): return try string()
                case UInt8(ascii: "t"): return try word("true")
                case UInt8(ascii: "f"): return try word("false")
                case UInt8(ascii: "n"): return try word("null")
                case nil: throw fault("a value is missing")
                case UInt8(ascii: "-"): return try number()
                case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): return try number()
                default: throw fault("a value is missing")
                }
            }
        }

        private mutating func key() throws(JSONFault) {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a name in double quotes is missing") }
            try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault("':' is missing") }
            offset += 1
        }

        private mutating func string() throws(JSONFault) {
            let start = offset
            offset += 1
            while let byte = next {
                switch byte {
                case UInt8(ascii: "\""):
                    offset += 1
                    return
                case UInt8(ascii: "\\"): try escape()
                case ..<0x20: throw fault("a control character inside a string must be written as an escape")
                default: offset += 1
                }
            }
            offset = start
            throw fault("this string has no end")
        }

        private mutating func escape() throws(JSONFault) {
            guard offset + 1 < bytes.count else { throw fault("this escape has no end") }
            switch bytes[offset + 1] {
            case UInt8(ascii: "u"):
                let start = offset
                let unit = try hexadecimal()
                guard unit & 0xF800 == 0xD800 else { return }
                let behind = offset
                if unit < 0xDC00, bytes[offset...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]),
                    try hexadecimal() & 0xFC00 == 0xDC00
                {
                    return
                }
                // What follows is read for itself.
                offset = behind
                halves.append(start)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
                UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                offset += 2
            default: throw fault("there is no such escape")
            }
        }

        /// The number behind `\u`.
        private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
            let digits = bytes[min(offset + 2, bytes.count)...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw fault("\\u needs four hexadecimal digits") }
            offset += 6
            return unit
        }

        private mutating func word(_ word: String) throws(JSONFault) {
            guard bytes[offset...].starts(with: word.utf8) else { throw fault("a value is missing") }
            offset += word.utf8.count
        }

        private mutating func number() throws(JSONFault) {
            if next == UInt8(ascii: "-") { offset += 1 }
            if next == UInt8(ascii: "0") { offset += 1 } else { try digits() }
            if next == UInt8(ascii: ".") {
                offset += 1
                try digits()
            }
            if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
                offset += 1
                if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
                try digits()
            }
        }

        private mutating func digits() throws(JSONFault) {
            let start = offset
            while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
            if offset == start { throw fault("a digit is missing") }
        }

        private mutating func skipSpace() {
            while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
        }

        private func fault(_ message: String) -> JSONFault {
            JSONFault(offset: offset, message: next == nil ? "the JSON ends too early: \(message)" : message)
        }
    }
}

extension JSONFault: Error {}
