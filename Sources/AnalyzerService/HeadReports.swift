import Delivery
import Pool
import Service
import Streams
import Wire
import ZeroMQ

/// Turns what a head reports into log lines and counters.
struct HeadReports: Sendable {
    let log: Log
    let metrics: Metrics
    let health: Health
    let scrubber: Scrubber

    func take(_ report: Head.Report) {
        switch report {
        case .received(let source, let count):
            metrics.counter("onrecord_articles_total", ["source": source], help: "Articles taken over.")
                .increment(by: UInt64(count))
        case .settled(let results, let deadLetters):
            metrics.counter("onrecord_results_total", help: "Analyses made durable.").increment(by: UInt64(results))
            metrics.counter("onrecord_dead_letters_total", help: "Dead letters made durable.")
                .increment(by: UInt64(deadLetters))
        case .buried(let letter):
            log.warning(
                "article became a dead letter",
                ["uri": letter.uri ?? "", "n": letter.raw.n, "code": letter.code, "reason": letter.text])
        case .ordered(let order, nil):
            log.info("order about a dead letter", ["order": order.action.rawValue, "n": order.n])
            metrics.counter(
                "onrecord_orders_total", ["order": order.action.rawValue], help: "Dead letters tried again or dropped."
            ).increment()
        case .ordered(let order, let reason?):
            log.warning(
                "order about a dead letter cannot be carried out",
                ["order": order.action.rawValue, "n": order.n, "reason": reason])
        case .interrupted(let source, let n, let attempts):
            log.warning(
                "this analyzer ended while one of its own threads ran an article; that counts as an attempt",
                ["source": source, "n": n, "attempts": attempts])
        case .erasing(let uri):
            guard !scrubber.announce() else { return }
            log.error(
                "it cannot be written down that the journal is to be rewritten; should this process be killed before it is, run "
                    + "producer erase again", ["uri": uri])
        case .erased(let uri, let count):
            log.info("what was made of an article was erased with it", ["uri": uri, "entries": count])
            metrics.counter("onrecord_erased_total", help: "Results and dead letters erased.").increment(
                by: UInt64(count))
            scrubber.request()
        case .lost(let source, let from, let through):
            log.error(
                "articles are past retention and lost: keep more at the producer, or start the analyzer earlier",
                ["source": source, "from": from, "through": through])
            metrics.counter("onrecord_lost_total", ["source": source], help: "Articles past retention.")
                .increment(by: UInt64(max(0, through - from + 1)))
        case .setBack(let source, let from, let to) where from > to:
            log.error(
                "the producer's journal was set back: it has other articles under numbers that were followed; they are "
                    + "taken, those that came before them are analysed",
                ["source": source, "after": to, "followed": from])
            metrics.counter("onrecord_set_back_total", ["source": source], help: "Articles that a producer has lost.")
                .increment(by: UInt64(from - to))
        case .setBack(let source, _, let to):
            log.warning(
                "the producer's journal was restored; nothing that was followed is missing there",
                ["source": source, "followed": to])
        case .stuck(let source, let n, let why):
            log.limited(
                "stuck \(source)", .error, "the producer does not give an article, and later ones wait for it",
                ["source": source, "n": n, "reason": why])
            metrics.counter(
                "onrecord_stuck_total", ["source": source], help: "Times that a producer did not give an article."
            ).increment()
        case .away(let source, let line):
            guard health.wait("producer \(source)", "it has given no sign since \(Timestamp.now())") else { return }
            metrics.counter("onrecord_away_total", ["source": source], help: "Times that a producer was away.")
                .increment()
            log.error(
                line == .refused
                    ? "the producer does not let this analyzer in: give --key with a key on the producer's list, for the roles sub "
                        + "and fetch, and --server-key with the producer's public key; trying again"
                    : "the producer is away: look whether it runs, and whether this machine reaches it; articles wait there, and "
                        + "nothing has to be restarted", ["source": source])
        case .back(let source):
            health.go("producer \(source)")
            log.info("the producer is there again", ["source": source])
        case .silent(let source):
            metrics.counter(
                "onrecord_silent_total", ["source": source], help: "Times that a producer did not answer."
            ).increment()
            log.limited(
                "silent \(source)", .warning, "producer does not answer; trying again", ["source": source])
        case .ended(let source, let error):
            log.error("producer can be followed no further", ["source": source, "error": error])
        case .joined(let name): log.info("worker joined", ["worker": name])
        case .refused(let peer, let error):
            let who = peer.userID ?? peer.address ?? ""
            log.limited(
                "refused \(who) \(error.code)", .warning, "a worker was refused",
                ["key": peer.userID ?? "none", "address": peer.address ?? "", "code": error.code, "reason": error.text])
            metrics.counter("onrecord_refused_total", ["code": String(error.code)], help: "Workers refused.")
                .increment()
        case .left(let name, let why): log.info("worker left", ["worker": name, "reason": why])
        case .heldUp(let source, let n, let bytes, let threads):
            log.limited(
                "held up", .info,
                "every thread of every worker has a long article, and others wait for one to end: with more workers they would not",
                ["source": source, "n": n, "bytes": bytes, "threads": threads])
        case .malformed(let error): MalformedReport.take(error, log: log, metrics: metrics)
        case .journal(let error):
            metrics.counter("onrecord_journal_errors_total", help: "Failures of the journal.").increment()
            guard health.wait("results", "the journal takes none: \(error)") else { return }
            log.error("results wait, since the journal takes none; trying again", ["error": error])
        case .journalIsBack:
            log.info("the journal takes results again")
            health.go("results")
        case .followed(let source, let newest, let settled, let milliseconds):
            let labels: KeyValuePairs = ["source": source]
            metrics.gauge(
                "onrecord_source_newest", labels, help: "Number of the producer's newest article, as far as known."
            )
            .set(Double(newest))
            metrics.gauge(
                "onrecord_source_settled", labels, help: "Its articles that have their result or dead letter."
            )
            .set(Double(settled))
            metrics.gauge("onrecord_lag_messages", labels, help: "Its articles that have none yet.")
                .set(Double(max(0, newest - settled)))
            metrics.gauge("onrecord_lag_seconds", labels, help: "Age of the oldest article held that has none yet.")
                .set(Double(milliseconds ?? 0) / 1_000)
        case .openLetters(let count):
            metrics.gauge(
                "onrecord_dead_letters_open", help: "Dead letters that wait for a decision: analyzer dlq list."
            )
            .set(count)
        case .load(let tasks, let leased, let bytes, let workers, let threads):
            health.beat("head")
            metrics.gauge("onrecord_running", help: "Articles that workers have.").set(leased)
            metrics.gauge("onrecord_tasks", help: "Articles held.").set(tasks)
            metrics.gauge("onrecord_task_bytes", help: "Bytes of articles held.").set(bytes)
            metrics.gauge("onrecord_workers", help: "Workers that joined.").set(workers)
            metrics.gauge("onrecord_threads", help: "Threads of the workers that joined.").set(threads)
        }
    }
}
