internal import Feeds
internal import Pages
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Asks for one page or feed and for the pages of its entries, and gives what is new there; it blocks while it asks.
struct WebJob: Sendable {
    /// What becomes of an address that was asked.
    struct Outcome: Sendable {
        /// What is remembered of it, once what it gave is durable.
        var feed: FeedMemory.Feed
        /// When it is asked again.
        var again = Again.asBefore
    }

    /// When an address is asked again.
    enum Again: Sendable {
        case never
        case after(Duration)
        /// When it was to be asked anyway.
        case asBefore
    }

    /// Failures in a row after which what has moved is looked for where it was.
    private static let lost = 3

    let address: String
    let known: FeedMemory.Feed
    let options: WebOptions
    let fetcher: Fetcher
    /// Whether it stands on a list of feeds.
    let isListed: Bool
    /// Whether the address itself is asked for, or only the pages of entries that wait.
    let asksPlace: Bool
    /// When the asking began, in milliseconds from 1970.
    let start: Int64

    /// Asks, and gives each event in its order.
    ///
    /// - Parameter give: Takes an item of news, and waits until there is room for it.
    /// - Returns: What becomes of the address.
    func run(_ give: (WebDesk.News) -> Void) -> Outcome {
        var outcome = Outcome(feed: known)
        if asksPlace { ask(known.place(at: address), &outcome, give) }
        var entries = entries(outcome.feed)
        if outcome.feed.isGone {
            entries.giveUp { give(.event($0)) }
        } else if entries.memory.waiting?.isEmpty == false {
            give(.kept(address: address, entries.memory))
            entries.readPages({ give(.event($0)) }, keep: { give(.kept(address: address, $0)) })
        }
        outcome.feed = entries.memory
        return outcome
    }

    private func entries(_ memory: FeedMemory.Feed) -> FeedEntries {
        FeedEntries(
            address: address, options: options, fetcher: fetcher, start: options.polls ? nil : start, memory: memory)
    }

    private var place: String { WebSource.shown(address) }
    /// Whether what is here is a feed, whatever comes.
    private var isFeed: Bool { isListed || known.isFeed == true || !known.seen.isEmpty }

    private func ask(_ here: String, _ outcome: inout Outcome, _ give: (WebDesk.News) -> Void) {
        do throws(WebError) {
            let hasMoved = here != known.place(at: address)
            let response = try fetcher.fetch(
                here, limit: max(Page.limit, Feed.limit), heedsRobots: false, etag: hasMoved ? nil : known.etag,
                modified: hasMoved ? nil : known.modified)
            if response.status == 304 {
                guard known.etag != nil || known.modified != nil, !hasMoved else {
                    throw failure(
                        .unavailable, "the server answers that nothing has changed (304), and nothing is known")
                }
                answered(response, at: here, &outcome, give)
            } else {
                try take(response, from: here, &outcome, give)
            }
        } catch {
            if here != address, error.code != .unavailable || known.errors + 1 >= Self.lost {
                // It may have come back to where it was.
                (outcome.feed.movedTo, outcome.feed.found) = (nil, nil)
                (outcome.feed.etag, outcome.feed.modified) = (nil, nil)
                ask(address, &outcome, give)
            } else {
                failed(error, &outcome, give)
            }
        }
    }

    private func failure(_ code: WebError.Code, _ text: String) -> WebError {
        WebError(code: code, description: "\(place): \(text)")
    }

    /// Takes note of an answer.
    private func answered(
        _ response: WebResponse, at here: String, _ outcome: inout Outcome, _ give: (WebDesk.News) -> Void
    ) {
        outcome.again = options.polls ? .after(Self.jittered(options.interval)) : .never
        if outcome.feed.errors > 0 { give(.event(.note(.info, place: place, text: "it answers again"))) }
        (outcome.feed.errors, outcome.feed.error, outcome.feed.wanted) = (0, nil, nil)
        outcome.feed.lastSuccess = Timestamp.now()
        if let moved = response.movedTo, moved != known.place(at: address) {
            if outcome.feed.found == nil { outcome.feed.movedTo = moved } else { outcome.feed.found = moved }
            give(
                .event(
                    .note(
                        .info, place: place,
                        text: "it has moved to \(WebSource.shown(moved)) for good: name that from now on")))
        }
        outcome.feed.etag = response.etag ?? (response.status == 304 ? outcome.feed.etag : nil)
        outcome.feed.modified = response.modified ?? (response.status == 304 ? outcome.feed.modified : nil)
    }

