internal import HTTP
internal import Presentation
internal import Sink

/// The pages of the board, each read anew from the sink.
struct BoardPages: Sendable {
    let readers: SharedReaders
    /// What tells one state of the sink from the next.
    let version: @Sendable () -> String

    /// The page of a path.
    /// - Throws: `BoardError`, or why the sink cannot be read.
    func page(_ request: HTTPRequest) throws -> String {
        // Before anything is read, so that a page is never older than it says.
        let version = version()
        switch request.path {
        case "/": return try list(BoardQuery(request.query), version)
        case let path where path.hasPrefix("/article/"):
            return try article(String(path.dropFirst("/article/".count)), request.query, version)
        default: throw BoardError.missing("There is no page \(request.path) here.")
        }
    }

    // MARK: - Articles

    private func list(_ query: BoardQuery, _ version: String) throws -> String {
        let (articles, sources) = try readers.read { reader in
            (try reader.articles(query.search, before: query.before), try reader.sources())
        }
        let words = query.values["q"]
        let isClaims = query.values == ["kind": "claim"]
        let title = words.map { "“\($0)”" } ?? (isClaims ? "To check" : query.isNarrowed ? "Found" : "Latest")
        let place = query.values.isEmpty ? "/" : isClaims ? "/?kind=claim" : ""
        return PageFrame(title: title, query: query, sources: sources, place: place).html(version: version) { page in
            page.element("h1", title)
            Self.write(articles, query, "/", &page)
        }
    }

    /// Writes articles as a list, and where it goes on.
    static func write(_ articles: [SinkArticle], _ query: BoardQuery, _ path: String, _ page: inout Markup) {
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

    private func article(_ id: String, _ query: [(name: String, value: String)], _ version: String) throws -> String {
        guard query.isEmpty else { throw BoardError.bad("An article's page takes no query.") }
        let found = try readers.read { reader in try reader.article(id) }
        guard let article = found else {
            throw BoardError.missing("There is no such article; it may have been erased.")
        }
        guard article.standing != .withdrawn else {
            throw BoardError(status: 410, reason: "Its publisher took this article back.")
        }
        return PageFrame(title: article.headline).html(version: version) { page in
            page.begin("div", ["id": "article", "class": "single", "data-live": ""])
            page.begin("h1", ["id": "h-\(article.id)"])
            page.element("bdi", article.headline.isEmpty ? "Without a headline" : article.headline)
            page.end()
            if article.standing == .replaced {
                page.element("p", ["class": "notice"], "A later version of this article has taken its place.")
            }
            ArticleCard(article: article, isWhole: true).write(&page)
            page.end()
        }
    }
}
