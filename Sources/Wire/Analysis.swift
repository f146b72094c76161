/// Who said what in an article, and what it claims: the payload of the `res` stream.
///
/// All spans count Unicode code points of the published body. `protocols/schemas/analysis.json` is its JSON Schema.
public struct Analysis: Sendable, Hashable, Codable {
    /// Identifier: `Analysis.identifier` of the article and the pipeline, so the same input gives the same id.
    public var id: String
    /// The article that was read.
    public var article: ArticleReference
    /// What read it.
    public var pipeline: Pipeline
    /// People, organisations and groups that speak or are claimants.
    public var entities: [Entity]
    /// Quotes in the order of the text.
    public var quotes: [Quote]
    /// Claims in the order of the text.
    public var claims: [Claim]
    /// Web furniture: stretches of the body that are no part of the article and were left out.
    public var boilerplate: [Span]
    /// What was not told, and why; nil where all that was found is.
    public var remarks: [Remark]?

    /// Creates an analysis.
    public init(
        id: String, article: ArticleReference, pipeline: Pipeline, entities: [Entity] = [], quotes: [Quote] = [],
        claims: [Claim] = [], boilerplate: [Span] = []
    ) {
        self.id = id
        self.article = article
        self.pipeline = pipeline
        self.entities = entities
        self.quotes = quotes
        self.claims = claims
        self.boilerplate = boilerplate
    }

    /// The identifier of the analysis of an article by a pipeline: 32 hexadecimal digits.
    public static func identifier(of article: ArticleReference, by pipeline: Pipeline) -> String {
        identifier(of: article, by: pipeline.identity)
    }

    /// The identifier of the analysis of an article by the pipeline of an identity.
    public static func identifier(of article: ArticleReference, by pipeline: String) -> String {
        Digest.identifier(["nwp1", article.uri, article.version, article.sha256, pipeline])
    }

    /// The identifier of a quote or claim: 32 hexadecimal digits.
    ///
    /// - Parameters:
    ///   - kind: `quote` or `claim`.
    ///   - analysis: Identifier of the analysis that it belongs to.
    ///   - spans: Where it stands.
    ///   - text: Its text.
    /// - Returns: The same identifier for the same passage of the same analysis.
    public static func identifier(of kind: String, in analysis: String, spans: [Span], text: String) -> String {
        let places = spans.map { "\($0.start)-\($0.end)" }.joined(separator: ",")
        return Digest.identifier(["nwp1", analysis, kind, places, text])
    }
}

extension Analysis {
    /// The article that an analysis is of, without its text.
    public struct ArticleReference: Sendable, Hashable, Codable {
        /// The article's URI.
        public var uri: String
        /// The article's version.
        public var version: String
        /// SHA-256 of the body, in hexadecimal digits.
        public var sha256: String
        /// The headline.
        public var headline: String
        /// The language as a BCP 47 tag.
        public var language: String
        /// The publisher, or nil.
        public var source: String?
        /// When it was published, in RFC 3339, or nil.
        public var published: String?

        /// Who published it; nil where the source only stands for that nobody is known to have.
        public var publisher: String? { source == Article.unknownSource || source?.isEmpty == true ? nil : source }

        /// The reference to `article`.
        public init(to article: Article) {
            uri = article.uri
            version = article.version
            sha256 = article.bodyDigest
            headline = article.headline
            language = article.language
            source = article.source
            published = article.published
        }
    }

    /// The program that made an analysis.
    public struct Pipeline: Sendable, Hashable, Codable {
        /// Its name, such as `extract-en`.
        public var name: String
        /// Its version, in semantic versioning.
        public var version: String
        /// Digest of the model it used, such as `sha256:…`, or nil where rules alone were used.
        public var model: String?

        /// Creates a description of a pipeline.
        public init(name: String, version: String, model: String? = nil) {
            self.name = name
            self.version = version
            self.model = model
        }

        /// Name and version in one string, `extract-en/1.0.0`, with `+` and the model's digest where there is one.
        public var identity: String { "\(name)/\(version)" + (model.map { "+\($0)" } ?? "") }
    }

