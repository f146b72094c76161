public import Journal
public import Service
import Streams
import Wire
public import ZeroMQ

/// Drops what a journal no longer has to keep, on a thread of its own.
public struct Retainer: Sendable {
    private static let period = Duration.seconds(2)

    private let journal: any Journal
    private let streams: [String]
    private let bytes: ByteCount?
    private let age: Duration?

    /// Creates one; nil where nothing is ever dropped.
    ///
    /// - Parameters:
    ///   - journal: The journal, which this process leads.
    ///   - streams: The streams that the bounds hold for, each for itself.
    ///   - bytes: How much of each is kept, nil for any amount.
    ///   - age: How long an entry is kept, nil for ever.
    public init?(_ journal: any Journal, streams: [String], bytes: ByteCount?, age: Duration?) {
        guard bytes != nil || age != nil else { return nil }
        self.journal = journal
        self.streams = streams
        self.bytes = bytes
        self.age = age
    }

    /// Starts to drop, every other second until the service ends.
    ///
    /// - Parameters:
    ///   - lifecycle: Ends it.
    ///   - log: Where a failure of the journal is told.
    ///   - metrics: Where it counts.
    /// - Returns: Its thread.
    /// - Throws: `ZeroMQError` where the system has no threads left.
    public func start(lifecycle: Lifecycle, log: Log, metrics: Metrics) throws(ZeroMQError) -> DedicatedThread {
        try ServiceThread.start("retainer", self, lifecycle: lifecycle, log: log) { retainer in
            var oldest: [String: Int64] = [:]
            var clock: AgeClock?
            repeat {
                let limits = retainer.limits(&clock, log: log)
                for stream in retainer.streams {
                    do throws(JournalError) {
                        let state = try retainer.journal.retain(stream, within: limits)
                        let dropped = state.oldest - (oldest[stream] ?? state.oldest)
                        oldest[stream] = state.oldest
                        metrics.counter("onrecord_dropped_total", ["stream": stream], help: "Messages past retention.")
                            .increment(by: UInt64(max(0, dropped)))
                    } catch {
                        log.limited("retainer", .error, "journal cannot be cleared up; trying again", ["error": error])
                    }
                }
            } while !lifecycle.waitUntilStopped(for: Self.period)
        }
    }

    private func limits(_ clock: inout AgeClock?, log: Log) -> Retention {
        var limits = Retention(bytes: bytes?.bytes)
        guard let age else { return limits }
        let milliseconds = age.components.seconds * 1_000 + age.components.attoseconds / 1_000_000_000_000_000
        let (wall, steady) = (Timestamp.milliseconds(), SteadyClock.milliseconds())
        if clock == nil {
            // Until the journal can be read, nothing is known to be too old.
            guard let newest = try? newest() else { return limits }
            clock = AgeClock(newest: newest.first, age: milliseconds, wall: wall, steady: steady)
        }
        guard let (now, leap) = clock?.look(wall: wall, steady: steady) else { return limits }
        if let leap {
            log.error(
                "this machine's clock went far ahead: nothing more is dropped for its age for an hour; set the clock right until then, "
                    + "or stop the service", ["ahead": "\(leap / 1_000) s", "clock": Timestamp.format(wall)])
        }
        limits.since = Timestamp.format(max(0, now - milliseconds))
        return limits
    }

    /// When the newest entry became durable; empty where there is none.
    private func newest() throws(JournalError) -> [Int64] {
        var times: [Int64] = []
        for stream in streams {
            let last = try journal.state(of: stream).last
            guard last > 0 else { continue }
            let found = try journal.read(stream, from: last, prefix: "", maxCount: 1, maxBytes: 1).first
            if let time = found.flatMap({ Timestamp.parse($0.position.ts) }) { times.append(time) }
        }
        return times.max().map { [$0] } ?? []
    }
}
