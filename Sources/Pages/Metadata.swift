internal import CXML
internal import TextInput

/// What a page says of its article: structured data first, then what a reader sees.
struct Metadata {
    var headline: String?
    /// The node of the headline, or nil where it is not in the page's text.
    var headlineNode: Int?
    var byline: [String] = []
    var published: String?
    var language: String?
    var address: String?
    /// An address of another site that the page calls its own.
    var foreignAddress: String?
    var publisher: String?
    /// What the article is about, or nil.
    var description: String?
    /// The whole text, where the structured data has it.
    var body: String?
    /// What stands in the title of the window, or nil.
    var title: String?
    /// Whether the structured data tells of an article.
    var hasArticle = false
    /// Whether everybody may read the whole, where the page says.
    var isFree: Bool?

    init(_ tree: HTMLTree, address given: String?) {
        let nodes = tree.nodes
        var metas: [String: String] = [:]
        var scripts: [String] = []
        var canonical: String?
        var base = given
        var title: String?
        var isBased = false
        for index in nodes.indices {
            let attributes = nodes[index].attributes
            switch nodes[index].tag {
            case "meta":
                guard let content = attributes["content"], !content.isEmpty else { continue }
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    if let name = attributes[key]?.lowercased(), metas[name] == nil { metas[name] = content }
                }
            case "link":
                let kinds = attributes["rel"]?.lowercased().split(separator: " ") ?? []
                if kinds.contains("canonical"), canonical == nil { canonical = attributes["href"] }
            case "base":
                if !isBased, let href = attributes["href"] {
                    base = Address.resolved(href, against: given)
                    isBased = true
                }
            case "title": if title == nil { title = Words.line(tree.text(of: index)) }
            case "script":
                if attributes["type"]?.lowercased().hasPrefix("application/ld+json") == true {
                    scripts.append(tree.text(of: index, limit: 4 << 20))
                }
            default: break
            }
        }
        func meta(_ names: String...) -> String? {
            names.lazy.compactMap { metas[$0] }.map { Words.line(CharacterReferences.decoded($0)) }.first {
                !$0.isEmpty
            }
        }
        let shared = meta("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title")
        func resolved(_ reference: String?) -> ArticleAddress? {
            reference.flatMap { $0.isEmpty ? nil : Address.resolved($0.trimmed, against: base) }.flatMap(
                ArticleAddress.init)
        }
        let told = [resolved(canonical), resolved(meta("og:url"))]
        let linked = LinkedData(
            scripts, canonical: told.compactMap { $0 }.first { !$0.isRoot }?.text,
            titles: [shared, title].compactMap { $0 })
        takeAddress(among: told + [resolved(linked.address)], given: given)
        body = linked.body
        (self.title, hasArticle, isFree) = (title, linked.hasArticle, linked.isFree)
        description = meta("og:description", "description", "twitter:description")
        let titles = [linked.headline, shared, title].compactMap { $0 }
        let heading = Self.heading(tree, titles: titles) ?? title.flatMap { Self.line(tree, of: $0) }
        headlineNode = heading?.node
        publisher =
            linked.publisher ?? meta(
                "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
            ?? Self.masthead(tree, title: title, besides: heading?.text, address: self.address ?? given)
        headline =
            heading.map { Self.withoutKicker($0.text, titles) } ?? linked.headline ?? shared.map {
                Self.bare($0, publisher)
            }
            ?? title.map { Self.bare($0, publisher) }
        if publisher == nil, let title, let name = Self.suffix(of: title), headline.map({ title.hasPrefix($0) }) == true
        {
            publisher = name
        }
        language = Self.language(
            nodes.first { $0.tag == "html" }.flatMap { $0.attributes["lang"] ?? $0.attributes["xml:lang"] }
                ?? linked.language
                ?? meta("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage"))
        let region = Self.region(tree, around: headlineNode)
        byline = linked.authors.unique
        if byline.isEmpty {
            byline = Self.byline(
                tree, region,
                meta(
                    "author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author",
                    "article:author_name", "byl", "citation_author"))
        }
        published =
            Self.date(
                [
                    linked.published,
                    meta(
                        "article:published_time", "og:published_time", "datepublished", "article:published",
                        "og:article:published_time"),
                    meta(
                        "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
                        "dc.date.created", "date", "pubdate", "publishdate", "publish-date", "publish_date",
                        "publication_date", "sailthru.date", "parsely-pub-date", "article.published",
                        "cxenseparse:recs:publishtime",
                        "citation_publication_date", "displaydate", "originalpublicationdate", "datecreated",
                        "bt:pubdate", "rnews:datepublished"),
                ])
            ?? Self.shownDate(tree, region)
            ?? meta("article:modified_time", "og:updated_time").flatMap { Self.date([$0]) }
            ?? (self.address ?? given).flatMap(Self.date(inAddress:))
    }
}

