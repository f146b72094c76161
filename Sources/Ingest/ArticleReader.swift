internal import English
internal import FoundationEssentials
internal import Pages
internal import TextInput
internal import Wire

/// Turns the bytes of one article into an article: plain text or JSON, normalised, with every default filled in.
struct ArticleReader {
    static let headlineLimit = 500
    static let sourceLimit = 200
    static let uriLimit = 2000
    static let versionLimit = 100
    /// Bytes that the published message needs beside headline and body.
    static let envelopeSize = 16 << 10

    /// The bytes' place.
    var place: String
    /// The line, in a file of several articles.
    var line: Int?
    /// The URI of an article that brings none, or nil to make one of its text.
    var uri: String?
    /// What tells that the same bytes are read once more, such as at a restart; nil where they are new each time.
    var reading: String?

    /// Reads plain text: the whole of it is the body, its first line that is not empty the headline too, but for "PRESS RELEASE".
    ///
    /// What describes it, before the text or in a file beside it, is not part of it.
    func plainText(_ bytes: [UInt8], beside sidecar: FrontMatter? = nil) throws(IngestError) -> IncomingArticle {
        let (bytes, remarks) = try decoded(bytes)
        let text = TextNormalization.text(of: bytes)
        let (matter, body) = FrontMatter.split(text) ?? (FrontMatter(), text)
        return try described(
            [sidecar, matter], headline: String(ReleaseLine.headline(of: body)), body: body, remarks: remarks)
    }

    /// Reads Markdown, with or without front matter.
    func markdown(_ bytes: [UInt8], beside sidecar: FrontMatter? = nil) throws(IngestError) -> IncomingArticle {
        let (bytes, remarks) = try decoded(bytes)
        let text = TextNormalization.text(of: bytes)
        let (matter, rest) = FrontMatter.split(text) ?? (FrontMatter(), text)
        let (headline, paragraphs) = Markdown.read(rest)
        // A text of a heading alone is that heading.
        let body = (paragraphs.isEmpty ? [headline ?? ""] : paragraphs).joined(separator: "\n\n")
        return try described(
            [sidecar, matter], headline: headline ?? "", body: TextNormalization.text(body), remarks: remarks,
            isDecoded: true)
    }

    private func described(
        _ matters: [FrontMatter?], headline: String, body: String, remarks: [Remark], isDecoded: Bool = false
    ) throws(IngestError) -> IncomingArticle {
        func field(_ name: String) -> String? { matters.lazy.compactMap { $0?.fields[name] }.first }
        try heed(matters.flatMap { $0?.embargoes ?? [] })
        var article = try finished(
            uri: field("uri"), version: field("version"), headline: field("headline") ?? headline,
            language: field("language"),
            published: field("published"), source: field("source"), body: body, remarks: remarks, isDecoded: isDecoded)
        article.byline = matters.lazy.compactMap { $0?.byline }.first { !$0.isEmpty } ?? []
        return article
    }

    /// Reads a JSON object, ninjs or simple.
    func json(_ bytes: [UInt8]) throws(IngestError) -> IncomingArticle {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        try checkText(bytes)
        let item: JSONItem
        var remarks: [Remark] = []
        do {
            try JSON.check(bytes)
            let whole = try replacingHalves(of: bytes, &remarks)
            item = try JSON.decode(JSONItem.self, from: whole)
        } catch let error as WireError {
            throw explained(error, bytes)
        } catch let fault as JSONFault {
            throw explained(fault, bytes)
        } catch {
            throw bad("\(error)", remedy: "mend it")
        }
        if let reason = item.withdrawal {
            guard let uri = try checked(item.uri, "uri", limit: Self.uriLimit) else {
                throw bad("it is \(reason), and there is no \"uri\"", remedy: "say what is taken back by its \"uri\"")
            }
            var taken = withdrawal(
                of: uri, reason, version: try checked(item.version, "version", limit: Self.versionLimit))
            taken.occasion = reading.map { Digest.identifier(["reading", $0, Digest.sha256(bytes)]) }
            return taken
        }
        try heed(item.embargoes)
        remarks += item.unknownKeys.map(Remark.init(unknownKey:))
        guard let body = item.body else {
            throw bad(
                "there is no \"body\"",
                remedy: item.unknownKeys.first { KnownKeys.nearest(to: $0) == "body" }.map { "call \"\($0)\" \"body\"" }
                    ?? "give the text as \"body\", or as ninjs \"bodies\"")
        }
        var article = try finished(
            uri: item.uri, version: item.version, headline: item.headline ?? "", language: item.language,
            published: item.published, source: item.source, body: TextNormalization.text(body), remarks: remarks)
        article.byline = item.byline
        return article
    }

    /// What takes back all that was published under a URI.
    func withdrawal(of uri: String, _ reason: String, version: String? = nil) -> IncomingArticle {
        var incoming = IncomingArticle(
            article: Article(uri: uri, version: version ?? "1", body: ""), hasOwnVersion: version != nil,
            place: line.map { "\(place):\($0)" } ?? place)
        incoming.withdrawal = reason
        return incoming
    }

