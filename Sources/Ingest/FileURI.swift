internal import Glibc

/// Names of files as URIs (RFC 8089).
enum FileURI {
    /// `file:///…` of a path, absolute and the same however the folder was reached; percent-encoded.
    static func of(_ path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last.map(String.init) ?? ""
        // Only the folder is resolved: a link in it keeps its own name when it is pointed at another file.
        let folder = path.contains("/") ? parts.dropLast().joined(separator: "/") : "."
        let parent = resolved(folder.isEmpty ? "/" : folder)
        return "file://" + encoded(parent == "/" ? "/\(name)" : "\(parent)/\(name)")
    }

    private static func resolved(_ folder: String) -> String {
        guard let path = realpath(folder, nil) else { return folder }
        defer { free(path) }
        return String(cString: path)
    }

    private static func encoded(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
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
