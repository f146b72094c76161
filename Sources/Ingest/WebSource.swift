internal import Feeds
internal import Glibc
internal import Pages
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Articles from pages and feeds of the web: each address once, and feeds again and again if wanted.
///
/// An entry counts as read once whoever takes the articles asks for more after the pause that follows a feed: by then they are
/// durable. Holds the articles of one feed.
struct WebSource {
    private struct Place {
        var next: ContinuousClock.Instant
        var isFeed = false
    }

    /// New entries that a feed brings at once before that is remarkable.
    private static let flood = 200

    private let options: WebOptions
    private let fetcher: Fetcher
    private var memory: FeedMemory
    private var places: [String: Place] = [:]
    private var due: [IngestEvent] = []
    /// What becomes of the memory once the articles that were given are durable.
    private var pending: (address: String, feed: FeedMemory.Feed)?
    /// Entries still to give, the next one last.
    private var entries: [(entry: Feed.Entry, feed: Feed, address: String, number: Int)] = []
    private var listed: Set<String> = []
    private var listChange: Int?
    private var lastLook: ContinuousClock.Instant?
    /// Whether what was given is durable by the next call.
    private var isSettling = false
    /// Whether the memory could not be written.
    private var isForgetting = false

    init(_ options: WebOptions) {
        self.options = options
        fetcher = Fetcher(agent: options.agent, allowsPrivate: options.allowsPrivate, pause: options.pause)
        memory = FeedMemory(options.memory)
    }

    static func isAddress(_ path: String) -> Bool {
        ["http://", "https://"].contains { path.lowercased().hasPrefix($0) }
    }

    /// What is at an address.
    static func fetch(
        _ address: String, _ options: WebOptions, limit: Int
    ) throws(IngestError) -> (bytes: [UInt8], charset: String?, address: String) {
        do {
            let response = try Fetcher(agent: options.agent, allowsPrivate: options.allowsPrivate).fetch(
                address, limit: limit, heedsRobots: false)
            return (response.body, response.charset, response.address)
        } catch {
            throw ingestError(error, address)
        }
    }

    /// Whether anything is to be asked again.
    var goesOn: Bool { options.polls && (!places.isEmpty || options.feeds != nil) }

    /// Adds an address.
    mutating func add(_ address: String) {
        if memory.feeds[address]?.isGone == true {
            // Servers say so for good.
            due.append(
                .remark(
                    place: Self.shown(address),
                    text: "it is gone for good, as its server said, and not asked again: take it off the list"))
            return
        }
        if places[address] == nil { places[address] = Place(next: .now) }
    }

    /// How long there is nothing to ask.
    var rest: Duration { max(.zero, (places.values.map(\.next).min() ?? .now + .seconds(1)) - .now) }

    /// The next event; nil where there is nothing to ask at present.
    mutating func next() -> IngestEvent? {
        settle()
        if let event = due.popLast() { return event }
        if let event = nextEntry() { return event }
        if pending != nil {
            // Whoever takes the articles makes them durable, now that there is nothing for a moment.
            isSettling = true
            return .idle
        }
        lookAtList()
        if let event = due.popLast() { return event }
        guard let address = places.min(by: { $0.value.next < $1.value.next })?.key, let place = places[address],
            place.next <= .now
        else { return nil }
        ask(address)
        return due.popLast() ?? nextEntry() ?? .idle
    }

    private mutating func settle() {
        guard isSettling, let pending else { return }
        isSettling = false
        memory.feeds[pending.address] = pending.feed
        self.pending = nil
        do {
            try memory.save()
            isForgetting = false
        } catch {
            // Once; articles are known by their journal, too.
            if isForgetting { return }
            isForgetting = true
            due.append(
                .remark(
                    place: OSString.shown(options.memory ?? ""), text: "what was read of feeds cannot be kept: \(error)"
                ))
        }
    }

