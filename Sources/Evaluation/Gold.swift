package import Wire

/// An annotated article: what an analysis is measured against.
package struct Gold: Sendable, Decodable {
    /// What somebody is quoted with; offsets count code points.
    package struct Quote: Sendable, Decodable {
        package var content: [Span]
        package var source: [Span]?
        package var speaker: String?
        package var speakerType: String?
        package var nested: Bool?

        private enum CodingKeys: String, CodingKey {
            case content, source, speaker, nested
            case speakerType = "speaker_type"
        }
    }

    /// A sentence: 2 is worth checking, and `article` or a name answers for it.
    package struct Sentence: Sendable, Decodable {
        package var span: Span
        package var label: Int?
        package var claimant: String?
        package var boilerplate: Bool?
    }

    /// Somebody who speaks.
    package struct Person: Sendable, Decodable {
        package var name: String
        package var role: String?
    }

    /// A number within a sentence.
    package struct Quantity: Sendable, Decodable {
        package var span: Span
        package var value: Double
        package var unit: String?
        package var comparison: String
    }

    /// A date within a sentence.
    package struct Day: Sendable, Decodable {
        package var span: Span
        package var date: String?
    }

    /// What a sentence states.
    package struct Proposition: Sendable, Decodable {
        package var subject: Span?
        package var predicate: Span
        package var negated: Bool
        package var modality: String
    }

    /// The article's identity.
    package var doc: String
    package var text: String
    /// The day of publication, where dates are measured.
    package var published: String?
    package var quotes: [Quote]?
    package var people: [Person]?
    package var sentences: [Sentence]?
    package var quantities: [Quantity]?
    package var dates: [Day]?
    package var propositions: [Proposition]?

    /// The article without its annotations.
    package var article: Article {
        Article(uri: doc, published: published.map { $0.count == 10 ? "\($0)T12:00:00Z" : $0 }, body: text)
    }
}
