internal import TextInput

/// Who publishes the page: what its title and its top have beside the headline.
extension Metadata {
    /// A title without the name of its site.
    static func bare(_ title: String, _ publisher: String?) -> String {
        for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " • ", " · "] {
            guard let found = title.ranges(of: separator).last else { continue }
            let (head, tail) = (title[..<found.lowerBound], title[found.upperBound...])
            let tailWords = Words.of(String(tail)).count
            if let publisher, Words.of(String(tail)) == Words.of(publisher) || tailWords <= 4 { return head.trimmed }
            if let publisher, Words.of(String(head)) == Words.of(publisher) { return tail.trimmed }
            if publisher == nil, tailWords <= 4, Words.of(String(head)).count >= 3 { return head.trimmed }
        }
        return title
    }

    static func suffix(of title: String) -> String? {
        for separator in [" | ", " – ", " — ", " - ", " :: ", " « ", " » "] {
            guard let found = title.ranges(of: separator).last else { continue }
            let tail = title[found.upperBound...].trimmed
            if (1...5).contains(Words.of(tail).count) { return tail }
        }
        return nil
    }

    /// The name of the site at the top of the page: what leads to its start, or what the title has beside the headline.
    static func masthead(
        _ tree: HTMLTree, title: String?, besides headline: String?, address: String?
    ) -> String? {
        let headline = Words.of(headline ?? "")
        var count = 0
        for index in tree.nodes.indices where tree.nodes[index].tag == "a" {
            count += 1
            guard count <= 60 else { break }
            let attributes = tree.nodes[index].attributes
            let isHome = attributes["rel"] == "home" || attributes["href"].map { isRoot($0, of: address) } == true
            guard isHome else { continue }
            let line = Words.line(tree.text(of: index, besides: ["script", "style", "svg"]))
            if isName(line) { return line }
            let image = (index..<tree.nodes[index].end).first { tree.nodes[$0].tag == "img" }
            if let alt = image.flatMap({ tree.nodes[$0].attributes["alt"] }).map(Words.line), isName(alt) { return alt }
        }
        let parts = title.map(segments) ?? []
        count = 0
        for index in tree.nodes.indices where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 100 {
            let line = Words.line(tree.nodes[index].text)
            guard !line.isEmpty, parent(of: index, in: tree) != "title" else { continue }
            count += 1
            guard count <= 40 else { break }
            let words = Words.of(line)
            if isName(line), words != headline,
                parts.contains(where: { part in Words.of(part) == words || ["the"] + Words.of(part) == words })
            {
                return line
            }
        }
        return nil
    }

    static func parent(of index: Int, in tree: HTMLTree) -> String {
        tree.nodes[index].parent >= 0 ? tree.nodes[tree.nodes[index].parent].tag : ""
    }

    private static func isName(_ line: String) -> Bool {
        (1...6).contains(Words.of(line).count)
            && ![
                "home", "homepage", "back", "start", "startseite", "accueil", "inicio", "logo", "skip to content",
                "menu",
            ].contains(line.lowercased())
    }

    /// Whether an address is the start of a site.
    private static func isRoot(_ reference: String, of address: String?) -> Bool {
        if reference == "/" || reference == "./" { return true }
        guard let slashes = reference.firstRange(of: "//") else { return false }
        let rest = reference[slashes.upperBound...]
        let path = rest.drop { $0 != "/" }
        guard path.isEmpty || path == "/" else { return false }
        let host = rest.prefix { $0 != "/" }
        return address.map { $0.contains(host) } ?? true
    }

    /// The parts of a title, as its separators part them.
    static func segments(of title: String) -> [String] {
        var parts = [title]
        for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " • ", " · ", ": ", " / ", " > "] {
            parts = parts.flatMap { $0.split(separator: separator).map { $0.trimmed } }
        }
        return parts
    }
}
