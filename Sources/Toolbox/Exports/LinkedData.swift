import Presentation
import Wire

/// An analysis in the words of schema.org: its article, a `Quotation` for each quote and a `Claim` for each claim, which a `ClaimReview`
/// can take as its `itemReviewed`.
struct LinkedData: Encodable {
    /// Somebody or something, with what is known of it.
    struct Agent: Encodable {
        var type: String
        var name: String
        var jobTitle: String?

        private enum CodingKeys: String, CodingKey {
            case type = "@type", name, jobTitle
        }

        init(_ name: String, _ entity: Entity?) {
            self.name = name
            type =
                switch entity?.type {
                case .person: "Person"
                case .organization, .group: "Organization"
                case .document: "CreativeWork"
                case .place: "Place"
                case .other, nil: "Thing"
                }
            jobTitle = entity?.type == .person ? entity?.role : nil
        }

        init(publisher: String) {
            name = publisher
            type = "Organization"
        }

        typealias Entity = Analysis.Entity
    }

    /// A node of the graph.
    struct Node: Encodable {
        var type: String
        var id: String
        var url: String?
        var headline: String?
        var inLanguage: String?
        var datePublished: String?
        var publisher: Agent?
        var text: String?
        var author: Agent?
        var spokenByCharacter: Agent?
        var isPartOf: Reference?
        var appearance: Reference?

        private enum CodingKeys: String, CodingKey {
            case type = "@type", id = "@id", url, headline, inLanguage, datePublished, publisher, text, author
            case spokenByCharacter, isPartOf, appearance
        }

        init(_ type: String, _ id: String) {
            self.type = type
            self.id = id
        }
    }

    /// Another node, by its id.
    struct Reference: Encodable {
        var id: String

        private enum CodingKeys: String, CodingKey {
            case id = "@id"
        }
    }

    private let context = "https://schema.org"
    private var graph: [Node]

    private enum CodingKeys: String, CodingKey {
        case context = "@context", graph = "@graph"
    }

    init(_ analysis: Analysis) {
        let entities = Dictionary(analysis.entities.map { ($0.id, $0) }) { first, _ in first }
        let reference = analysis.article
        let publisher = reference.source.flatMap { $0.isEmpty ? nil : Agent(publisher: $0) }
        var article = Node("NewsArticle", reference.uri)
        article.url = Markup.link(reference.uri)
        article.headline = reference.headline
        article.inLanguage = reference.language
        article.datePublished = reference.published
        article.publisher = publisher
        let here = Reference(id: reference.uri)
        let quotations = analysis.quotes.map { quote in
            var node = Node("Quotation", "urn:onrecord:quote:\(quote.id)")
            node.text = quote.content.text
            node.spokenByCharacter = quote.speaker.map { Agent($0.name, entities[$0.entity]) }
            node.isPartOf = here
            node.url = article.url.map { TextFragment.address(of: quote.content.text, on: $0) }
            return node
        }
        let claims = analysis.distinctClaims.map { claim in
            var node = Node("Claim", "urn:onrecord:claim:\(claim.id)")
            node.text = claim.text
            node.author =
                claim.claimant.kind == .article
                ? publisher : claim.claimant.name.map { Agent($0, claim.claimant.entity.flatMap { entities[$0] }) }
            node.datePublished = reference.published
            node.appearance = here
            node.url = article.url.map { TextFragment.address(of: claim.text, on: $0) }
            return node
        }
        graph = [article] + quotations + claims
    }

    /// One line; it may stand in a page, since no markup can begin in it.
    static func line(_ analysis: Analysis) throws(WireError) -> [UInt8] {
        try JSON.encode(LinkedData(analysis)).flatMap { byte in
            byte == UInt8(ascii: "<") ? Array(#"\u003c"#.utf8) : [byte]
        }
    }
}