    /// Reads a page of the web.
    func page(
        _ bytes: [UInt8], charset: String? = nil, from address: String? = nil, beside sidecar: FrontMatter? = nil
    ) throws(IngestError) -> IncomingArticle {
        try refuse(TextDoubt(kindOf: bytes))
        let markup = Charset.utf8(bytes, charset: charset)
        try refuse(TextDoubt(markup))
        let page = Page(utf8: markup, address: address)
        guard !page.paragraphs.isEmpty else {
            var error = IngestError(
                .empty, "no article is found in the page", place: place, line: line,
                remedy: "save the page as it is read, or give its text as .txt")
            error.input = bytes
            throw error
        }
        guard !page.isNotice else {
            var error = IngestError(
                .badArticle, "it is a notice of the site, such as of a missing page, and no article", place: place,
                line: line, remedy: "look at the page, and save it as it is read")
            error.input = bytes
            throw error
        }
        // What a page says of itself may be anything, and costs no article.
        let own = page.address.flatMap { try? checked($0, "uri", limit: Self.uriLimit) }
        var remarks = page.foreignAddress.map { [Remark(foreignAddress: $0, of: address ?? place)] } ?? []
        if page.isTeaser { remarks.append(Remark(teaserOf: own ?? address ?? page.publisher ?? place)) }
        // Whoever kept a page may know more of it than it says.
        let known = sidecar?.fields ?? [:]
        var article = try finished(
            uri: known["uri"] ?? own ?? uri.map(ArticleAddress.identity),
            headline: known["headline"] ?? page.headline ?? "",
            language: known["language"] ?? page.language.flatMap { try? checkedLanguage($0) },
            published: known["published"] ?? page.published, source: known["source"] ?? page.publisher,
            body: TextNormalization.text(page.paragraphs.joined(separator: "\n\n")), remarks: remarks, isDecoded: true)
        article.byline = sidecar.flatMap { $0.byline.isEmpty ? nil : $0.byline } ?? page.byline
        return article
    }

    /// The bytes with U+FFFD for each half of a surrogate pair.
    private func replacingHalves(of bytes: [UInt8], _ remarks: inout [Remark]) throws(JSONFault) -> [UInt8] {
        let halves = try JSONFault.halves(in: bytes)
        if let fault = JSONFault.repeated(in: bytes) { throw fault }
        guard let first = halves.first else { return bytes }
        var whole = bytes
        for half in halves { whole.replaceSubrange(half..<(half + 6), with: "\\ufffd".utf8) }
        let spot = spot(of: JSONFault(offset: first, message: ""), in: bytes)
        remarks.append(Remark("half of a surrogate pair stands alone at \(spot), replaced by U+FFFD"))
        return whole
    }

    func finished(
        uri: String?, version: String? = nil, headline: String, language: String? = nil, published: String? = nil,
        source: String? = nil, body: String, remarks: [Remark], isDecoded: Bool = false
    ) throws(IngestError) -> IncomingArticle {
        let body = isDecoded ? body : CharacterReferences.decoded(body)
        var remarks = remarks
        guard body.contains(where: { !$0.isWhitespace }) else {
            throw IngestError(
                .empty, "it holds no text", place: place, line: line, remedy: "leave it out, or add the text")
        }
        let uri = try checked(uri, "uri", limit: Self.uriLimit) ?? self.uri ?? Self.name(ofText: body)
        let headline = TextNormalization.line(CharacterReferences.decoded(headline), limit: Self.headlineLimit)
        let article = Article(
            uri: uri,
            version: try checked(version, "version", limit: Self.versionLimit) ?? "1",
            headline: headline,
            language: try checkedLanguage(language) ?? (English.isLikely(body, under: headline) ? "en" : "und"),
            published: time(published, &remarks),
            source: source.map { TextNormalization.line($0, limit: Self.sourceLimit) }.flatMap { $0.isEmpty ? nil : $0 }
                ?? Self.host(of: uri) ?? Article.unknownSource,
            body: body)
        guard fits(article) else { throw tooBig() }
        return IncomingArticle(
            article: article, hasOwnVersion: version?.isEmpty == false,
            place: line.map { "\(place):\($0)" } ?? place, remarks: remarks)
    }
}

extension ArticleReader {
    /// UTF-8 of a plain text, which nothing declares the encoding of.
    private func decoded(_ bytes: [UInt8]) throws(IngestError) -> (bytes: [UInt8], remarks: [Remark]) {
        try refuse(TextDoubt(bytes))
        guard let guess = Charset.guess(bytes) else {
            try checkText(bytes)
            return (bytes, [])
        }
        try refuse(TextDoubt(guess.utf8))
        return (
            guess.utf8,
            [Remark("it is not UTF-8 and read as \(guess.name), which it seems to be: save it as UTF-8 to be sure")]
        )
    }

    private func refuse(_ doubt: TextDoubt?) throws(IngestError) {
        guard let doubt else { return }
        throw IngestError(.notText, doubt.message, place: place, line: line, remedy: doubt.remedy)
    }

