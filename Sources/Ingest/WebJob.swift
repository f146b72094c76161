internal import Feeds
internal import Pages
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Asks for one page or feed, and gives what is new there; it blocks while it asks.
struct WebJob: Sendable {
    /// What becomes of an address that was asked.
    struct Outcome: Sendable {
        /// What is remembered of it, once what it gave is durable.
        var feed: FeedMemory.Feed
        /// How long to wait before it is asked again; nil for never.
        var again: Duration?
    }

    /// New entries that a feed brings at once before that is remarkable.
    private static let flood = 200
    /// Full text that a feed has, in words; with less, its page is asked.
    private static let fullText = 120

    let address: String
    let known: FeedMemory.Feed
    let options: WebOptions
    let fetcher: Fetcher

    /// Asks, and gives each event in its order.
    ///
    /// - Parameter give: Takes an event, and waits until there is room for it.
    /// - Returns: What becomes of the address.
    func run(_ give: (IngestEvent) -> Void) -> Outcome {
        var outcome = Outcome(feed: known)
        do {
            let response = try fetcher.fetch(
                known.movedTo ?? address, limit: max(Page.limit, Feed.limit), heedsRobots: false, etag: known.etag,
                modified: known.modified)
            outcome.again = options.polls ? Self.jittered(options.interval) : nil
            note(response, in: &outcome.feed, give)
            if response.status == 200 { take(response, &outcome, give) }
        } catch {
            failed(error, &outcome, give)
        }
        return outcome
    }

    private var place: String { WebSource.shown(address) }

    /// Takes note of an answer.
    private func note(_ response: WebResponse, in feed: inout FeedMemory.Feed, _ give: (IngestEvent) -> Void) {
        if feed.errors > 0 { give(.remark(place: place, text: "it answers again")) }
        (feed.errors, feed.error) = (0, nil)
        feed.lastSuccess = Timestamp.now()
        if let moved = response.movedTo, moved != feed.movedTo {
            feed.movedTo = moved
            give(
                .remark(
                    place: place,
                    text: "it has moved to \(WebSource.shown(moved)) for good: name that from now on"))
        }
        feed.etag = response.etag ?? (response.status == 304 ? feed.etag : nil)
        feed.modified = response.modified ?? (response.status == 304 ? feed.modified : nil)
    }

    private func take(_ response: WebResponse, _ outcome: inout Outcome, _ give: (IngestEvent) -> Void) {
        if let feed = Feed(response.body, charset: response.charset, address: response.address) {
            take(feed, &outcome.feed, give)
            return
        }
        guard known.seen.isEmpty else {
            // Such as a notice of maintenance: it is no article, and the feed may come back.
            let error = WebError(
                code: .unavailable, description: "\(place): it was a feed, and answers with something that is none")
            failed(error, &outcome, give)
            return
        }
        // A page is asked for once.
        outcome.again = nil
        do {
            let article = try ArticleReader(place: place, uri: Address.withoutCredentials(response.address)).page(
                response.body, charset: response.charset, from: response.address)
            outcome.feed.uris = [address: article.article.uri]
            give(.article(article))
        } catch {
            give(.failure(error))
        }
    }

    private func take(_ feed: Feed, _ memory: inout FeedMemory.Feed, _ give: (IngestEvent) -> Void) {
        let seen = Set(memory.seen)
        let new = feed.entries.enumerated().filter { !seen.contains(Self.digest(of: $0.element)) }
        noteFlood(new.count, isFirst: seen.isEmpty, &memory, give)
        let ids = Set(feed.entries.compactMap(\.id))
        if memory.uris?.count ?? 0 > FeedMemory.urisLimit {
            memory.uris = memory.uris?.filter { ids.contains($0.key) }
        }
        memory.seen = (memory.seen + new.map { Self.digest(of: $0.element) }).suffix(FeedMemory.seenLimit)
        for (index, entry) in new { take(entry, of: feed, number: index + 1, &memory, give) }
    }

    /// Says once a day of a feed that it brings more at once than feeds do.
    private func noteFlood(
        _ count: Int, isFirst: Bool, _ memory: inout FeedMemory.Feed, _ give: (IngestEvent) -> Void
    ) {
        guard !isFirst, count > Self.flood else { return }
        let isSaid = memory.flooded.flatMap(Timestamp.parse).map { $0 > Timestamp.milliseconds() - 86_400_000 } ?? false
        memory.flooded = Timestamp.now()
        memory.flood = count
        guard !isSaid else { return }
        give(
            .remark(
                place: place,
                text: "it brings \(count) new entries at once, and all are read: look whether it is what it was"))
    }

