internal import Dispatch
internal import Synchronization
public import Wire

/// What a message says to a sink that keeps tables.
enum SinkEvent: Sendable, Hashable {
    case analysis(SinkAnalysis)
    /// Articles were taken back, or have to be forgotten.
    case withdrawal(articles: [String], n: Int64, isErasure: Bool)
    /// Something of which nothing is kept, such as a notice of a later release.
    case nothing

    /// Reads a message.
    /// - Throws: `WireError` for one that is no analysis and no notice.
    init(_ message: StreamMessage) throws(WireError) {
        let body = Self.withoutZeros(message.body)
        guard try !Topic(message.topic).isNotice else {
            let notice = try JSON.decode(NoticeEvent.self, from: body).data
            guard notice.kind == Notice.Kind.withdrawal else {
                self = .nothing
                return
            }
            guard let targets = notice.targets else {
                throw WireError(400, "bad-event", "a withdrawal that does not say of what")
            }
            let articles = targets.map(\.id)
            for id in articles { try Self.checkIdentifier(id) }
            self = .withdrawal(
                articles: articles, n: message.position.n,
                isErasure: notice.reason == Notice.erased)
            return
        }
        let analysis = SinkAnalysis(try JSON.decode(AnalysisEvent.self, from: body), message.position)
        for id in [analysis.id, analysis.article] + analysis.replaced { try Self.checkIdentifier(id) }
        self = .analysis(analysis)
    }

    /// The JSON with the replacement character for each zero character: PostgreSQL has no text with one, and both are to hold the same.
    static func withoutZeros(_ json: [UInt8]) -> [UInt8] {
        let zero = Array(#"\u0000"#.utf8)
        var json = json
        var index = 0
        while index < json.count {
            guard json[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let isZero = json[index...].starts(with: zero)
            if isZero { json.replaceSubrange(index..<index + zero.count, with: #"\ufffd"#.utf8) }
            index += isZero ? zero.count : 2
        }
        return json
    }

    /// Identifiers are keys of indexes, which have no room for long ones.
    private static func checkIdentifier(_ id: String) throws(WireError) {
        guard id.utf8.count <= 256 else {
            throw WireError(413, "too-big", "an identifier of \(id.utf8.count) bytes where at most 256 are expected")
        }
    }

    /// Reads messages, on all processors where there are many; of one that cannot be read there is a remark.
    static func read(_ messages: [StreamMessage]) -> (events: [SinkEvent], remarks: [SinkRemark]) {
        let parts = (messages.count + 63) / 64
        let read = Mutex([[Result<SinkEvent, WireError>]](repeating: [], count: parts))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let stretch = messages[part * 64..<min((part + 1) * 64, messages.count)]
            let results = stretch.map { message in
                Result { () throws(WireError) in try SinkEvent(message) }
            }
            read.withLock { $0[part] = results }
        }
        let results = read.withLock { $0.flatMap(\.self) }
        return (
            results.compactMap { try? $0.get() },
            zip(messages, results).compactMap { message, result in
                guard case .failure(let error) = result else { return nil }
                return SinkRemark(n: message.position.n, error: error)
            }
        )
    }
}

/// A message that a sink left out, since it is no event.
public struct SinkRemark: Sendable, Hashable {
    /// The message's number.
    public var n: Int64
    /// What is wrong with it.
    public var error: WireError
}

/// An analysis as rows.
struct SinkAnalysis: Sendable, Hashable {
    /// Identifier of the analysis.
    var id: String
    /// Number in the stream.
    var n: Int64
    /// When it became durable, in RFC 3339 with milliseconds.
    var time: String
    /// Identifier of the article's event.
    var article: String
    /// Identifiers of articles that this one says are replaced.
    var replaced: [String]
    /// The article.
    var reference: Reference
    /// Who said what, and what is claimed.
    var passages: [Passage]
    /// What of the article is not told, as the event has it, in JSON; nil for nothing.
    var remarks: String?

    /// The article that it is of.
    struct Reference: Sendable, Hashable, Decodable {
        var uri: String?
        var version: String?
        var headline: String?
        var source: String?
        var language: String?
        /// When it was published, in UTC with milliseconds; nil where what was given is no time that a database has.
        var published: String?
    }

    /// A quote or a claim.
    struct Passage: Sendable, Hashable {
        var kind: String
        var id: String?
        var speaker: String?
        /// What the speaker is, such as `person`; nil where nobody knows who it is.
        var type: String?
        var role: String?
        var form: String?
        var act: String?
        var score: Double?
        var start: Int64?
        var end: Int64?
        var text: String?
    }
}

extension SinkAnalysis {
    fileprivate init(_ event: AnalysisEvent, _ position: Position) {
        let data = event.data
        let entities = Dictionary((data.entities ?? []).map { ($0.id, $0) }) { first, _ in first }
        let article = event.causationid ?? ""
        id = event.id
        n = position.n
        time = position.ts
        self.article = article
        replaced = [event.supersedes, event.supersededby == nil ? nil : article].compactMap { $0 }.filter {
            !$0.isEmpty
        }
        reference = data.article
        reference.published = data.article.published.flatMap(Timestamp.published).map(Timestamp.format)
        let quotes = (data.quotes ?? []).map { quote in
            Passage(
                kind: "quote", id: quote.id, speaker: quote.speaker?.name ?? quote.source?.text,
                type: quote.speaker?.type, role: quote.speaker?.entity.flatMap { entities[$0]?.role }, form: quote.kind,
                act: quote.act, score: quote.confidence, start: quote.content?.spans?.first?.first,
                end: quote.content?.spans?.last?.last, text: quote.content?.text)
        }
        let claims = (data.claims ?? []).map { claim in
            let entity = claim.claimant?.entity.flatMap { entities[$0] }
            return Passage(
                kind: "claim", id: claim.id, speaker: claim.claimant?.name, type: entity?.type, role: entity?.role,
                form: claim.claimant?.kind, act: nil, score: claim.checkWorthiness, start: claim.spans?.first?.first,
                end: claim.spans?.last?.last, text: claim.text)
        }
        passages = quotes + claims
        let list = data.remarks ?? []
        remarks = list.isEmpty ? nil : (try? JSON.encode(list)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// As much of an event as is kept, since reading all of it takes three times as long.
private struct AnalysisEvent: Decodable {
    struct Payload: Decodable {
        var article: SinkAnalysis.Reference
        var entities: [Entity]?
        var quotes: [Quote]?
        var claims: [Claim]?
        var remarks: [Analysis.Remark]?
    }

    struct Entity: Decodable {
        var id: String
        var type: String?
        var role: String?
    }

    struct Stretch: Decodable {
        var text: String?
        var spans: [[Int64]]?
    }

    struct Speaker: Decodable {
        var entity: String?
        var name: String?
        var type: String?
        var kind: String?
    }

    struct Quote: Decodable {
        var id: String?
        var kind: String?
        var act: String?
        var content: Stretch?
        var source: Words?
        var speaker: Speaker?
        var confidence: Double?
    }

    struct Words: Decodable {
        var text: String?
    }

    struct Claim: Decodable {
        var id: String?
        var text: String?
        var spans: [[Int64]]?
        var claimant: Speaker?
        var checkWorthiness: Double?
    }

    var id: String
    var causationid: String?
    var supersedes: String?
    var supersededby: String?
    var data: Payload
}

private struct NoticeEvent: Decodable {
    struct Payload: Decodable {
        var kind: String
        var reason: String?
        var targets: [Target]?
    }

    struct Target: Decodable {
        var id: String
    }

    var data: Payload
}
