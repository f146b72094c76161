internal import Feeds
internal import Pages
internal import Service
internal import TextInput
internal import Web
internal import Wire

extension FeedEntries {
    /// How long pages of one feed are read before others have their turn.
    private static let turn = Duration.seconds(30)
    /// Entries that wait before it is said how many do, and how often that is said, in milliseconds.
    private static let many = 60
    private static let telling: Int64 = 60_000
    /// Words of a feed's own text with which it is no mere teaser.
    private static let plenty = 60

    /// Reads the pages of entries that wait and are due, each once, for as long as it is this feed's turn.
    ///
    /// - Parameters:
    ///   - give: Takes an event.
    ///   - keep: Takes what may be remembered once all events before are durable.
    mutating func readPages(_ give: (IngestEvent) -> Void, keep: (FeedMemory.Feed) -> Void) {
        let end = ContinuousClock.now + Self.turn
        var failures: (count: Int, text: String, next: Int64)?
        var (rest, untouched) = ([WaitingEntry](), (memory.waiting ?? [])[...])
        tellProgress(give)
        while let entry = untouched.popFirst() {
            guard .now < end else {
                untouched = [entry] + untouched
                break
            }
            guard entry.isDue(at: Timestamp.milliseconds(), start: start) else {
                rest.append(entry)
                continue
            }
            if let (again, error) = read(entry, give) {
                rest.append(again)
                let next = min(again.next ?? .max, failures?.next ?? .max)
                failures = ((failures?.count ?? 0) + 1, failures?.text ?? error.description, next)
            }
            memory.waiting = rest + untouched
            keep(memory)
        }
        memory.waiting = rest + untouched
        if let failures { tell(failures.count, failures.text, failures.next, give) }
        tellProgress(give)
    }

    /// Publishes what the feed itself has of entries whose pages will not be asked for any more.
    mutating func giveUp(_ give: (IngestEvent) -> Void) {
        for one in memory.waiting.take() ?? [] { takeOwn(one, "the feed is gone", give) }
    }

    /// Says how many entries wait, while they are many.
    private mutating func tellProgress(_ give: (IngestEvent) -> Void) {
        let count = memory.waiting?.count { $0.tries == 0 } ?? 0
        let now = Timestamp.milliseconds()
        if count >= Self.many, memory.told.map({ now - $0 >= Self.telling || $0 > now }) ?? true {
            memory.told = now
            give(
                .note(
                    .info, place: place,
                    text: "\(count) entries wait for their pages, which are read one after the other; onrecord status "
                        + "shows how many are left"))
        } else if count == 0, memory.told != nil {
            memory.told = nil
            give(.note(.info, place: place, text: "the pages of all its entries were asked for"))
        }
    }

    /// Says once for all that pages could not be read for the moment.
    private func tell(_ count: Int, _ text: String, _ next: Int64, _ give: (IngestEvent) -> Void) {
        let entries = count == 1 ? "the page of an entry" : "the pages of \(count) entries"
        let message = "\(entries) could not be read (\(text))"
        let outcome = "what is new waits until then, and what was published stays as it was"
        let limit = "at most \(WaitingEntry.limit) times"
        guard options.polls else {
            return give(
                .failure(
                    IngestError(
                        .unreadable, message, place: place, remedy: "start again, \(limit); \(outcome)")))
        }
        let wait = WebSource.shown(.milliseconds(max(0, next - Timestamp.milliseconds())))
        give(.note(.warning, place: place, text: "\(message): asked again in \(wait), \(limit); \(outcome)"))
    }

    /// Reads the page of an entry.
    /// - Returns: The entry where it is to wait on, with the reason.
    private mutating func read(_ one: WaitingEntry, _ give: (IngestEvent) -> Void) -> (WaitingEntry, WebError)? {
        var one = one
        let link = FeedArticles.page(of: one.entry) ?? ""
        do {
            let article = try page(at: link, of: one.entry)
            // Such as a page that asks for consent, or for money.
            let own = words(one.entry)
            if own >= Self.plenty, own > article.article.body.split(whereSeparator: \.isWhitespace).count {
                throw IngestError(.empty, "it has less than its feed", place: link, remedy: "")
            }
            remember(article, as: one.entry.key)
            give(.article(article))
        } catch let error as WebError {
            let isRemembered = options.polls || options.memory != nil
            if isRemembered,
                one.failed(
                    error, interval: options.interval, jitter: .random(in: 0.9...1.1), at: Timestamp.milliseconds())
            {
                return (one, error)
            }
            if error.code == .gone, let uri = published(one.entry) {
                give(.article(reader.withdrawal(of: uri, "gone")))
            } else {
                takeOwn(one, "\(error)\(one.tries > 1 ? ", asked for \(one.tries) times" : "")", give)
            }
        } catch {
            // A page without an article, such as one of pictures.
            takeOwn(one, nil, isWhole: words(one.entry) >= Self.fullText, give)
        }
        return nil
    }

    /// Publishes what the feed itself has of an entry, but where its page was published before: full text is not replaced by few words.
    private mutating func takeOwn(
        _ one: WaitingEntry, _ reason: String?, isWhole: Bool = false, _ give: (IngestEvent) -> Void
    ) {
        let place = WebSource.shown(one.entry.link ?? "")
        if published(one.entry) != nil, !isWhole {
            give(
                .note(
                    .warning, place: place,
                    text:
                        "the article stays as it was, since its page cannot be read: \(reason ?? "no article is there")"
                ))
            return
        }
        if let reason {
            give(
                .remark(
                    place: place, text: "the text is the feed's own, since the page cannot be read: \(reason)"))
        }
        var feed = Feed()
        (feed.title, feed.language) = (one.feed, one.language)
        give(event(of: one.entry, number: one.number, in: feed))
    }

    private func published(_ entry: Feed.Entry) -> String? { entry.key.flatMap { memory.uris?[$0] } }

    /// The article on the page of an entry, with what the entry knows and the page does not say.
    /// - Throws: `WebError` or `IngestError`.
    private func page(at link: String, of entry: Feed.Entry) throws -> IncomingArticle {
        let response = try fetcher.fetch(link, limit: Page.limit, heedsRobots: true, accepts: WebResponse.isPage)
        var article = try ArticleReader(place: WebSource.shown(link), uri: Address.withoutCredentials(link)).page(
            response.body, charset: response.charset, from: response.address)
        if article.article.headline.isEmpty {
            article.article.headline = Page.paragraphs(ofFragment: entry.title ?? "").joined(separator: " ")
        }
        if article.article.published == nil {
            article.article.published =
                [entry.published, entry.updated].lazy.compactMap { $0.flatMap { WrittenTime($0)?.rfc3339 } }.first
        }
        article.remarks += FeedArticles.remarks(on: entry)
        return article
    }
}
