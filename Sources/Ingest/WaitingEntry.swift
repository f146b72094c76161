internal import Feeds
internal import Web

/// An entry of a feed whose page is still to be read: what the feed itself has of it is published only where that fails for good.
struct WaitingEntry: Codable {
    /// How often a page is asked for that fails for the moment.
    static let limit = 6
    /// How long at most an entry waits after its page has failed for the first time, in milliseconds.
    private static let patience: Int64 = 86_400_000

    /// The entry.
    var entry: Feed.Entry
    /// Its number in its feed, counted from 1.
    var number: Int
    /// The feed's name and language.
    var feed: String?
    var language: String?
    /// How often its page was asked for in vain.
    var tries = 0
    /// When it was asked for in vain for the first and for the last time; all times in milliseconds from 1970.
    var since: Int64?
    var last: Int64?
    /// When it is asked for again; nil for as soon as may be.
    var next: Int64?
    /// When its server wants to be asked again.
    var wanted: Int64?

    init(_ entry: Feed.Entry, number: Int, of feed: Feed) {
        self.entry = entry
        self.number = number
        self.feed = feed.title
        language = feed.language
    }

    /// Whether it is time to ask for its page.
    ///
    /// - Parameters:
    ///   - now: The present.
    ///   - start: Where all is asked for once from a start on, that start: then one waits no longer than its server wants.
    /// - Returns: Whether it is.
    func isDue(at now: Int64, start: Int64?) -> Bool {
        if let start, let last, last >= start { return false }
        guard let time = start == nil ? next : wanted else { return true }
        // A time beyond all patience was written by a clock that went wrong.
        return time <= now || time > now + 2 * Self.patience
    }

    /// Takes note of a failure.
    ///
    /// - Parameters:
    ///   - error: The failure.
    ///   - interval: The time between two requests for the feed; all tries together take about six.
    ///   - jitter: A factor around 1.
    ///   - now: The present.
    /// - Returns: Whether it is worth another try.
    mutating func failed(_ error: WebError, interval: Duration, jitter: Double = 1, at now: Int64) -> Bool {
        let first = min(since ?? now, now)
        // Nothing was asked of a server that wants to be left alone, and what is asked early costs no try.
        if !error.isHeldBack, tries == 0 || next.map({ $0 <= now }) ?? true { tries += 1 }
        (since, last) = (first, now)
        guard error.code == .unavailable, tries < Self.limit, now - first < Self.patience else { return false }
        let backOff = Int64(interval / .milliseconds(1) / 5 * Double(1 << max(0, tries - 1)) * jitter)
        wanted = error.retryAfter.map { now + min(Int64($0) * 1_000, Self.patience) }
        next = max(now + min(backOff, Self.patience), wanted ?? 0)
        return true
    }
}