    /// Asks for a page or feed.
    private mutating func ask(_ address: String) {
        var known = memory.feeds[address] ?? FeedMemory.Feed()
        do {
            let response = try fetcher.fetch(
                known.movedTo ?? address, limit: max(Page.limit, Feed.limit), heedsRobots: false, etag: known.etag,
                modified: known.modified)
            if known.errors > 0 { due.append(.remark(place: Self.shown(address), text: "it answers again")) }
            (known.errors, known.error) = (0, nil)
            known.lastSuccess = Timestamp.now()
            if let moved = response.movedTo, moved != known.movedTo {
                known.movedTo = moved
                due.append(
                    .remark(
                        place: Self.shown(address),
                        text: "it has moved to \(Self.shown(moved)) for good: name that from now on"))
            }
            known.etag = response.etag ?? (response.status == 304 ? known.etag : nil)
            known.modified = response.modified ?? (response.status == 304 ? known.modified : nil)
            let wait = options.polls ? Self.jittered(options.interval) : .seconds(86_400)
            places[address]?.next = .now + wait
            if response.status == 200 { take(response, from: address, &known) } else { pending = (address, known) }
            if !options.polls { places[address] = nil }
        } catch {
            failed(address, error, &known)
        }
    }

    private mutating func take(_ response: WebResponse, from address: String, _ known: inout FeedMemory.Feed) {
        if let feed = Feed(response.body, charset: response.charset, address: response.address) {
            let seen = Set(known.seen)
            let new = feed.entries.enumerated().filter { !seen.contains(Self.digest(of: $0.element)) }
            entries = new.map { ($0.element, feed, address, $0.offset + 1) }.reversed()
            noteFlood(new.count, of: address, isFirst: seen.isEmpty, &known)
            let ids = Set(feed.entries.compactMap(\.id))
            if known.uris?.count ?? 0 > FeedMemory.urisLimit {
                known.uris = known.uris?.filter { ids.contains($0.key) }
            }
            known.seen = (known.seen + new.map { Self.digest(of: $0.element) }).suffix(FeedMemory.seenLimit)
            pending = (address, known)
            return
        }
        // A page is asked for once.
        places[address] = nil
        do {
            let article = try ArticleReader(
                place: Self.shown(address), uri: Address.withoutCredentials(response.address)
            ).page(response.body, charset: response.charset, from: response.address)
            known.uris = [address: article.article.uri]
            pending = (address, known)
            due.append(.article(article))
        } catch {
            due.append(.failure(error))
        }
    }

    /// Says once a day of a feed that it brings more at once than feeds do.
    private mutating func noteFlood(
        _ count: Int, of address: String, isFirst: Bool, _ known: inout FeedMemory.Feed
    ) {
        guard !isFirst, count > Self.flood else { return }
        let isSaid = known.flooded.flatMap(Timestamp.parse).map { $0 > Timestamp.milliseconds() - 86_400_000 } ?? false
        known.flooded = Timestamp.now()
        known.flood = count
        guard !isSaid else { return }
        due.append(
            .remark(
                place: Self.shown(address),
                text: "it brings \(count) new entries at once, and all are read: look whether it is what it was"))
    }

    private mutating func failed(_ address: String, _ error: WebError, _ known: inout FeedMemory.Feed) {
        known.errors += 1
        known.error = error.description
        // Once; then nothing until it answers.
        if known.errors == 1 || !options.polls { due.append(.failure(Self.ingestError(error, address))) }
        known.isGone = error.code == .gone
        if known.isGone, let uri = known.uris?[address] {
            // A page that was published: what it said is taken back.
            due.insert(.article(ArticleReader(place: Self.shown(address)).withdrawal(of: uri, "gone")), at: 0)
        }
        memory.feeds[address] = known
        try? memory.save()
        if !options.polls || known.isGone {
            places[address] = nil
        } else {
            let backOff = options.interval * Double(1 << min(known.errors, 8))
            let wait = max(
                error.retryAfter.map { .seconds($0) } ?? .zero, min(Self.jittered(backOff), .seconds(86_400)))
            places[address]?.next = .now + wait
        }
    }

    static func ingestError(_ error: WebError, _ address: String) -> IngestError {
        let code: IngestError.Code =
            switch error.code {
            case .notFound, .gone: .notFound
            case .tooBig: .tooBig
            case .refused, .robots, .unavailable: .unreadable
            }
        let place = shown(address)
        let text = error.description
        let message = text.hasPrefix("\(place): ") ? String(text.dropFirst(place.count + 2)) : text
        return IngestError(
            code, message, place: place, remedy: error.isRetriable ? "try again later" : "check the address")
    }

    /// An address as others may see it.
    private static func shown(_ address: String) -> String {
        TextNormalization.line(Address.withoutCredentials(address), limit: 200)
    }

