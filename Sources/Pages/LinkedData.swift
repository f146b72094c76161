internal import TextInput

/// What a page says of its article in JSON-LD, after schema.org.
struct LinkedData {
    var headline: String?
    var authors: [String] = []
    var published: String?
    var language: String?
    var publisher: String?
    var address: String?
    var body: String?
    var hasArticle = false
    /// Whether everybody may read the whole, where it says.
    var isFree: Bool?

    private static let types: Set<String> = [
        "Article", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle", "AskPublicNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
        "TechArticle",
        "ScholarlyArticle", "Report", "AdvertiserContentArticle", "SatiricalArticle", "MedicalScholarlyArticle",
        "Recipe",
    ]

    /// Reads the scripts of a page; of several articles the one whose address or headline is the page's.
    init(_ scripts: [String], canonical: String?, titles: [String]) {
        var named: [String: JSONValue] = [:]
        var articles: [JSONValue] = []
        var pages: [JSONValue] = []
        var organisations: [JSONValue] = []
        for script in scripts {
            guard let value = JSONValue.lenient(script) else { continue }
            var waiting = value.elements
            var count = 0
            while let next = waiting.popLast(), count < 2_000 {
                count += 1
                guard case .object(let values) = next else {
                    waiting += next.elements.filter { if case .object = $0 { true } else { false } }
                    continue
                }
                let types = Set(
                    (values["@type"]?.elements ?? []).compactMap(\.text).map {
                        String($0.split(separator: "/").last ?? "")
                    })
                if let id = values["@id"]?.text, values.count > 1 { named[id] = next }
                if !types.isDisjoint(with: Self.types) { articles.append(next) }
                if types.contains(where: { $0.hasSuffix("WebPage") || $0 == "ItemPage" }) { pages.append(next) }
                if types.contains(where: { $0.hasSuffix("Organization") }) { organisations.append(next) }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                    if let inner = values[key] { waiting += inner.elements.reversed() }
                }
            }
        }
        func resolved(_ value: JSONValue) -> JSONValue {
            guard let id = value["@id"]?.text, let target = named[id] else { return value }
            return target
        }
        func address(_ value: JSONValue) -> String? {
            value["url"]?.text ?? value["mainEntityOfPage"]?.text ?? value["@id"]?.text
        }
        let words = titles.map { Set(Words.of($0)) }
        // The first one of the page, unless another names the page's own address or title.
        let ranked = articles.enumerated().max { first, second in
            func rank(_ item: (offset: Int, element: JSONValue)) -> Double {
                var rank = -Double(item.offset) / 1000
                if let canonical, let own = address(item.element), own.hasPrefix(canonical) || canonical.hasPrefix(own)
                {
                    rank += 2
                }
                if let headline = item.element["headline"]?.text {
                    rank += words.map { Words.overlap(Set(Words.of(headline)), $0) }.max() ?? 0
                }
                return rank
            }
            return rank(first) < rank(second)
        }
        guard
            let article = ranked?.element ?? pages.first(where: { $0["datePublished"] != nil || $0["headline"] != nil })
        else {
            publisher = organisations.first?["name"]?.text.map(Self.clean)
            return
        }
        hasArticle = ranked != nil
        headline = (article["headline"] ?? article["name"])?.text.map(Self.clean)
        published = (article["datePublished"] ?? article["dateCreated"])?.text
        language = article["inLanguage"].map(resolved).flatMap { $0["alternateName"]?.text ?? $0.text }
        publisher =
            article["publisher"].map { resolved($0.elements.first ?? $0) }?["name"]?.text.map(Self.clean)
            ?? article["sourceOrganization"]?["name"]?.text.map(Self.clean)
        // An `@id` names a thing, and no page need be there.
        self.address = hasArticle ? article["url"]?.text ?? article["mainEntityOfPage"]?.text : nil
        body = article["articleBody"]?.text
        isFree = article["isAccessibleForFree"]?.text.map { !["false", "no", "0"].contains($0.lowercased()) }
        for author in (article["author"] ?? article["creator"])?.elements ?? [] {
            let author = resolved(author)
            // An organisation that issues a text is not its author.
            if let type = author["@type"]?.text, type.hasSuffix("Organization") { continue }
            let names = author["name"]?.elements.compactMap(\.text) ?? author.text.map { [$0] } ?? []
            authors += names.filter { !$0.contains("://") }.flatMap { Byline.names(in: Self.clean($0)) }
        }
    }

    private static func clean(_ text: String) -> String {
        Words.line(CharacterReferences.decoded(CharacterReferences.decoded(text)))
    }
}
