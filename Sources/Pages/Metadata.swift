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
}
