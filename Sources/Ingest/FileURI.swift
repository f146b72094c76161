internal import Service

/// Names of files as URIs (RFC 8089).
package enum FileURI {
    /// `file:///…` of a path, absolute and the same however the folder was reached; percent-encoded.
    package static func of(_ path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { String(decoding: path.utf8[$0...].dropFirst(), as: UTF8.self) } ?? path
        // Only the folder is resolved: a link in it keeps its own name when it is pointed at another file.
        let folder = slash.map { String(decoding: path.utf8[..<$0], as: UTF8.self) } ?? "."
        let parent = RealPath.of(folder.isEmpty ? "/" : folder) ?? folder
        return "file://" + encoded(parent == "/" ? "/\(name)" : "\(parent)/\(name)")
    }

    private static func encoded(_ path: String) -> String {
        var text = ""
        for byte in OSString.bytes(of: path) {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~!$&'()*+,;=:@/".contains(character) {
                text.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
