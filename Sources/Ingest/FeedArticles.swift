internal import Feeds
internal import Pages
internal import TextInput
internal import Wire

/// Makes articles of a feed's entries.
struct FeedArticles {
    let reader: ArticleReader

    /// An article an entry, in the feed's order, and an error for each that is none; or one error for what is no feed.
    func events(_ bytes: [UInt8]) -> [IngestEvent] {
        guard let feed = Feed(bytes)?.withoutSharedPages(where: { _ in true }) else { return newsItems(bytes) }
        var events: [IngestEvent] = []
        let outdated = outdated(in: feed)
        for (index, entry) in feed.entries.enumerated() {
            if outdated.contains(index) {
                let place = "\(reader.place)#\(index + 1)"
                events.append(.ignored(place: place, reason: "an earlier version of another entry"))
                continue
            }
            do {
                events.append(.article(try article(of: entry, in: feed, number: index + 1)))
            } catch {
                events.append(.failure(error))
            }
        }
        return events
    }

    /// The articles of NewsML-G2 or NITF, or one error for what is neither that nor a feed.
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
                    "it is neither a feed of RSS, RDF or Atom nor NewsML-G2 or NITF",
                    "check that it is whole, or give pages as .html")
            }
        }
        var events: [IngestEvent] = []
        for item in items {
            var reader = reader
            if let uri = item.uri { reader.place += "#\(TextNormalization.line(uri, limit: 200))" }
            if let reason = item.withdrawal, let uri = item.uri {
                events.append(.article(reader.withdrawal(of: uri, reason, version: item.version)))
                continue
            }
            if let kind = item.kind, item.markup == nil {
                events.append(.ignored(place: reader.place, reason: "of the class \(kind), without a text"))
                continue
            }
            do {
                try reader.heed(
                    [item.embargo.map(Embargo.init(until:)), item.release.flatMap(Embargo.init(release:))].compactMap(
                        \.self))
                let body = Page.paragraphs(ofFragment: item.markup ?? "").joined(separator: "\n\n")
                var article = try reader.finished(
                    uri: item.uri, version: item.version, headline: item.headline ?? "",
                    language: item.language.flatMap { try? reader.checkedLanguage($0) },
                    published: item.published, source: item.publisher, body: TextNormalization.text(body), remarks: [],
                    isDecoded: true)
                article.byline = item.byline.flatMap(Page.names(inByline:))
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
        reader.uri = nil
        if entry.deleted != nil, let id = entry.id {
            var withdrawal = reader.withdrawal(of: id, "deleted")
            withdrawal.entry = id
            withdrawal.occasion = Digest.identifier(["reading", self.reader.place, id, entry.deleted ?? ""])
            return withdrawal
        }
        do {
            return try standing(entry, in: feed, reader, known: identity(of: entry))
        } catch {
            throw Self.refused(entry, error)
        }
    }

    private func standing(
        _ entry: Feed.Entry, in feed: Feed, _ reader: ArticleReader, known uri: String?
    ) throws(IngestError) -> IncomingArticle {
        let faults = entry.faults ?? []
        if !faults.isEmpty, [entry.title, entry.summary, entry.content].allSatisfy({ $0 == nil }) {
            throw IngestError(
                .badArticle, faults.joined(separator: ", "), place: reader.place, remedy: "have the feed mended")
        }
        let body =
            [entry.content, entry.summary].lazy.compactMap { $0 }.map(Page.paragraphs(ofFragment:)).first {
                !$0.isEmpty
            } ?? []
        let title = Page.paragraphs(ofFragment: entry.title ?? "").joined(separator: " ")
        var article = try reader.finished(
            uri: uri, headline: title,
            language: (entry.language ?? feed.language).flatMap { try? reader.checkedLanguage($0) },
            published: entry.published ?? entry.updated,
            source: feed.title.map { Page.paragraphs(ofFragment: $0).joined(separator: " ") },
            body: TextNormalization.text((body.isEmpty ? [title] : body).joined(separator: "\n\n")),
            remarks: Self.remarks(on: entry), isDecoded: true)
        article.byline = entry.author.map { [$0] } ?? []
        article.entry = entry.id == article.article.uri ? nil : entry.id
        return article
    }

    /// What is wrong with an entry and was left out.
    static func remarks(on entry: Feed.Entry) -> [Remark] { (entry.faults ?? []).map { Remark("\($0): left out") } }

    /// The address of an entry's page; nil where it names none of the web.
    static func page(of entry: Feed.Entry) -> String? {
        entry.link.map(Address.escaped).flatMap { ArticleAddress($0) == nil ? nil : $0 }
    }

    /// Schemes whose addresses lead to something of whoever reads them, or do something there.
    private static let active: Set<String> = [
        "javascript", "vbscript", "data", "file", "ftp", "blob", "about", "view-source", "jar",
    ]

    /// The entries that are others' earlier versions: of those with one identity the newest stands, and the first where dates do not
    /// tell, since feeds begin with what is new.
    func outdated(in feed: Feed) -> Set<Int> {
        var newest: [String: Int] = [:]
        var outdated: Set<Int> = []
        for (index, entry) in feed.entries.enumerated() where entry.deleted == nil {
            // Entries of different ids are different articles, whatever page they lead to.
            guard let identity = identity(of: entry).map({ "\($0) \(entry.id ?? "")" }) else { continue }
            guard let other = newest[identity] else {
                newest[identity] = index
                continue
            }
            let isNewer = (entry.time ?? .min) > (feed.entries[other].time ?? .max)
            outdated.insert(isNewer ? other : index)
            if isNewer { newest[identity] = index }
        }
        return outdated
    }

    /// What an entry is known by: the address of its page, else its own identifier, which counts within its feed where it is no
    /// URI; nil where it has neither.
    private func identity(of entry: Feed.Entry) -> String? {
        for address in [Self.page(of: entry), entry.id.map(Address.escaped)] {
            guard let known = address.flatMap({ ArticleAddress($0)?.text }) else { continue }
            if known.utf8.count <= ArticleReader.uriLimit { return known }
        }
        guard let id = entry.id, !id.isEmpty else { return nil }
        let scheme = id.prefix { $0 != ":" }.lowercased()
        let isURI =
            scheme.utf8.count < id.utf8.count && scheme.first?.isLetter == true
            && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
            && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && id.utf8.count <= ArticleReader.uriLimit
        if isURI, !Self.active.contains(scheme) { return id }
        let name = Address.escaped(id).replacing("#", with: "%23")
        return reader.uri.map { "\($0)#\(name.utf8.count <= 500 ? name : Digest.identifier([id]))" }
    }
}

extension Feed {
    /// The feed without the addresses that entries of different identifiers share, in which case they would pass for versions of one
    /// article.
    ///
    /// - Parameter isWhole: Whether an entry has its text itself; of any other the page is the article.
    /// - Returns: The feed with fewer links.
    func withoutSharedPages(where isWhole: (Entry) -> Bool) -> Feed {
        var ids: [String: Set<String>] = [:]
        for entry in entries where entry.deleted == nil {
            if let link = entry.link, let id = entry.id, !id.isEmpty { ids[link, default: []].insert(id) }
        }
        var feed = self
        for (index, entry) in entries.enumerated() where entry.id?.isEmpty == false && isWhole(entry) {
            if let link = entry.link, ids[link, default: []].count > 1 { feed.entries[index].link = nil }
        }
        return feed
    }
}

extension Feed.Entry {
    /// What it is told by from other entries of its feed.
    var key: String? { id ?? link }

    /// When it was changed last, in milliseconds from 1970, or nil where it does not say.
    fileprivate var time: Int64? { (updated ?? published).flatMap { WrittenTime($0)?.sinceEpoch } }
}
