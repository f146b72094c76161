internal import Feeds
internal import Pages
internal import TextInput
internal import Wire

/// Makes articles of a feed's entries.
struct FeedArticles {
    let reader: ArticleReader

    /// An article an entry, in the feed's order, and an error for each that is none; or one error for what is no feed.
    func events(_ bytes: [UInt8]) -> [IngestEvent] {
        guard let feed = Feed(bytes) else { return newsItems(bytes) }
        var events: [IngestEvent] = []
        for (index, entry) in feed.entries.enumerated() {
            do {
                events.append(.article(try article(of: entry, in: feed, number: index + 1)))
            } catch {
                events.append(.failure(error))
            }
        }
        return events
    }

    /// The articles of NewsML-G2, or one error for what is neither that nor a feed.
    private func newsItems(_ bytes: [UInt8]) -> [IngestEvent] {
        func refused(_ message: String, _ remedy: String) -> [IngestEvent] {
            var error = IngestError(.badArticle, message, place: reader.place, remedy: remedy)
            error.input = bytes
            return [.failure(error)]
        }
        let items: [NewsItem]
        do {
            items = try NewsItem.items(in: bytes)
        } catch {
            return switch error {
            case .declaresEntities: refused("it declares entities of its own", "send it without a document type")
            case .otherFormat:
                refused(
                    "it is neither a feed of RSS, RDF or Atom nor NewsML-G2",
                    "check that it is whole, or give pages as .html")
            }
        }
        var events: [IngestEvent] = []
        for item in items {
            if let reason = item.withdrawal, let uri = item.uri {
                events.append(.article(reader.withdrawal(of: uri, reason)))
                continue
            }
            do {
                let body = Page.paragraphs(ofFragment: item.markup ?? "").joined(separator: "\n\n")
                var article = try reader.finished(
                    uri: item.uri, version: item.version, headline: item.headline ?? "",
                    language: item.language.flatMap { try? reader.checkedLanguage($0) },
                    published: item.published, source: item.publisher, body: TextNormalization.text(body), remarks: [],
                    isDecoded: true)
                article.byline = item.byline
                events.append(.article(article))
            } catch {
                events.append(.failure(Self.refused(item, error)))
            }
        }
        return events
    }

    /// The error with what it refuses, as JSON.
    private static func refused(_ item: some Encodable, _ error: IngestError) -> IngestError {
        var error = error
        error.input = try? JSON.encode(item)
        return error
    }

    /// The article of an entry, from what the feed itself has of its text.
    func article(of entry: Feed.Entry, in feed: Feed, number: Int) throws(IngestError) -> IncomingArticle {
        var reader = reader
        reader.place += "#\(number)"
        reader.uri = reader.uri.map { "\($0)#\(number)" }
        if entry.deleted != nil, let id = entry.id { return reader.withdrawal(of: id, "deleted") }
        do {
            return try standing(entry, in: feed, reader)
        } catch {
            throw Self.refused(entry, error)
        }
    }

    private func standing(
        _ entry: Feed.Entry, in feed: Feed, _ reader: ArticleReader
    ) throws(IngestError) -> IncomingArticle {
        let body =
            [entry.content, entry.summary].lazy.compactMap { $0 }.map(Page.paragraphs(ofFragment:)).first {
                !$0.isEmpty
            } ?? []
        let title = Page.paragraphs(ofFragment: entry.title ?? "").joined(separator: " ")
        var article = try reader.finished(
            uri: [entry.link, entry.id].lazy.compactMap { $0 }.first {
                $0.contains(":") && !$0.contains(where: \.isWhitespace)
            },
            headline: title, language: (entry.language ?? feed.language).flatMap { try? reader.checkedLanguage($0) },
            published: entry.published ?? entry.updated,
            source: feed.title.map { Page.paragraphs(ofFragment: $0).joined(separator: " ") },
            body: TextNormalization.text((body.isEmpty ? [title] : body).joined(separator: "\n\n")), remarks: [],
            isDecoded: true)
        article.byline = entry.author.map { [$0] } ?? []
        return article
    }
}
