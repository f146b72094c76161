/// Names of authors, as a line such as `By Ann Lee and Bo Ek, Staff Writers` has them.
enum Byline {
    private static let starts = [
        "by ", "by: ", "written by ", "story by ", "text by ", "from ", "posted by ", "reported by ",
        "report by ", "author: ",
        "authors: ", "von ", "von: ", "par ", "por ", "di ", "door ", "av ", "af ", "autor: ", "auteur: ", "text: ",
        "texte: ", "testo: ",
        "作者：", "作者:", "文／", "文/", "記者", "记者", "текст: ", "автор: ", "words by ", "tekst: ", "submitted by ",
        "published by ", "article by ", "an article by ", "review by ", "analysis by ", "opinion by ",
    ]
    private static let jobs: Set<String> = [
        "staff", "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor", "editors",
        "columnist",
        "contributor", "contributors", "journalist", "bureau", "desk", "special", "associated", "press", "reuters",
        "afp", "ap", "news",
        "service", "newsroom", "team", "agency", "agencies", "daily", "times", "herald", "post", "tribune", "gazette",
        "magazine", "media",
        "admin", "administrator", "guest", "author", "online", "producer", "critic", "blog", "blogger", "user",
        "webmaster", "redaktion",
        "redaction", "rédaction", "redacción", "office", "department", "council", "university", "company", "inc", "ltd",
        "gmbh", "network",
    ]

    /// The line without what it begins with, and whether it began so.
    static func stripped(_ line: String) -> (rest: String, isByline: Bool) {
        let lower = line.lowercased()
        for start in starts where lower.hasPrefix(start) { return (String(line.dropFirst(start.count)), true) }
        return (line, false)
    }

    /// The names in a line; empty where it has none.
    static func names(in line: String) -> [String] {
        var rest = stripped(Words.line(line)).rest
        for end in [
            " | ", " • ", " · ", " — ", " – ", " - ", " @", " on ", " at ", " (", "; published", " Published",
            " Updated", " Posted", " Photos by", " Photo by", " Photographs by", " for the ", " for The ", " (avec ",
        ] {
            if let found = rest.firstRange(of: end) { rest = String(rest[..<found.lowerBound]) }
        }
        var names: [String] = []
        let parts = rest.replacing(" and ", with: ",").replacing(" & ", with: ",").replacing(" und ", with: ",")
            .replacing(" et ", with: ",")
            .replacing(" y ", with: ",").replacing(" og ", with: ",").replacing(" och ", with: ",").replacing(
                " en ", with: ","
            )
            .replacing(";", with: ",").replacing("/", with: ",").replacing("\n", with: ",").split(separator: ",")
        for part in parts {
            let (stripped, _) = stripped(part.trimmed)
            let town = stripped.firstRange(of: " in ")?.lowerBound ?? stripped.endIndex
            let name = stripped[..<town].trimmed
            // Behind a name stand its bearer's job, degree or town.
            guard isName(name), names.isEmpty || !isSuffix(name) else { continue }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// Whether what stands behind a name and a comma is a degree or a town rather than another name.
    private static func isSuffix(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        return words.count == 1 || words.allSatisfy { $0.contains(".") }
    }

    static func isName(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard (1...5).contains(words.count), name.count >= 2, name.utf8.count >= 3, name.count <= 50,
            !name.contains("://"), !name.contains("@"),
            !name.contains(where: { $0.isNumber || ":!?|\"“”=<>{}_".contains($0) })
        else { return false }
        let lower = words.map { $0.lowercased().filter(\.isLetter) }
        if lower.contains(where: { jobs.contains($0) }) { return false }
        // Names are written with capitals, where the script has them.
        guard let first = words.first?.first, let last = words.last?.first else { return false }
        // d’Arc, of the end of a name
        let isLastLower = last.isLowercase && !(words.last.map { $0.contains { "’'".contains($0) } } ?? false)
        return !first.isLowercase && !isLastLower
    }
}

extension StringProtocol {
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