    private static func jittered(_ time: Duration) -> Duration { time * Double.random(in: 0.9...1.1) }

    private static func digest(of entry: Feed.Entry) -> String {
        String(
            Digest.identifier([
                "entry", entry.id ?? entry.link ?? "", entry.id == nil && entry.link == nil ? entry.title ?? "" : "",
                entry.updated ?? "", entry.deleted.map { "deleted \($0)" } ?? "",
            ]).prefix(20))
    }
}

extension WebSource {
    /// Full text that a feed has, in words; with less, its page is asked.
    private static let fullText = 120

    /// The next entry of a feed: with the feed's own text where that is whole, else with that of its page.
    private mutating func nextEntry() -> IngestEvent? {
        guard let (entry, feed, address, number) = entries.popLast() else { return nil }
        let reader = ArticleReader(place: Self.shown(address), uri: nil)
        if entry.deleted != nil, let id = entry.id {
            return .article(reader.withdrawal(of: pending?.feed.uris?[id] ?? id, "deleted"))
        }
        let own = Page.paragraphs(ofFragment: entry.content ?? "").joined(separator: " ")
        if own.split(separator: " ").count < Self.fullText, let link = entry.link, Self.isAddress(link) {
            do {
                let response = try fetcher.fetch(link, limit: Page.limit, heedsRobots: true)
                var article = try ArticleReader(place: Self.shown(link), uri: Address.withoutCredentials(link)).page(
                    response.body, charset: response.charset, from: response.address)
                if article.article.headline.isEmpty {
                    article.article.headline = Page.paragraphs(ofFragment: entry.title ?? "").joined(separator: " ")
                }
                if article.article.published == nil {
                    article.article.published =
                        [entry.published, entry.updated].lazy.compactMap { $0.flatMap { WrittenTime($0)?.rfc3339 } }
                        .first
                }
                remember(article, as: entry.id)
                return .article(article)
            } catch let error as WebError {
                due.append(ownText(entry, feed, reader, number))
                return .remark(
                    place: Self.shown(link), text: "the text is the feed's own, since the page cannot be read: \(error)"
                )
            } catch {
                // A page without an article, such as one of pictures.
            }
        }
        return ownText(entry, feed, reader, number)
    }

    /// Keeps in mind under what an entry is published, for when it is taken back.
    private mutating func remember(_ article: IncomingArticle, as id: String?) {
        guard let id, article.article.uri != id else { return }
        var uris = pending?.feed.uris ?? [:]
        uris[id] = article.article.uri
        pending?.feed.uris = uris
    }

    private mutating func ownText(
        _ entry: Feed.Entry, _ feed: Feed, _ reader: ArticleReader, _ number: Int
    ) -> IngestEvent {
        do {
            let article = try FeedArticles(reader: reader).article(of: entry, in: feed, number: number)
            remember(article, as: entry.id)
            return .article(article)
        } catch {
            return .failure(error)
        }
    }

    /// Reads the list of feeds where it has changed: an address a line, or the `xmlUrl`s of OPML.
    private mutating func lookAtList() {
        guard let list = options.feeds, lastLook.map({ .now - $0 >= .seconds(2) }) ?? true else { return }
        lastLook = .now
        guard let change = (try? FileStatus(path: list))?.change else {
            if listChange != -1 {
                due.append(
                    .failure(
                        IngestError(
                            .notFound, "the list of feeds is not there", place: list,
                            remedy: "make it; it is looked for again")))
            }
            listChange = -1
            return
        }
        guard change != listChange else { return }
        listChange = change
        do {
            let bytes = try WholeFile.bytes(of: list, limit: Feed.limit)
            let addresses = FeedList.addresses(in: bytes)
            for bad in addresses.filter({ !Self.isAddress($0) }) {
                due.append(
                    .failure(
                        IngestError(
                            .badArticle, "'\(TextNormalization.line(bad, limit: 100))' is no address of a feed",
                            place: list, remedy: "give one with http:// or https:// a line")))
            }
            let now = Set(addresses.filter(Self.isAddress))
            for gone in listed.subtracting(now) { places[gone] = nil }
            for new in now.subtracting(listed).sorted() { add(new) }
            listed = now
        } catch {
            due.append(.failure(error))
        }
    }
}