extension Metadata {
    /// Takes the first address that can be the page's: nobody but its own site may say under which address an article is known.
    private mutating func takeAddress(among told: [ArticleAddress?], given: String?) {
        // Some sites give the same address, their start, for every page.
        let told = told.compactMap { $0 }.filter { !$0.isRoot }
        guard let site = given.flatMap(ArticleAddress.init) else {
            address = told.first?.text
            return
        }
        address = told.first { $0.isSameSite(as: site) }?.text
        if address == nil { foreignAddress = told.first?.text }
    }

    /// The heading that a reader takes for the title: the one most like what the page says of itself.
    private static func heading(_ tree: HTMLTree, titles: [String]) -> (node: Int, text: String)? {
        let wanted = titles.map { Set(Words.of($0)) }
        var best: (node: Int, text: String, rank: Double)?
        var count = 0
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            let isMarked = node.attributes["itemprop"]?.lowercased().split(separator: " ").contains("headline") == true
            guard ["h1", "h2", "h3"].contains(node.tag) || isMarked && node.tag != "meta" else { continue }
            count += 1
            guard count <= 200 else { break }
            let text = Words.line(tree.text(of: index, besides: ["script", "style"]))
            let words = Set(Words.of(text))
            guard !words.isEmpty, text.utf8.count < 500 else { continue }
            let likeness = wanted.map { Words.overlap($0, words) }.max() ?? 0
            let containment = wanted.map { words.count >= 3 && words.isSubset(of: $0) ? 0.5 : 0 }.max() ?? 0
            var rank =
                max(likeness, containment) + (node.tag == "h1" ? 0.35 : node.tag == "h2" ? 0.05 : 0)
                + (isMarked ? 0.3 : 0)
            if node.attributes["class"].map({ hasTitleClass($0) }) == true { rank += 0.15 }
            guard likeness >= 0.3 || containment > 0 || node.tag == "h1" && words.count >= 3 else { continue }
            if rank > best?.rank ?? 0 { best = (index, text, rank) }
        }
        return best.map { ($0.node, $0.text) }
    }

    /// A heading without the word before it that stands in an element of its own, and so runs into it.
    private static func withoutKicker(_ heading: String, _ titles: [String]) -> String {
        titles.first { title in
            heading.hasSuffix(title) && Words.of(title).count >= 2
                && heading.dropLast(title.count).last.map { $0.isLetter || $0.isNumber } == true
        } ?? heading
    }

    private static func hasTitleClass(_ text: String) -> Bool {
        let lower = text.lowercased()
        return ["headline", "entry-title", "post-title", "article-title", "article__title"].contains {
            lower.contains($0)
        }
    }

    /// A title without the name of its site.
    private static func bare(_ title: String, _ publisher: String?) -> String {
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

    private static func suffix(of title: String) -> String? {
        for separator in [" | ", " – ", " — ", " - ", " :: ", " « ", " » "] {
            guard let found = title.ranges(of: separator).last else { continue }
            let tail = title[found.upperBound...].trimmed
            if (1...5).contains(Words.of(tail).count) { return tail }
        }
        return nil
    }

    /// The name of the site at the top of the page: what leads to its start, or what the title has beside the headline.
    private static func masthead(
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

    private static func parent(of index: Int, in tree: HTMLTree) -> String {
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
    private static func segments(of title: String) -> [String] {
        var parts = [title]
        for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " • ", " · ", ": ", " / ", " > "] {
            parts = parts.flatMap { $0.split(separator: separator).map { $0.trimmed } }
        }
        return parts
    }

    /// The headline of a page without headings: a line of its own that its title has, too.
    private static func line(_ tree: HTMLTree, of title: String) -> (node: Int, text: String)? {
        let parts = Set(segments(of: title).map { Words.of($0) }.filter { $0.count >= 3 })
        guard !parts.isEmpty else { return nil }
        for index in tree.nodes.indices where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 300 {
            guard parent(of: index, in: tree) != "title", parts.contains(Words.of(tree.nodes[index].text)) else {
                continue
            }
            return (tree.nodes[index].parent, Words.line(tree.nodes[index].text))
        }
        return nil
    }

    private static func language(_ tag: String?) -> String? {
        guard let tag = tag?.trimmed, let primary = tag.split(whereSeparator: { "-_,; ".contains($0) }).first,
            (2...3).contains(primary.count), primary.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        let region = tag.replacing("_", with: "-").split(separator: ",").first.map(String.init) ?? tag
        return region.count <= 10 && region.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            ? region : primary.lowercased()
    }

    /// Where byline and date of the article stand: what surrounds its heading, or the whole page.
    private static func region(_ tree: HTMLTree, around heading: Int?) -> Range<Int> {
        guard let heading else { return tree.nodes.indices }
        var node = heading
        for _ in 0..<6 {
            let parent = tree.nodes[node].parent
            guard parent >= 0, tree.nodes[parent].tag != "body" else { break }
            node = parent
            if tree.nodes[node].tag == "article" { break }
        }
        return node..<tree.nodes[node].end
    }

    private static func byline(_ tree: HTMLTree, _ region: Range<Int>, _ given: String?) -> [String] {
        if let given, !given.contains("://") {
            let names = Byline.names(in: given)
            if !names.isEmpty { return names }
        }
        for range in [region, tree.nodes.indices] {
            var marked: [String] = []
            var (looked, read) = (0, 0)
            for index in range where looked < 50 {
                let node = tree.nodes[index]
                let isAuthor =
                    node.attributes["rel"]?.lowercased().split(separator: " ").contains("author") == true
                    || node.attributes["itemprop"]?.lowercased() == "author"
                guard isAuthor, node.tag != "link", node.tag != "meta" else { continue }
                looked += 1
                marked += Byline.names(in: tree.text(of: index, besides: ["script", "style"]))
            }
            if !marked.isEmpty { return marked.unique }
            var inside = 0
            for index in range where index >= inside {
                let node = tree.nodes[index]
                guard !node.tag.isEmpty, let names = node.attributes["class"] ?? node.attributes["id"] else { continue }
                let tokens = Set(Words.of(names.replacing("_", with: "-")))
                guard
                    !tokens.isDisjoint(with: [
                        "byline", "author", "authors", "vcard", "writer", "dateline", "signature", "submitted",
                    ]),
                    tokens.isDisjoint(with: [
                        "bio", "comment", "comments", "photo", "caption", "image", "credit", "box", "about",
                    ])
                else { continue }
                read += 1
                guard read <= 200 else { break }
                let text = Words.line(tree.text(of: index, besides: ["script", "style", "time"], limit: 400))
                guard text.utf8.count < 200 else { continue }
                let found = Byline.names(in: text)
                if !found.isEmpty { return found }
                inside = node.end
            }
            // A line of its own: "By Ann Lee".
            for index in range where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 200 {
                let line = Words.line(tree.nodes[index].text)
                guard
                    line.hasPrefix("By ") || line.hasPrefix("BY ") || line == "By" || line == "by"
                        || line.hasPrefix("Posted by") || line.hasPrefix("by ")
                else { continue }
                let parent = tree.nodes[index].parent
                let whole = Words.line(tree.text(of: max(0, parent), besides: ["script", "style", "time"], limit: 400))
                let found = Byline.names(in: whole.utf8.count < 200 && Byline.stripped(whole).isByline ? whole : line)
                if !found.isEmpty { return found }
            }
        }
        return []
    }

    private static func date(_ texts: [String?]) -> String? {
        texts.lazy.compactMap { $0.flatMap { WrittenTime($0)?.rfc3339Short } }.first
    }

    /// A `time` element, or a line that is a date, near the heading.
    private static func shownDate(_ tree: HTMLTree, _ region: Range<Int>) -> String? {
        for range in [region, tree.nodes.indices] {
            var looked = 0
            for index in range where looked < 300 {
                let node = tree.nodes[index]
                guard
                    node.tag == "time" || node.attributes["itemprop"]?.lowercased() == "datepublished"
                        || node.tag == "abbr" && node.attributes["class"]?.contains("published") == true
                else { continue }
                looked += 1
                if let found = date([
                    node.attributes["datetime"], node.attributes["content"], node.attributes["title"],
                    Words.line(tree.text(of: index)),
                ]) {
                    return found
                }
            }
            var count = 0
            for index in range where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 200 {
                count += 1
                if count > 400 { break }
                if let found = ShownDate.find(in: Words.line(tree.nodes[index].text)) { return found.rfc3339Short }
            }
        }
        return nil
    }

    /// `…/2019/11/19/…` or `…/2019-11-19-…`.
    private static func date(inAddress address: String) -> String? {
        let parts = address.split { "/-_.".contains($0) }
        for index in parts.indices.dropLast(2) {
            if parts[index].count == 4, parts[index].hasPrefix("20") || parts[index].hasPrefix("19"),
                parts[index + 1].count <= 2, parts[index + 2].count <= 2,
                let time = WrittenTime("\(parts[index])-\(parts[index + 1])-\(parts[index + 2])")
            {
                return time.rfc3339Short
            }
        }
        return nil
    }
}

extension WrittenTime {
    /// RFC 3339, or the date alone where no time is written.
    var rfc3339Short: String { hasTime ? rfc3339 : String(rfc3339.prefix(10)) }
}

extension Array where Element: Hashable {
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
