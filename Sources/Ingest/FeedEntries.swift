internal import Feeds
internal import Pages
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Makes articles of a feed's new entries: of its own text where that is whole, else of the pages, which are read one by one.
///
/// Entries whose pages are to be read wait in the feed's memory, so that neither a restart nor a page that fails loses one.
struct FeedEntries {
    /// New entries that a feed brings at once before that is remarkable.
    private static let flood = 200
    /// Full text that a feed has, in words; with less, its page is asked.
    static let fullText = 120
    /// The time between two looks at what can be kept.
    private static let keeping = Duration.seconds(1)

    let address: String
    let options: WebOptions
    let fetcher: Fetcher
    /// When all that waits is asked for once, in milliseconds from 1970; nil where it is asked for again and again.
    let start: Int64?
    /// What is remembered of the feed.
    var memory: FeedMemory.Feed

    var place: String { WebSource.shown(address) }
    var reader: ArticleReader { ArticleReader(place: place, uri: Address.withoutCredentials(address)) }

    /// Takes what is new in a feed.
    ///
    /// - Parameters:
    ///   - feed: The feed.
    ///   - give: Takes an event.
    ///   - keep: Takes what may be remembered once all events before are durable.
    mutating func take(_ feed: Feed, _ give: (IngestEvent) -> Void, keep: (FeedMemory.Feed) -> Void) {
        let feed = feed.withoutSharedPages(where: isFull)
        let digests = feed.entries.map(EntryDigest.init)
        let isFirst = memory.seen.isEmpty
        // The end of a feed that was cut off may be missing in its last entry, too; one that ends so each time has no other.
        let last = feed.isCut ? digests.last?.words ?? digests.last?.identity : nil
        let isCut = last != nil && last != memory.cut
        memory.cut = last
        let whole = isCut ? feed.entries.dropLast() : feed.entries[...]
        let outdated = FeedArticles(reader: reader).outdated(in: feed)
        let fresh = EntryNews(
            Array(zip(whole, digests)), identities: Set(memory.seen), words: memory.words.map(Set.init),
            isFull: isFull, isPublished: { memory.uris?[$0] != nil }
        ).fresh.filter { !outdated.contains($0) }
        noteFlood(fresh.count, isFirst: isFirst, give)
        // Until all is taken, the feed is to be asked for as a whole.
        let version = (memory.etag, memory.modified)
        (memory.etag, memory.modified) = (nil, nil)
        var isWhole = !isCut
        remember(digests, of: feed, but: Set(fresh + (isCut ? [feed.entries.count - 1] : [])))
        var lastKept = ContinuousClock.now
        for index in fresh {
            let entry = feed.entries[index]
            if let key = entry.key { memory.waiting?.removeAll { $0.entry.key == key } }
            if needsPage(entry) {
                guard memory.waiting?.count ?? 0 < FeedMemory.waitingLimit else {
                    isWhole = false
                    continue
                }
                memory.waiting = (memory.waiting.take() ?? []) + [WaitingEntry(entry, number: index + 1, of: feed)]
            } else {
                give(event(of: entry, number: index + 1, in: feed))
            }
            memory.seen.append(digests[index].identity)
            if let words = digests[index].words { memory.words?.append(words) }
            if .now - lastKept >= Self.keeping {
                lastKept = .now
                keep(memory)
            }
        }
        let faults = feed.faults.isEmpty ? nil : feed.faults.joined(separator: ", ")
        if let faults, faults != memory.faults {
            give(.remark(place: place, text: "of the feed itself was left out: \(faults)"))
        }
        memory.faults = faults
        if isCut {
            give(
                .note(
                    .warning, place: place,
                    text: "its end is missing: what came before is read, and the last entry once it is whole"))
        }
        if isWhole { (memory.etag, memory.modified) = version }
    }

    /// Keeps what the feed has now, but for some entries, and of what it had before the newest.
    private mutating func remember(_ digests: [EntryDigest], of feed: Feed, but others: Set<Int>) {
        let keys = Set(feed.entries.compactMap(\.key))
        if memory.uris?.count ?? 0 > FeedMemory.urisLimit {
            memory.uris = memory.uris?.filter { keys.contains($0.key) || $0.key == address }
        }
        let known = digests.enumerated().lazy.filter { !others.contains($0.offset) }.map(\.element)
        let (identities, words) = (known.map(\.identity), known.compactMap(\.words))
        func kept(_ former: [String], _ now: [String]) -> [String] {
            let current = Set(now)
            return former.filter { !current.contains($0) }.suffix(FeedMemory.seenLimit) + now
        }
        memory.seen = kept(memory.seen, Array(identities))
        memory.words = kept(memory.words ?? [], Array(words))
    }

    /// Says once a day of a feed that it brings more at once than feeds do.
    private mutating func noteFlood(_ count: Int, isFirst: Bool, _ give: (IngestEvent) -> Void) {
        guard !isFirst, count > Self.flood else { return }
        let isSaid = memory.flooded.flatMap(Timestamp.parse).map { $0 > Timestamp.milliseconds() - 86_400_000 } ?? false
        memory.flooded = Timestamp.now()
        memory.flood = count
        guard !isSaid else { return }
        give(
            .note(
                .warning, place: place,
                text: "it brings \(count) new entries at once, and all are read: look whether it is what it was"))
    }

    private func isFull(_ entry: Feed.Entry) -> Bool { Self.words(entry.content) >= Self.fullText }

    /// Words that the feed itself has of an entry.
    func words(_ entry: Feed.Entry) -> Int { Self.words(entry.content ?? entry.summary) }

    private static func words(_ html: String?) -> Int {
        Page.paragraphs(ofFragment: html ?? "").reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
    }

    private func needsPage(_ entry: Feed.Entry) -> Bool {
        entry.deleted == nil && FeedArticles.page(of: entry) != nil && !isFull(entry)
    }

    /// The article that the feed itself has of an entry, or its end.
    mutating func event(of entry: Feed.Entry, number: Int, in feed: Feed) -> IngestEvent {
        if entry.deleted != nil {
            // A feed takes back what it brought, and nothing of others.
            guard let uri = entry.key.flatMap({ memory.uris?[$0] }) else { return .hidden(place: "\(place)#\(number)") }
            return .article(reader.withdrawal(of: uri, "deleted"))
        }
        do {
            let article = try FeedArticles(reader: reader).article(of: entry, in: feed, number: number)
            remember(article, as: entry.key)
            return .article(article)
        } catch {
            return .failure(error)
        }
    }

    /// Keeps in mind under what an entry is published, for when it is taken back.
    mutating func remember(_ article: IncomingArticle, as key: String?) {
        guard let key else { return }
        memory.uris = memory.uris.take() ?? [:]
        memory.uris?[key] = article.article.uri
    }
}
