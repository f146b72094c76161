internal import HTTP
internal import Presentation
internal import Sink
internal import Wire

/// The pages of the board, each read anew from the sink.
struct BoardPages: Sendable {
    let path: String
    let readers: SharedReaders
    let watch: BoardWatch
    /// The article and its analysis, where a service still has them.
    let text: @Sendable (SinkArticle) -> (Article, Analysis)?

    /// The answer for a path.
    /// - Throws: `BoardError`, or why the sink cannot be read.
    func page(_ request: HTTPRequest) throws -> HTTPResponse {
        // Before anything is read, so that a page is never older than it says.
        var frame = frame
        switch request.path {
        case "/": return Self.html(try list(BoardQuery(request.query), &frame))
        case "/person": return Self.html(try person(BoardQuery(request.query, besides: ["name"]), &frame))
        case "/people":
            return Self.html(try people(BoardQuery(request.query, only: ["speaker", "since", "until"]), &frame))
        case "/state":
            _ = try BoardQuery(request.query, only: [])
            return Self.html(StatePage(path: path, reader: readers).html(&frame))
        case let path where path.hasPrefix("/article/"):
            let query = try BoardQuery(request.query, only: ["at"])
            return try article(String(path.dropFirst("/article/".count)), at: query.values["at"], &frame)
        default: throw BoardError.missing("There is no page \(request.path) here.")
        }
    }

    /// What stands around a page that is made now.
    var frame: PageFrame {
        let now = watch.now()
        let version = watch.version(of: now)
        return PageFrame(title: "", moment: (now, version.page, version.state))
    }

    private static func html(_ page: String) -> HTTPResponse {
        HTTPResponse(type: "text/html; charset=utf-8", page)
    }

    // MARK: - Lists

    private static let toCheck = ["kind": "claim", "least": "0.8"]

    private func list(_ query: BoardQuery, _ frame: inout PageFrame) throws -> String {
        let articles: [SinkArticle]
        (articles, frame.sources) = try readers.read { reader in
            (try reader.articles(query.search, before: query.before), try reader.sources())
        }
        let isClaims = query.values == Self.toCheck
        frame.query = query
        frame.title =
            query.values["q"].map { "“\($0)”" } ?? (isClaims ? "To check" : query.isNarrowed ? "Found" : "Latest")
        frame.place = query.values.isEmpty ? "/" : isClaims ? PageFrame.toCheck : ""
        return frame.html { [title = frame.title] page in
            page.element("h1", title)
            if !isClaims { Self.writeFilters(query.filters("/"), &page) }
            Self.write(articles, query, "/", &page)
        }
    }

    /// Writes what narrows a list, each as a link to the list without it.
    private static func writeFilters(_ filters: [(words: String, without: String)], _ page: inout Markup) {
        guard !filters.isEmpty else { return }
        page.begin("ul", ["class": "chips", "aria-label": "Filters in force"])
        for (words, without) in filters {
            page.begin("li")
            page.begin("a", ["href": without])
            page.element("span", ["class": "unseen"], "Remove ")
            page.element("bdi", words)
            page.element("span", ["aria-hidden": "true"], " ×")
            page.end()
            page.end()
        }
        page.end()
    }

    private func person(_ query: BoardQuery, _ frame: inout PageFrame) throws -> String {
        guard let name = query.values["name"] else { throw BoardError.bad("Whose page it is has to be said: ?name=…") }
        let (voice, articles, facts) = try readers.read { reader in
            let voice = try reader.voice(name)
            return (
                voice, try reader.articles(query.search, by: voice, before: query.before), try reader.person(voice)
            )
        }
        guard facts.quotes + facts.claims > 0 else {
            throw BoardError.missing("Nothing that stands now is said by ‘\(name)’.")
        }
        frame.title = voice.name
        return frame.html { page in
            PersonHead(name: voice.name, facts: facts).write(&page)
            Self.write(articles, query, "/person", &page)
        }
    }