    private func failed(_ error: WebError, _ outcome: inout Outcome, _ give: (IngestEvent) -> Void) {
        outcome.feed.errors += 1
        outcome.feed.error = error.description
        // Once; then nothing until it answers.
        if outcome.feed.errors == 1 || !options.polls { give(.failure(WebSource.ingestError(error, address))) }
        outcome.feed.isGone = error.code == .gone
        if outcome.feed.isGone, let uri = known.uris?[address] {
            // A page that was published: what it said is taken back.
            give(.article(ArticleReader(place: place).withdrawal(of: uri, "gone")))
        }
        guard options.polls, !outcome.feed.isGone else { return }
        let backOff = options.interval * Double(1 << min(outcome.feed.errors, 8))
        outcome.again = max(
            error.retryAfter.map { .seconds($0) } ?? .zero, min(Self.jittered(backOff), .seconds(86_400)))
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

extension WebJob {
    /// Gives an entry of a feed: with the feed's own text where that is whole, else with that of its page.
    private func take(
        _ entry: Feed.Entry, of feed: Feed, number: Int, _ memory: inout FeedMemory.Feed, _ give: (IngestEvent) -> Void
    ) {
        let reader = ArticleReader(place: place, uri: nil)
        if entry.deleted != nil, let id = entry.id {
            // A feed takes back what it brought, and nothing of others.
            if let uri = memory.uris?[id] { give(.article(reader.withdrawal(of: uri, "deleted"))) }
            return
        }
        let own = Page.paragraphs(ofFragment: entry.content ?? "").joined(separator: " ")
        if own.split(separator: " ").count < Self.fullText, let link = entry.link, WebSource.isAddress(link) {
            do {
                let article = try page(at: link, of: entry)
                remember(article, as: entry.id, in: &memory)
                give(.article(article))
                return
            } catch let error as WebError {
                if let uri = entry.id.flatMap({ memory.uris?[$0] }) {
                    missed(entry, link, uri, error, &memory, give)
                    return
                }
                give(
                    .remark(
                        place: WebSource.shown(link),
                        text: "the text is the feed's own, since the page cannot be read: \(error)"))
            } catch {
                // A page without an article, such as one of pictures.
            }
        }
        do {
            let article = try FeedArticles(reader: reader).article(of: entry, in: feed, number: number)
            remember(article, as: entry.id, in: &memory)
            give(.article(article))
        } catch {
            give(.failure(error))
        }
    }

    /// The page of an entry that was published before cannot be read: its full text is not replaced by the feed's few words.
    private func missed(
        _ entry: Feed.Entry, _ link: String, _ uri: String, _ error: WebError, _ memory: inout FeedMemory.Feed,
        _ give: (IngestEvent) -> Void
    ) {
        if error.code == .gone {
            give(.article(ArticleReader(place: place).withdrawal(of: uri, "gone")))
            return
        }
        // It is asked again with the feed.
        if error.isRetriable { memory.seen.removeAll { $0 == Self.digest(of: entry) } }
        give(
            .remark(
                place: WebSource.shown(link),
                text: "the article stays as it was, since its page cannot be read: \(error)"))
    }

    /// The article on the page of an entry, with what the entry knows and the page does not say.
    /// - Throws: `WebError` or `IngestError`.
    private func page(at link: String, of entry: Feed.Entry) throws -> IncomingArticle {
        let response = try fetcher.fetch(link, limit: Page.limit, heedsRobots: true)
        var article = try ArticleReader(place: WebSource.shown(link), uri: Address.withoutCredentials(link)).page(
            response.body, charset: response.charset, from: response.address)
        if article.article.headline.isEmpty {
            article.article.headline = Page.paragraphs(ofFragment: entry.title ?? "").joined(separator: " ")
        }
        if article.article.published == nil {
            article.article.published =
                [entry.published, entry.updated].lazy.compactMap { $0.flatMap { WrittenTime($0)?.rfc3339 } }.first
        }
        return article
    }

    /// Keeps in mind under what an entry is published, for when it is taken back.
    private func remember(_ article: IncomingArticle, as id: String?, in memory: inout FeedMemory.Feed) {
        guard let id else { return }
        memory.uris = (memory.uris ?? [:]).merging([id: article.article.uri]) { $1 }
    }
}
