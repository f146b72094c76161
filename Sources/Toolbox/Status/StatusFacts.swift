import Board
import Wire

/// What a service says of itself, a fact at a time.
struct StatusFacts {
    private var facts: [ServiceReport.Fact] = []

    /// The facts, with rates since an earlier look; none where the service does not answer.
    static func of(_ status: ServiceStatus, since earlier: ServiceStatus?) -> [ServiceReport.Fact] {
        guard let samples = status.samples else { return [] }
        var facts = StatusFacts()
        facts.add(samples, status, since: earlier)
        return facts.facts
    }

    private mutating func add(_ name: String, _ words: String, isAlert: Bool) {
        facts.append(ServiceReport.Fact(name: name, words: words, isAlert: isAlert))
    }

    private mutating func add(_ samples: Samples, _ status: ServiceStatus, since earlier: ServiceStatus?) {
        for source in samples.values(of: "source", in: "onrecord_source_newest") {
            add("from", Self.source(source, samples), isAlert: false)
        }
        if let tasks = samples["onrecord_tasks"] {
            let workers = samples["onrecord_workers"] ?? 0
            let running = samples["onrecord_running"] ?? 0
            let isAlert = workers == 0 && tasks > 0
            add(
                "queue", "\(Self.count(tasks, "article")) held, \(Self.whole(running)) of them with workers",
                isAlert: isAlert)
            add("pool", Self.workers(samples) ?? "", isAlert: isAlert)
        }
        for stream in ["raw", "res", "dlq"] {
            guard let newest = samples["onrecord_newest", "stream", stream] else { continue }
            let oldest = samples["onrecord_oldest", "stream", stream] ?? 1
            var words = newest < oldest ? "empty" : "\(Self.whole(oldest)) to \(Self.whole(newest))"
            if let rate = status.rate(of: "onrecord_newest", "stream", stream, since: earlier) {
                words += ", \(Self.decimal(rate)) a second"
            }
            add(stream, words, isAlert: false)
        }
        if let open = samples["onrecord_dead_letters_open"], open > 0 {
            add(
                "dead letters", "\(Self.whole(open)) to be decided about: analyzer dlq list", isAlert: true)
        }
        if let feeds = samples["onrecord_feeds"], let failing = samples["onrecord_feeds_failing"] {
            add("feeds", "\(Self.whole(feeds)), \(Self.whole(failing)) do not answer", isAlert: failing > 0)
        }
        for (name, words) in Self.troubles {
            let sum = samples.sum(name)
            if sum > 0 { add("since start", "\(Self.whole(sum)) \(words)", isAlert: true) }
        }
        if let free = samples["onrecord_disk_free_bytes"] {
            add("disk", "\(Self.bytes(free)) free", isAlert: free < 128e6)
        }
        if let memory = samples["process_resident_memory_bytes"] {
            add("memory", Self.bytes(memory), isAlert: false)
        }
    }

    private static let troubles = [
        ("onrecord_rejected_total", "inputs refused"), ("onrecord_lost_total", "articles lost to retention"),
        ("onrecord_set_back_total", "articles that a producer has lost"),
        ("onrecord_away_total", "times a producer was away"),
        ("onrecord_stuck_total", "times a producer did not give an article"),
        ("onrecord_refused_keys_total", "connections with a key that is not on the list"),
        ("onrecord_refused_total", "workers refused"), ("onrecord_malformed_total", "messages that broke the protocol"),
        ("onrecord_journal_errors_total", "failures of the journal"),
    ]

    private static func source(_ source: String, _ samples: Samples) -> String {
        let newest = samples["onrecord_source_newest", "source", source] ?? 0
        let behind = samples["onrecord_lag_messages", "source", source] ?? 0
        let seconds = samples["onrecord_lag_seconds", "source", source] ?? 0
        let lag = behind == 0 ? "all \(whole(newest)) settled" : "\(whole(behind)) of \(whole(newest)) behind"
        return "\(source): \(lag)" + (behind > 0 && seconds > 0 ? ", the oldest for \(span(seconds))" : "")
    }

    /// `2 workers with 12 threads`: processes that lend threads, of which each analyses an article at a time.
    static func workers(_ samples: Samples) -> String? {
        guard let workers = samples["onrecord_workers"] else { return nil }
        guard let threads = samples["onrecord_threads"], threads > 0 else { return count(workers, "worker") }
        return "\(count(workers, "worker")) with \(count(threads, "thread"))"
    }

    // MARK: - Numbers

    static func count(_ number: Double, _ noun: String) -> String {
        "\(whole(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    static func whole(_ number: Double) -> String {
        abs(number) < 1e15 ? "\(Int64(number.rounded()))" : "?"
    }

    /// One digit behind the point.
    static func decimal(_ number: Double) -> String {
        guard abs(number) < 1e15 else { return "?" }
        let tenths = Int64((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func bytes(_ number: Double) -> String {
        let (unit, name) = number >= 1e9 ? (1e9, "GB") : (1e6, "MB")
        return "\(decimal(number / unit)) \(name)"
    }

    static func span(_ seconds: Double) -> String {
        switch seconds {
        case ..<100: "\(decimal(max(0, seconds))) s"
        case ..<6_000: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3_600)) h"
        default: "\(whole((seconds / 86_400).rounded(.down))) d"
        }
    }
}
