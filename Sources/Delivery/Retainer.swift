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
    ///   - log: Where it tells what is dropped, and failures of the journal.
    ///   - metrics: Where it counts.
    /// - Returns: Its thread.
    /// - Throws: `ZeroMQError` where the system has no threads left.
    public func start(lifecycle: Lifecycle, log: Log, metrics: Metrics) throws(ZeroMQError) -> DedicatedThread {
        try ServiceThread.start("retainer", self, lifecycle: lifecycle, log: log) { retainer in
            var drops = retainer.streams.map { Drops(of: $0, in: retainer.journal) }
            var clock: AgeClock?
            var isWaiting = false
            repeat {
                let limits = retainer.limits(&clock, log: log)
                var failure: JournalError?
                for index in drops.indices {
                    do throws(JournalError) {
                        let dropped = try drops[index].drop(within: limits)
                        metrics.counter(
                            "onrecord_dropped_total", ["stream": drops[index].stream], help: "Messages past retention."
                        ).increment(by: UInt64(dropped))
                        try drops[index].tell(log, at: SteadyClock.milliseconds())
                    } catch {
                        failure = error
                    }
                }
                if let failure, !isWaiting {
                    log.error("the journal cannot be cleared up; trying again", ["error": failure])
                } else if failure == nil, isWaiting {
                    log.info("the journal can be cleared up again")
                }
                isWaiting = failure != nil
            } while !lifecycle.waitUntilStopped(for: Self.period)
            for index in drops.indices { try? drops[index].tell(log, at: SteadyClock.milliseconds(), isLast: true) }
        }
    }

    private func limits(_ clock: inout AgeClock?, log: Log) -> Retention {
        var limits = Retention(bytes: bytes?.bytes)
        guard let age else { return limits }
        let milliseconds = age.components.seconds * 1_000 + age.components.attoseconds / 1_000_000_000_000_000
        let (wall, steady) = (Timestamp.milliseconds(), SteadyClock.milliseconds())
        let isStart = clock == nil
        if isStart {
            // Until the journal can be read, nothing is known to be too old.
            guard let oldest = try? streams.compactMap(time(ofOldestIn:)).min() else { return limits }
            clock = AgeClock(oldest: oldest, age: milliseconds, wall: wall, steady: steady)
        }
        guard let (now, leap) = clock?.look(wall: wall, steady: steady) else { return limits }
        if let leap {
            log.error(
                isStart
                    ? "what is kept is far older than --retain-age: that is new or shorter, nothing ran for long, or this "
                        + "machine's clock is wrong; it is dropped in an hour: set the clock right until then, or stop the service"
                    : "this machine's clock went far ahead: nothing more is dropped for its age for an hour; set the clock "
                        + "right until then, or stop the service",
                ["ahead": "\(leap / 1_000) s", "clock": Timestamp.format(wall)])
        }
        limits.since = Timestamp.format(max(0, now - milliseconds))
        return limits
    }

    /// When the oldest entry of a stream became durable; nil where it has none.
    private func time(ofOldestIn stream: String) throws(JournalError) -> Int64? {
        try journal.time(of: journal.state(of: stream).oldest, in: stream).flatMap(Timestamp.parse)
    }
}
