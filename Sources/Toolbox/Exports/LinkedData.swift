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

        /// Who speaks or claims; nil for what schema.org lets say nothing, such as a document or what nobody knows.
        init?(_ name: String, _ entity: Analysis.Entity?) {
            self.name = name
            switch entity?.type {
            case .person: type = "Person"
            case .organization, .group: type = "Organization"
            case .document, .place, .other, nil: return nil
            }
            jobTitle = entity?.type == .person ? entity?.role : nil
        }

        init(publisher: String) {
            name = publisher
            type = "Organization"
        }
    }

    /// What a text is taken from, such as a report.
    struct Work: Encodable {
        private let type = "CreativeWork"
        var name: String

        private enum CodingKeys: String, CodingKey {
            case type = "@type", name
        }
    }

    /// What an analysis does not tell.
    struct Comment: Encodable {
        private let type = "Comment"
        var text: String

        private enum CodingKeys: String, CodingKey {
            case type = "@type", text
        }
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
        var isBasedOn: Work?
        var creditText: String?
        var isPartOf: Reference?
        var comment: [Comment]?
        var appearance: Reference?

        private enum CodingKeys: String, CodingKey {
            case type = "@type", id = "@id", url, headline, inLanguage, datePublished, publisher, text, author
            case spokenByCharacter, isBasedOn, creditText, isPartOf, comment, appearance
        }

        init(_ type: String, _ id: String) {
            self.type = type
            self.id = id
        }

        /// Says whose words these are: an agent's in the property that takes one, a document's, or whatever else has the name.
        mutating func credit(_ name: String, _ entity: Analysis.Entity?, as agent: WritableKeyPath<Node, Agent?>) {
            self[keyPath: agent] = Agent(name, entity)
            guard self[keyPath: agent] == nil else { return }
            if entity?.type == .document { isBasedOn = Work(name: name) } else { creditText = name }
        }
    }

    /// Another node, by its id.
    struct Reference: Encodable {
        var id: String

        private enum CodingKeys: String, CodingKey {
            case id = "@id"
        }

        /// An article by its address, where whoever follows it comes to a page or nowhere; else by a name made of that.
        init(toArticle uri: String) {
            let isName = uri.prefix(4).lowercased() == "urn:"
            id =
                isName || Markup.link(uri) != nil
                ? uri : "urn:onrecord:article:\(Digest.identifier(["nwp1", "article", uri]))"
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
        let publisher = reference.publisher.map { Agent(publisher: $0) }
        // A date or a time, and nothing that was merely written in its place.
        let published = reference.published.flatMap { text in
            [text, text + "T00:00:00Z"].contains { Timestamp.parse($0) != nil } ? text : nil
        }
        let here = Reference(toArticle: reference.uri)
        var article = Node("NewsArticle", here.id)
        article.url = Markup.link(reference.uri)
        article.headline = reference.headline.isEmpty ? nil : reference.headline
        article.inLanguage = reference.language == "und" ? nil : reference.language
        article.datePublished = published
        article.publisher = publisher
        let remarks = analysis.remarks ?? []
        article.comment = remarks.isEmpty ? nil : remarks.map { Comment(text: $0.text) }
        let quotations = analysis.quotes.filter(\.isSaid).map { quote in
            var node = Node("Quotation", "urn:onrecord:quote:\(quote.id)")
            node.text = quote.content.text
            if let speaker = quote.speaker {
                node.credit(speaker.name, entities[speaker.entity], as: \.spokenByCharacter)
            }
            node.isPartOf = here
            node.url = TextFragment.address(of: quote.content.text, on: reference.uri)
            return node
        }
        let claims = analysis.distinctClaims.map { claim in
            var node = Node("Claim", "urn:onrecord:claim:\(claim.id)")
            node.text = claim.text
            if claim.claimant.kind == .article {
                node.author = publisher
            } else if let name = claim.claimant.name {
                node.credit(name, claim.claimant.entity.flatMap { entities[$0] }, as: \.author)
            }
            node.datePublished = published
            node.appearance = here
            node.url = TextFragment.address(of: claim.text, on: reference.uri)
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