    private func people(_ query: BoardQuery, _ frame: inout PageFrame) throws -> String {
        var search = query.search
        search.limit = 200
        let speakers = try readers.read { [search] reader in try reader.speakers(search, amongNewest: true) }
        frame.title = "People"
        frame.place = "/people"
        return frame.html { page in
            page.element("h1", "People")
            page.element(
                "p", ["class": "origin"], "Who said most in the newest \(SinkReader.mostCounted) quotes and claims")
            page.begin("ul", ["id": "people", "class": "people", "data-live": ""])
            for speaker in speakers {
                page.begin("li")
                page.begin("a", ["href": ArticleCard.person(speaker.speaker)])
                page.element("bdi", speaker.speaker)
                page.end()
                page.element("span", " \(Self.count(speaker.quotes, "quote")), \(Self.count(speaker.claims, "claim"))")
                if let spellings = speaker.spellings {
                    let others = Set(spellings.map(\.name)).subtracting([speaker.speaker]).sorted()
                    if !others.isEmpty {
                        page.element("bdi", ["class": "also"], "also \(others.joined(separator: ", "))")
                    }
                }
                page.end()
            }
            page.end()
            if speakers.isEmpty { page.element("p", ["class": "none"], "Nobody has said anything yet.") }
        }
    }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Writes articles as a list, and where it goes on.
    private static func write(
        _ articles: [SinkArticle], _ query: BoardQuery, _ path: String, _ page: inout Markup
    ) {
        page.begin("ol", ["id": "list", "class": "cards", "data-live": ""])
        for article in articles {
            page.begin("li", ["id": "a-\(article.id)"])
            ArticleCard(article: article).write(&page)
            page.end()
            page.literal("\n")
        }
        page.end()
        page.begin("div", ["id": "rest", "data-live": ""])
        if articles.isEmpty {
            page.element(
                "p", ["class": "none"],
                query.isNarrowed || query.before != nil ? "Nothing was found." : "Nothing has come yet.")
        }
        if articles.count == BoardQuery.articles, let last = articles.last {
            page.begin("p", ["class": "further"])
            page.element(
                "a", ["href": query.address(path, with: "before", String(last.key)), "rel": "next"], "Earlier")
            page.end()
        }
        page.end()
        page.literal("\n")
    }

    // MARK: - One article

    /// The page of an article; with a passage, what leads to its place there.
    private func article(_ id: String, at passage: String?, _ frame: inout PageFrame) throws -> HTTPResponse {
        let found = try readers.read { reader in
            let article = try reader.article(id)
            let successor = try article.flatMap { $0.standing == .replaced ? try reader.current(of: $0.uri) : nil }
            return (article, successor)
        }
        guard let article = found.0 else {
            throw BoardError.missing("There is no such article; it may have been erased.")
        }
        guard article.standing != .withdrawn else {
            throw BoardError(status: 410, reason: "Its publisher took this article back.")
        }
        // A service that does not answer is not waited for.
        let isThere = frame.moment?.known.services.map { services in
            services.allSatisfy { $0.condition != ServiceReport.silent }
        }
        let whole = isThere == false ? nil : text(article)
        let page = whole.map { ArticlePage($0.0, $0.1, number: 1, person: ArticleCard.person) }
        if let passage {
            let place = page.map { $0.place(of: passage) ?? "" } ?? ArticleCard.place(of: passage)
            return HTTPResponse(
                status: 303, type: "text/plain; charset=utf-8", "",
                headers: [("Location", "\(ArticleCard.address(id))#\(HTTPRequest.encoded(place))")])
        }
        frame.title = article.headline
        let html = frame.html { [whole = page] page in
            page.begin("div", ["id": "article", "class": whole == nil ? "single" : "whole", "data-live": ""])
            if article.standing == .replaced {
                page.begin("p", ["class": "notice"])
                page.text("A later version of this article has taken its place. ")
                if let successor = found.1 {
                    page.element("a", ["href": ArticleCard.address(successor.id)], "Read that")
                }
                page.end()
            }
            if let whole {
                whole.write(&page)
            } else {
                page.begin("h1", ["id": "h-\(article.id)"])
                page.element("bdi", article.headline.isEmpty ? ArticleCard.untitled : article.headline)
                page.end()
                ArticleCard(article: article, isWhole: true).write(&page)
                page.element(
                    "p", ["class": "none"],
                    "This is what the database has. The producer and the analyzer, which have the text, do not give it now."
                )
            }
            page.end()
        }
        return Self.html(html)
    }
}
