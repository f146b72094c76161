/// A line above the headline of a press release that says what it is: "MEDIA RELEASE – FOR IMMEDIATE RELEASE".
enum ReleaseLine {
    /// The first line of a text that is not empty and no such line.
    static func headline(of text: some StringProtocol) -> Substring {
        var rest = Substring(text).drop(while: \.isWhitespace)
        while true {
            let line = rest.prefix { $0 != "\n" }
            let next = rest[line.endIndex...].drop(while: \.isWhitespace)
            guard matches(line), !next.isEmpty else { return line }
            rest = next
        }
    }

    private static func matches(_ line: Substring) -> Bool {
        guard line.utf8.count <= longest else { return false }
        var words = line.lowercased().split { !$0.isLetter }.joined(separator: " ")
        guard !words.isEmpty else { return false }
        for phrase in phrases { words = words.replacing(phrase, with: "") }
        return words.allSatisfy { $0 == " " }
    }

    /// The longest such line, in bytes.
    private static let longest = 100
    private static let phrases = [
        "for immediate release", "for immediate publication", "for release", "press release", "media release",
        "news release", "press statement", "media statement",
    ]
}