    /// What an entity is.
    public enum EntityType: String, Sendable, Hashable, Codable {
        /// A single human being.
        case person
        /// A company, state, authority, party or other body that acts as one.
        case organization
        /// Several people without a name of their own, such as "most experts".
        case group
        /// A text that speaks for itself, such as a report.
        case document
        /// A place.
        case place
        /// Anything else.
        case other
    }

    /// Someone or something that speaks, or that a claim comes from.
    public struct Entity: Sendable, Hashable, Codable {
        /// Identifier within the analysis, such as `e1`.
        public var id: String
        /// Fullest name in the article, without title.
        public var name: String
        /// What it is.
        public var type: EntityType
        /// Role or title as the article gives it, such as "Canadian Prime Minister", or nil.
        public var role: String?
        /// Every place where the article names it or refers to it.
        public var mentions: [Span]

        /// Creates an entity.
        public init(id: String, name: String, type: EntityType, role: String? = nil, mentions: [Span] = []) {
            self.id = id
            self.name = name
            self.type = type
            self.role = role
            self.mentions = mentions
        }
    }

    /// A stretch of text with the places it stands at.
    public struct Passage: Sendable, Hashable, Codable {
        /// The text; fragments joined by " … ".
        public var text: String
        /// Where its fragments stand, in order; never empty.
        public var spans: [Span]

        /// Creates a passage.
        public init(text: String, spans: [Span]) {
            self.text = text
            self.spans = spans
        }
    }

    /// How a quote gives the words of its source.
    public enum QuoteKind: String, Sendable, Hashable, Codable {
        /// All of it between quotation marks.
        case direct
        /// Partly between quotation marks.
        case mixed
        /// Reported in the article's words.
        case indirect
    }

    /// Who is quoted, resolved to an entity.
    public struct Speaker: Sendable, Hashable, Codable {
        /// Identifier of the entity.
        public var entity: String
        /// The entity's name.
        public var name: String
        /// The entity's type.
        public var type: EntityType
        /// How sure it is that they speak, from 0 to 1, or nil.
        public var confidence: Double?

        /// The speaker that `entity` is.
        public init(_ entity: Entity, confidence: Double? = nil) {
            self.entity = entity.id
            name = entity.name
            type = entity.type
            self.confidence = confidence
        }
    }

    /// One quote: what was said, the words that introduce it, and who said it.
    public struct Quote: Sendable, Hashable, Codable {
        /// Identifier: the same for the same quote in the same article and pipeline.
        public var id: String
        /// Direct, mixed or indirect.
        public var kind: QuoteKind
        /// How its source relates to it: `statement`, `belief`, `intention`, `evidence`, `decree`, `denial`, `silence`, `question` or a
        /// word of a later release; nil where nothing tells.
        public var act: String?
        /// Whether its source says it, rather than that it is not so, or nothing of it, or asks.
        public var isSaid: Bool { act.map { !["denial", "question", "silence"].contains($0) } ?? true }
        /// What was said, with its quotation marks.
        public var content: Passage
        /// The words that attribute it, such as "told reporters", or nil.
        public var cue: Passage?
        /// The mention of whoever said it, such as "she", or nil.
        public var source: Passage?
        /// Who that is, or nil where it cannot be told.
        public var speaker: Speaker?
        /// Confidence from 0 to 1.
        public var confidence: Double
        /// Identifier of the quote within whose words this one stands, or nil.
        public var nested: String?

        /// Creates a quote.
        public init(
            id: String, kind: QuoteKind, act: String? = nil, content: Passage, cue: Passage? = nil,
            source: Passage? = nil, speaker: Speaker? = nil, confidence: Double, nested: String? = nil
        ) {
            self.id = id
            self.kind = kind
            self.nested = nested
            self.act = act
            self.content = content
            self.cue = cue
            self.source = source
            self.speaker = speaker
            self.confidence = confidence
        }
    }

    /// Whose claim it is.
    public struct Claimant: Sendable, Hashable, Codable {
        /// The article in its own voice, or a speaker it quotes.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// The article's own assertion.
            case article
            /// An entity of the analysis.
            case speaker
        }

        /// Article or speaker.
        public var kind: Kind
        /// Identifier of the speaker's entity, or nil.
        public var entity: String?
        /// The speaker's name, or nil.
        public var name: String?

