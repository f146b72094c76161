import Feeds
import Testing
import Web

@testable import Ingest

@Suite struct WaitingEntryTests {
    private static let hour: Int64 = 3_600_000
    private static let interval = Duration.seconds(600)

    private static var entry: WaitingEntry { WaitingEntry(Feed.Entry(), number: 1, of: Feed()) }

    private static func failure(_ code: WebError.Code = .unavailable, retryAfter: Int? = nil) -> WebError {
        WebError(code: code, description: "", retryAfter: retryAfter)
    }

    @Test func `a page that goes on failing is asked for six times, ever more rarely`() {
        var entry = Self.entry
        var times: [Int64] = [0]
        while entry.failed(Self.failure(), interval: Self.interval, at: times.last ?? 0) {
            let now = entry.next ?? 0
            #expect(!entry.isDue(at: now - 1, start: nil) && entry.isDue(at: now, start: nil))
            times.append(now)
        }
        #expect(zip(times.dropFirst(), times).map { ($0 - $1) / 60_000 } == [2, 4, 8, 16, 32])
    }

    @Test(arguments: [
        WebError.Code.refused, .robots, .notFound, .gone, .denied, .tooBig, .otherType, .noFeed,
    ])
    func `a page that fails for good is not asked for again`(code: WebError.Code) {
        var entry = Self.entry
        let waits1 = entry.failed(Self.failure(code), interval: Self.interval, at: 0)
        #expect(!waits1)
    }

    @Test func `a server is asked no sooner than it wants, and at most a day later`() {
        for (wanted, expected) in [(3_600, Self.hour), (1, 120_000), (7 * 86_400, 24 * Self.hour)] {
            var entry = Self.entry
            let waits2 = entry.failed(Self.failure(retryAfter: wanted), interval: Self.interval, at: 0)
            #expect(waits2)
            #expect(entry.next == expected)
            // Whoever starts again asks for it at once, unless the server said when.
            #expect(!entry.isDue(at: min(999, expected - 1), start: 1))
            #expect(entry.isDue(at: Int64(min(wanted, 86_400)) * 1_000, start: 1))
        }
    }

    @Test func `a host that wants rest costs no try, and a day's patience ends`() {
        var entry = Self.entry
        var held = Self.failure(retryAfter: 60)
        held.isHeldBack = true
        var now: Int64 = 0
        while entry.failed(held, interval: Self.interval, at: now) { now = entry.next ?? 0 }
        #expect(entry.tries == 0 && now == 24 * Self.hour)
    }

    @Test func `what is asked for early costs no try, and a start asks once`() {
        var entry = Self.entry
        for time in 0..<20 {
            #expect(entry.isDue(at: Int64(time), start: Int64(time)))
            let waits3 = entry.failed(Self.failure(), interval: Self.interval, at: Int64(time))
            #expect(waits3)
            #expect(!entry.isDue(at: Int64(time), start: Int64(time)))
        }
        #expect(entry.tries == 1)
    }

    @Test func `a clock that went wrong makes nothing wait for ever`() {
        var entry = Self.entry
        let waits4 = entry.failed(Self.failure(), interval: Self.interval, at: 400 * 24 * Self.hour)
        #expect(waits4)
        #expect(entry.isDue(at: Self.hour, start: nil))
        let waits5 = entry.failed(Self.failure(), interval: Self.interval, at: Self.hour)
        #expect(waits5 && entry.since == Self.hour)
    }
}
