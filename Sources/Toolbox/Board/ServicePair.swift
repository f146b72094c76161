import Board
import Delivery
import Sink
import Synchronization
import Wire
import ZeroMQ

/// The services behind a board: how they are, and what they keep of an article.
final class ServicePair: Sendable {
    /// Milliseconds to wait for what a service keeps.
    private static let patience: Int64 = 2_000

    private let services: [(name: String, endpoint: Endpoint)]
    private let security: Security
    private let context: Context
    private let earlier: Mutex<[ServiceStatus]> = Mutex([])

    init(_ services: [(name: String, endpoint: Endpoint)], security: Security, in context: Context) {
        self.services = services
        self.security = security
        self.context = context
    }

    // MARK: - How they are

    /// Asks each service; blocks.
    ///
    /// Rates come with the second time.
    func look() -> [ServiceReport] {
        let questions = services.enumerated().compactMap { index, service in
            try? StatusQuestion(service.name, at: service.endpoint, security: security, server: index, in: context)
        }
        let now = questions.compactMap { try? $0.answer() }
        let earlier = earlier.withLock { known in
            defer { known = now }
            return known
        }
        return now.map { status in Self.report(of: status, since: earlier.first { $0.service == status.service }) }
    }

    private static func report(of status: ServiceStatus, since earlier: ServiceStatus?) -> ServiceReport {
        let condition =
            switch status.answer {
            case .failure(.absent): ServiceReport.silent
            case .failure(.refused(let why)): why
            case .success(let (report, _)):
                report.waits.first.map { "not ready: \($0)" } ?? report.stuck.first.map { "stuck: \($0)" } ?? "ready"
            }
        return ServiceReport(
            service: status.service, endpoint: "\(status.endpoint)", isWell: status.isWell, condition: condition,
            summary: summary(of: status, since: earlier), facts: StatusFacts.of(status, since: earlier),
            newestResult: status.samples?["onrecord_newest", "stream", "res"].flatMap { Int64(exactly: $0) })
    }

    /// `3.2 results a second, 12 behind, the oldest for 4.0 s, 2 workers with 8 threads, 2 dead letters`.
    private static func summary(of status: ServiceStatus, since earlier: ServiceStatus?) -> String {
        guard let samples = status.samples else { return "" }
        var words: [String] = []
        for (stream, things) in [("raw", "articles"), ("res", "results")] {
            if let rate = status.rate(of: "onrecord_newest", "stream", stream, since: earlier), rate > 0 {
                words.append("\(StatusFacts.decimal(rate)) \(things) a second")
            }
        }
        let behind = samples.sum("onrecord_lag_messages")
        if behind > 0 {
            words.append("\(StatusFacts.whole(behind)) behind, the oldest for \(StatusFacts.span(status.lag))")
        }
        if let workers = StatusFacts.workers(samples) { words.append(workers) }
        if let open = samples["onrecord_dead_letters_open"], open > 0 {
            words.append(StatusFacts.count(open, "dead letter"))
        }
        return words.joined(separator: ", ")
    }

    // MARK: - What they keep

    /// The article and its analysis, nil where the services do not have them any more or cannot tell; blocks.
    func text(of article: SinkArticle) -> (Article, Analysis)? {
        guard let result: CloudEvent<Analysis> = event(article.n, of: "res", at: "analyzer"), result.id == article.id,
            result.erased == nil, let n = result.causationnumber.flatMap({ Int64($0) }), n > 0,
            let raw: CloudEvent<Article> = event(n, of: "raw", at: "producer"), raw.id == result.causationid,
            raw.erased == nil
        else { return nil }
        return (raw.data, result.data)
    }

    private func event<Payload>(_ n: Int64, of stream: String, at name: String) -> CloudEvent<Payload>? {
        guard let index = services.firstIndex(where: { $0.name == name }),
            var client = try? ControlClient(
                services[index].endpoint, security: security, server: index, patience: Self.patience, in: context)
        else { return nil }
        let fetch = ControlMessage.Fetch(
            s: stream, e: nil, from: n, to: n, prefix: nil, credit: 1, bytes: Limits.bodyBytes)
        guard (try? client.ask(.fetch(fetch))) != nil else { return nil }
        // An item and an end; whatever else comes ends it.
        for _ in 0..<4 {
            guard case .command(let command)? = try? client.answer() else { return nil }
            switch command {
            case .item(let message) where message.position.n == n:
                return try? JSON.decode(CloudEvent<Payload>.self, from: message.body)
            case .item: continue
            default: return nil
            }
        }
        return nil
    }
}