        /// Creates a claimant.
        public init(kind: Kind, entity: String? = nil, name: String? = nil) {
            self.kind = kind
            self.entity = entity
            self.name = name
        }
    }

    /// Whether a proposition is put forward as fact.
    public enum Modality: String, Sendable, Hashable, Codable {
        /// Stated as fact.
        case asserted
        /// Stated as possible.
        case possible
        /// Stated as a plan or promise.
        case intended
        /// Stated under a condition.
        case conditional
        /// Stated to be untrue.
        case denied
    }

    /// Subject, predicate and objects of a claim.
    public struct Proposition: Sendable, Hashable, Codable {
        /// Who or what it is about, or nil.
        public var subject: Passage?
        /// What is said of it; a word that the text leaves out, such as "be", stands in `text` without a span.
        public var predicate: Passage
        /// What else takes part.
        public var objects: [Passage]
        /// Whether it is negated.
        public var negated: Bool
        /// How it is put forward.
        public var modality: Modality
        /// How likely an annotator would state it, too, from 0 to 1, or nil.
        public var confidence: Double?

        /// Creates a proposition.
        public init(
            subject: Passage?, predicate: Passage, objects: [Passage] = [], negated: Bool = false,
            modality: Modality = .asserted, confidence: Double? = nil
        ) {
            self.subject = subject
            self.predicate = predicate
            self.objects = objects
            self.negated = negated
            self.modality = modality
            self.confidence = confidence
        }
    }

    /// A number in a claim.
    public struct Quantity: Sendable, Hashable, Codable {
        /// The words, such as "more than 20 missiles".
        public var text: String
        /// Where they stand.
        public var spans: [Span]
        /// The number.
        public var value: Double
        /// What is counted or measured, or nil.
        public var unit: String?
        /// Its code where the words leave no doubt: currencies by ISO 4217, measures by UCUM, or nil.
        public var unitCode: String?
        /// `equal`, `more`, `less` or `about`.
        public var comparison: String

        /// Creates a quantity.
        public init(
            text: String, spans: [Span], value: Double, unit: String?, unitCode: String? = nil, comparison: String
        ) {
            self.text = text
            self.spans = spans
            self.value = value
            self.unit = unit
            self.unitCode = unitCode
            self.comparison = comparison
        }
    }

    /// A date in a claim.
    public struct DateMention: Sendable, Hashable, Codable {
        /// The words, such as "on Friday".
        public var text: String
        /// Where they stand.
        public var spans: [Span]
        /// The day, month or year meant, as `2022-11-18`, `2022-11` or `2022`, or nil where it cannot be told.
        public var date: String?

        /// Creates a date.
        public init(text: String, spans: [Span], date: String?) {
            self.text = text
            self.spans = spans
            self.date = date
        }
    }

    /// A checkable statement and whose it is.
    public struct Claim: Sendable, Hashable, Codable {
        /// Identifier: the same for the same claim in the same article and pipeline.
        public var id: String
        /// The words that state it.
        public var text: String
        /// Where they stand.
        public var spans: [Span]
        /// Whose claim it is.
        public var claimant: Claimant
        /// Identifier of the quote that carries it, or nil.
        public var quote: String?
        /// Identifier of the quote within that one whose speaker the claimant says it comes from, or nil.
        public var origin: String?
        /// Identifier of the first claim of the article that states the same in other words, or nil.
        public var repeats: String?
        /// What it states, proposition by proposition.
        public var propositions: [Proposition]
        /// Numbers in it.
        public var quantities: [Quantity]
        /// Dates in it.
        public var dates: [DateMention]
        /// How much it deserves to be checked, from 0 to 1.
        public var checkWorthiness: Double

        /// Creates a claim.
        public init(
            id: String, text: String, spans: [Span], claimant: Claimant, quote: String? = nil,
            origin: String? = nil, repeats: String? = nil, propositions: [Proposition] = [],
            quantities: [Quantity] = [],
            dates: [DateMention] = [],
            checkWorthiness: Double
        ) {
            self.id = id
            self.text = text
            self.spans = spans
            self.claimant = claimant
            self.quote = quote
            self.origin = origin
            self.repeats = repeats
            self.propositions = propositions
            self.quantities = quantities
            self.dates = dates
            self.checkWorthiness = checkWorthiness
        }
    }
}
