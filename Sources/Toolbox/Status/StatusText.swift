import ZeroMQ
import Wire

/// The status of a service for a person.
struct StatusText {
    let layout: Layout

    /// The status, with rates since an earlier look.
    func rendered(_ status: ServiceStatus, since earlier: ServiceStatus?) -> String {
        var head = StyledText()
        head.add(status.service, .strong)
        head.add("\(status.endpoint)", .faint)
        guard case .success(let (report, samples)) = status.answer else {
            if case .failure(.refused(let why)) = status.answer {
                head.add(why, .alert)
            } else {
                head.add("does not answer: is it running, and are the keys right?", .alert)
            }
            return folded(head)
        }
        if report.waits.isEmpty, report.stuck.isEmpty { head.add("ready", .name) }
        for wait in report.waits { head.add("not ready: \(wait)", .alert) }
        for loop in report.stuck { head.add("stuck: \(loop)", .alert) }
        if let start = samples["process_start_time_seconds"] {
            head.add("up \(Self.span(Double(Timestamp.milliseconds()) / 1_000 - start))", .faint)
        }
        var text = folded(head)
        for source in samples.values(of: "source", in: "onrecord_source_newest") {
            text += line("from", Self.source(source, samples), isAlert: false)
        }
        if let tasks = samples["onrecord_tasks"] {
            let workers = samples["onrecord_workers"] ?? 0
            let running = samples["onrecord_running"] ?? 0
            text += line(
                "queue",
                "\(Self.count(tasks, "article")) held, \(Self.whole(running)) with \(Self.count(workers, "worker"))",
                isAlert: workers == 0 && tasks > 0)
        }
        for stream in ["raw", "res", "dlq"] {
            guard let newest = samples["onrecord_newest", "stream", stream] else { continue }
            let oldest = samples["onrecord_oldest", "stream", stream] ?? 1
            var words = newest < oldest ? "empty" : "\(Self.whole(oldest)) to \(Self.whole(newest))"
            if let rate = status.rate(of: "onrecord_newest", "stream", stream, since: earlier) {
                words += ", \(Self.decimal(rate)) a second"
            }
            text += line(stream, words, isAlert: false)
        }
        if let feeds = samples["onrecord_feeds"], let failing = samples["onrecord_feeds_failing"] {
            text += line("feeds", "\(Self.whole(feeds)), \(Self.whole(failing)) do not answer", isAlert: failing > 0)
        }
        for (name, words) in Self.troubles {
            let sum = samples.sum(name)
            if sum > 0 { text += line("since start", "\(Self.whole(sum)) \(words)", isAlert: true) }
        }
        if let free = samples["onrecord_disk_free_bytes"] {
            text += line("disk", "\(Self.bytes(free)) free", isAlert: free < 128e6)
        }
        if let memory = samples["process_resident_memory_bytes"] {
            text += line("memory", Self.bytes(memory), isAlert: false)
        }
        return text
    }

    private static let troubles = [
        ("onrecord_rejected_total", "inputs refused"), ("onrecord_lost_total", "articles lost to retention"),
        ("onrecord_set_back_total", "articles that a producer has lost"),
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

    private func line(_ name: String, _ words: String, isAlert: Bool) -> String {
        var text = StyledText()
        text.add(name, .faint)
        text.add(words, isAlert ? .alert : .plain)
        return text.folded(width: layout.width, indent: 2, hanging: 4, isColored: layout.isColored)
    }

    private func folded(_ text: StyledText) -> String {
        text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
    }

    // MARK: - Numbers

    private static func count(_ number: Double, _ noun: String) -> String {
        "\(whole(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func whole(_ number: Double) -> String {
        number.isFinite ? "\(Int64(clamping: Int(number.rounded())))" : "?"
    }

    /// One digit behind the point.
    private static func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
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
        default: "\(Int(seconds / 86_400)) d"
        }
    }
}
