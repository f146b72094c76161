internal import Feeds
internal import Service
internal import TextInput

/// The list of feeds in a file, looked at again and again.
///
/// Editors write files in place, so that a list may be seen half-written: a change is read once it has lasted a moment, and OPML that
/// does not parse leaves the list as it was.
struct ListedFeeds {
    private static let pause = Duration.seconds(2)
    /// How long a file has to be as it is before it is read.
    private static let rest = Duration.seconds(1)
    /// What was said and is not said again, at most so often.
    private static let saidLimit = 1_000

    let path: String
    /// The addresses that stand on it.
    private(set) var addresses: Set<String>
    private var lastLook: ContinuousClock.Instant?
    /// The version that was read last.
    private var read: Int?
    /// A version that may still be written, and since when it is there.
    private var fresh: (change: Int, since: ContinuousClock.Instant)?
    private var isMissing = false
    private var said: Set<String> = []

    /// - Parameters:
    ///   - path: The file.
    ///   - former: What stood on it before, which counts until it can be read.
    init(_ path: String, former: Set<String>) {
        self.path = path
        addresses = former
    }

    /// Whether it was looked at before.
    var wasLookedAt: Bool { lastLook != nil }

    /// Looks at the file if it is time.
    ///
    /// - Parameters:
    ///   - now: The present.
    ///   - note: Takes what is wrong with it.
    /// - Returns: Whether it was read anew.
    mutating func look(at now: ContinuousClock.Instant = .now, _ note: (IngestError) -> Void) -> Bool {
        guard lastLook.map({ now - $0 >= (fresh == nil ? Self.pause : Self.rest) }) ?? true else { return false }
        let isFirst = lastLook == nil
        lastLook = now
        guard let change = (try? FileStatus(path: path))?.change else {
            fresh = nil
            if !isMissing {
                note(
                    IngestError(
                        .notFound, "the list of feeds is not there\(addresses.isEmpty ? "" : ", and stays as it was")",
                        place: path, remedy: "make it; it is looked for again"))
            }
            isMissing = true
            return false
        }
        isMissing = false
        guard change != read else {
            fresh = nil
            return false
        }
        if fresh?.change != change { fresh = (change, now) }
        guard isFirst || fresh.map({ now - $0.since >= Self.rest }) == true else { return false }
        (read, fresh) = (change, nil)
        do {
            return take(FeedList(try WholeFile.bytes(of: path, limit: Feed.limit)), note)
        } catch {
            note(error)
            return false
        }
    }

    private mutating func take(_ list: FeedList, _ note: (IngestError) -> Void) -> Bool {
        if let fault = list.fault {
            let keeps = !addresses.isEmpty
            note(
                IngestError(
                    .badList,
                    "the list of feeds does not parse (\(TextNormalization.line(fault, limit: 200))), and "
                        + (keeps ? "stays as it was" : "is read as far as that goes"),
                    place: path, remedy: "mend it; it is read again when it changes"))
            if keeps { return false }
        }
        for bad in list.addresses where !WebSource.isAddress(bad) && !said.contains(bad) {
            if said.count < Self.saidLimit { said.insert(bad) }
            note(
                IngestError(
                    .badList, "'\(TextNormalization.line(bad, limit: 100))' is no address of a feed", place: path,
                    remedy: "give one with http:// or https:// a line"))
        }
        addresses = Set(list.addresses.filter(WebSource.isAddress))
        return true
    }
}
