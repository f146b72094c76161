import Service
import Wire

/// The configuration of a command that shows analyses and can be asked for some of them.
protocol Selecting: Sendable {
    var selection: Selection { get set }
}

extension Selection.Kind: OptionValue {}
extension Selection.Act: OptionValue {}

/// Why a text is no probability or time.
private struct Unreadable: Error, CustomStringConvertible {
    let description: String
}

extension Option where Configuration: Selecting {
    /// The options that every command has that shows analyses.
    static var selection: [Option] {
        [
            .list(
                "speaker", "NAME", \.selection.speakers,
                help: "Only what somebody says whose name holds NAME, in any case, with accents or without."),
            .list("source", "NAME", \.selection.sources, help: "Only articles of this publisher."),
            .list("language", "TAG", \.selection.languages, help: "Only articles in this language, such as en."),
            .list("kind", "KIND", \.selection.kinds, help: "Only quotes of this kind, and what they claim."),
            .list(
                "act", "ACT", \.selection.acts,
                help: "Only what was said, believed, planned, shown or decided, and what that claims."),
            .value(
                "min-check-worthiness", "P", \.selection.leastWorth,
                help: "Only claims that are worth checking at least so much, from 0 to 1.",
                parse: Selection.probability,
                show: { $0?.description }),
            .value(
                "min-confidence", "P", \.selection.leastConfidence,
                help: """
                    Only quotes and propositions that are at least so sure, from 0 to 1: 0.8 is right eight times in ten. A \
                    speaker who is less sure is not named.
                    """, parse: Selection.probability, show: { $0?.description }),
            .value(
                "since", "TIME", \.selection.since,
                help: "Only articles published at that time or later: a day such as 2024-05-31, or a time in RFC 3339.",
                parse: { try Selection.moment($0, endOfDay: false) }, show: { $0.map(Timestamp.format) }),
            .value(
                "until", "TIME", \.selection.until,
                help: "Only articles published before that time, or on that day or before.",
                parse: { try Selection.moment($0, endOfDay: true) }, show: { $0.map(Timestamp.format) }),
        ]
    }
}

extension Selection {
    /// A number from 0 to 1.
    static func probability(_ text: String) throws -> Double? {
        guard let number = Double(text), (0...1).contains(number) else {
            throw Unreadable(description: "it is no number from 0 to 1")
        }
        return number
    }

    /// Milliseconds from 1970 to a time, or to the begin or end of a day in UTC.
    static func moment(_ text: String, endOfDay: Bool) throws -> Int64? {
        if let moment = Timestamp.parse(text) { return moment }
        guard let day = Timestamp.parse("\(text)T00:00:00Z") else {
            throw Unreadable(description: "it is neither a day such as 2024-05-31 nor a time in RFC 3339")
        }
        return endOfDay ? day + 86_400_000 : day
    }
}

extension Selection {
    /// What is asked for that the stream does not have, or nil.
    func mistake(on stream: StreamName) -> String? {
        switch stream {
        case .results: nil
        case .raw:
            concernsContent
                ? "--speaker, --kind, --act, --min-check-worthiness and --min-confidence are of use with --stream res only"
                : nil
        case .deadLetters: isEverything ? nil : "dead letters cannot be selected"
        }
    }
}