    private func checkText(_ bytes: [UInt8]) throws(IngestError) {
        try refuse(TextDoubt(bytes))
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw IngestError(
                .notUTF8, "not UTF-8 from byte \(error.byteOffsets.lowerBound) on", place: place, line: line,
                remedy: EncodingAdvice.remedy(for: bytes))
        }
    }

    /// A field that must be one short line without white space; nil for an empty one.
    private func checked(_ text: String?, _ name: String, limit: Int) throws(IngestError) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= limit else {
            throw bad("\"\(name)\" has \(text.utf8.count) bytes", remedy: "give one of at most \(limit)")
        }
        guard
            text.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && $0.properties.generalCategory != .control })
        else { throw bad("\"\(name)\" contains white space or control characters", remedy: "take them out") }
        return text
    }

    func checkedLanguage(_ tag: String?) throws(IngestError) -> String? {
        guard let tag, !tag.isEmpty else { return nil }
        let subtags = tag.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        let isTag =
            tag.utf8.count <= 35
            && subtags.allSatisfy { subtag in
                (1...8).contains(subtag.utf8.count) && subtag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
        guard isTag, subtags.first?.allSatisfy(\.isLetter) == true else {
            throw bad("\"language\" is no language tag", remedy: "give one of BCP 47 such as en or en-GB")
        }
        return subtags.joined(separator: "-")
    }

    /// A time in RFC 3339; what is none is left out, since it is worth less than the article.
    private func time(_ text: String?, _ remarks: inout [Remark]) -> String? {
        guard let text = text?.trimmingSpace, !text.isEmpty else { return nil }
        if text.utf8.count > 10, Timestamp.parse(text) != nil { return text.replacing(" ", with: "T") }
        if let time = WrittenTime(text) { return time.rfc3339 }
        let shown = TextNormalization.line(text, limit: 40)
        remarks.append(
            Remark("\"published\" is no time and left out: '\(shown)'; write it as 2024-05-31T18:00:00Z or 2024-05-31"))
        return nil
    }

    private func bad(_ message: String, remedy: String) -> IngestError {
        IngestError(.badArticle, message, place: place, line: line, remedy: remedy)
    }

    private func spot(of fault: JSONFault, in bytes: [UInt8]) -> String {
        let position = fault.position(in: bytes)
        return line == nil ? "line \(position.line), column \(position.column)" : "column \(position.column)"
    }

    private func explained(_ fault: JSONFault, _ bytes: [UInt8]) -> IngestError {
        IngestError(
            .badJSON,
            "not JSON: \(TextNormalization.line(fault.message, limit: Self.headlineLimit)) at \(spot(of: fault, in: bytes))",
            place: place, line: line, remedy: "mend it there")
    }

    private func explained(_ error: WireError, _ bytes: [UInt8]) -> IngestError {
        // What is known to be wrong needs no second look over all of the bytes.
        switch error.reason {
        case "too-big": return tooBig()
        case "too-deep":
            return IngestError(.badJSON, error.message, place: place, line: line, remedy: "send a flatter object")
        default: break
        }
        if let fault = JSONFault.first(in: bytes) { return explained(fault, bytes) }
        if bytes.first(where: { $0 > 0x20 }) != UInt8(ascii: "{") {
            return bad("not a JSON object", remedy: "give one object a file, or one object a line as .jsonl")
        }
        // It may repeat what the article says of itself.
        let message = TextNormalization.line(error.message, limit: Self.headlineLimit)
        return bad(message, remedy: "give an object of the simple form or an IPTC ninjs item")
    }

    /// The error for something that would not fit into a message.
    func tooBig() -> IngestError {
        IngestError(
            .tooBig, "the article is larger than the \(Limits.bodyBytes >> 20) MiB of a message", place: place,
            line: line,
            remedy: "split it")
    }

    /// Whether the published message stays within its limit.
    private func fits(_ article: Article) -> Bool {
        let texts = [article.body.utf8, article.headline.utf8]
        let size = texts.reduce(0) { $0 + $1.count }
        let room = Limits.bodyBytes - Self.envelopeSize - size
        // JSON writes two bytes for a quotation mark, a backslash, a line feed and a tab: at worst for each one.
        if size <= room { return true }
        return room >= texts.joined().count { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    }

    /// The name of a text by its digest, after RFC 6920: `ni:///sha-256;…`.
    static func name(ofText text: String) -> String {
        let digits = Array(Digest.sha256(Array(text.utf8)))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(digits[index...(index + 1)]), radix: 16)
        }
        let base64 = Data(bytes).base64EncodedString()
        return "ni:///sha-256;"
            + base64.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : String($0) }.joined()
    }

    /// The host of a URI in lower case, or nil if it has none.
    static func host(of uri: String) -> String? {
        guard let scheme = uri.firstRange(of: "://") else { return nil }
        let authority = uri[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.suffix(
            from: authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex)
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        return name.isEmpty ? nil : String(name.lowercased().prefix(sourceLimit))
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        String(String(drop(while: \.isWhitespace).reversed()).drop(while: \.isWhitespace).reversed())
    }
}