    /// Takes what came: a feed, a page that names one, or a page.
    private func take(
        _ response: WebResponse, from here: String, _ outcome: inout Outcome, _ give: (WebDesk.News) -> Void
    ) throws(WebError) {
        if let feed = Feed(response.body, charset: response.charset, address: response.address) {
            outcome.feed.isFeed = true
            answered(response, at: here, &outcome, give)
            var entries = entries(outcome.feed)
            entries.take(feed, { give(.event($0)) }, keep: { give(.kept(address: address, $0)) })
            outcome.feed = entries.memory
            return
        }
        guard isFeed else { return page(response, &outcome, give) }
        // Such as a notice of maintenance: it is no article, and the feed may come back.
        guard isListed, known.isFeed != true, known.seen.isEmpty else {
            throw failure(.noFeed, "it was a feed, and answers with something that is none")
        }
        guard outcome.feed.found == nil,
            let found = FeedLink.first(in: response.body, charset: response.charset, address: response.address),
            WebSource.isAddress(found), found != here
        else {
            let type = response.type.isEmpty ? "" : " (\(TextNormalization.line(response.type, limit: 60)))"
            throw failure(.noFeed, "no feed is here, but something else\(type) that names none")
        }
        outcome.feed.found = found
        give(
            .event(
                .note(
                    .info, place: place,
                    text:
                        "it is a page that names the feed \(WebSource.shown(found)), which is read: name that from now on"
                )))
        ask(found, &outcome, give)
    }

    /// Takes a page, which is asked for once.
    private func page(_ response: WebResponse, _ outcome: inout Outcome, _ give: (WebDesk.News) -> Void) {
        answered(response, at: address, &outcome, give)
        outcome.again = .never
        do throws(IngestError) {
            guard WebResponse.isPage(response.type), !response.body.starts(with: "%PDF-".utf8) else {
                throw IngestError(
                    .notText, "it is neither page nor feed, but \(TextNormalization.line(response.type, limit: 60))",
                    place: place, remedy: "name the page of an article, or a feed")
            }
            let article = try ArticleReader(place: place, uri: Address.withoutCredentials(response.address)).page(
                response.body, charset: response.charset, from: response.address)
            outcome.feed.uris = [address: article.article.uri]
            give(.event(.article(article)))
        } catch {
            give(.event(.failure(error)))
        }
    }

    private func failed(_ error: WebError, _ outcome: inout Outcome, _ give: (WebDesk.News) -> Void) {
        if error.isHeldBack, options.polls {
            // Nothing was asked, and nothing failed.
            outcome.again = .after(max(.seconds(error.retryAfter ?? 0), Self.jittered(options.interval)))
            return
        }
        outcome.feed.errors += 1
        outcome.feed.wanted = error.retryAfter.map { Timestamp.milliseconds() + Int64($0) * 1_000 }
        outcome.feed.error = error.description
        outcome.feed.isGone = error.code == .gone
        outcome.again = .never
        var wait: Duration?
        if options.polls, !outcome.feed.isGone {
            let backOff = options.interval * Double(1 << min(outcome.feed.errors, 8))
            let time = max(
                error.retryAfter.map { .seconds($0) } ?? .zero, min(Self.jittered(backOff), .seconds(86_400)))
            outcome.again = .after(time)
            wait = time
        }
        // Once; then nothing until it answers.
        if outcome.feed.errors == 1 || !options.polls {
            give(.event(.failure(WebSource.ingestError(error, address, again: wait))))
        }
        if outcome.feed.isGone, let uri = known.uris?[address] {
            // A page that was published: what it said is taken back.
            give(.event(.article(ArticleReader(place: place).withdrawal(of: uri, "gone"))))
        }
    }

    static func jittered(_ time: Duration) -> Duration { time * Double.random(in: 0.9...1.1) }
}
