internal import HTTP
internal import Presentation
internal import Sink
internal import Wire

/// An article with who said what in it, as it stands among others, or alone where its text is not to be had.
struct ArticleCard {
    /// How many things of one article a list shows.
    private static let most = 5

    let article: SinkArticle
    /// Whether all is shown, on a page of its own.
    var isWhole = false

    /// A quote with the claims that it makes, or a claim that no quote here makes.
    private struct Entry {
        var passage: SinkArticle.Passage
        var claims: [SinkArticle.Passage] = []
    }

    private var entries: [Entry] {
        var entries = article.passages.filter { $0.kind == "quote" }.map { Entry(passage: $0) }
        var others: [Entry] = []
        for claim in article.passages where claim.kind != "quote" {
            let carrier = entries.indices.filter { isCarried(claim, by: entries[$0].passage) }
                .min { entries[$0].passage.place.count < entries[$1].passage.place.count }
            if let carrier { entries[carrier].claims.append(claim) } else { others.append(Entry(passage: claim)) }
        }
        return (entries + others).sorted { $0.passage.place.lowerBound < $1.passage.place.lowerBound }
    }

    /// Whether a claim is shown with a quote: one that stands within its words, and in a list the article's sentence around them, too.
    private func isCarried(_ claim: SinkArticle.Passage, by quote: SinkArticle.Passage) -> Bool {
        let (inner, outer) = claim.form == "article" ? (quote.place, claim.place) : (claim.place, quote.place)
        guard claim.form != "article" || !isWhole else { return false }
        return outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
    }

    /// Writes the card.
    func write(_ page: inout Markup) {
        let entries = entries
        let shown = isWhole ? entries : Array(entries.prefix(Self.most))
        page.begin("article", ["class": "card", "aria-labelledby": "h-\(article.id)"])
        origin(&page)
        if !isWhole {
            page.begin("h2", ["id": "h-\(article.id)"])
            page.begin("a", ["href": Self.address(article.id)])
            page.element("bdi", article.headline.isEmpty ? Self.untitled : article.headline)
            page.end()
            page.end()
        }
        for remark in article.remarks { page.element("p", ["class": "origin remark"], "Note: \(remark.text).") }
        let styles = styles(of: entries)
        page.begin("ol", ["class": "entries"])
        var last: String?
        for entry in shown {
            let voice = entry.passage.voice
            write(entry, style: entry.passage.speaker.flatMap { styles[$0] }, isSame: last == voice, &page)
            last = voice
        }
        page.end()
        if shown.count < entries.count {
            page.begin("p", ["class": "more"])
            page.element(
                "a", ["href": Self.address(article.id), "aria-describedby": "h-\(article.id)"],
                "\(entries.count - shown.count) more in this article")
            page.end()
        }
        page.end()
    }

    /// What stands for a headline that is empty.
    static let untitled = "Without a headline"

    static func address(_ id: String) -> String { "/article/\(HTTPRequest.encoded(id))" }

    /// The fragment of a passage on the page of its article.
    static func place(of passage: String) -> String { "p-\(passage)" }

    static func person(_ name: String) -> String { "/person?name=\(HTTPRequest.encoded(name))" }

    /// Colours in the order of who speaks most here, as on an article's own page.
    private func styles(of entries: [Entry]) -> [String: String] {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for name in entries.compactMap(\.passage.speaker) {
            if counts[name] == nil { order.append(name) }
            counts[name, default: 0] += 1
        }
        let ranked = order.enumerated().sorted {
            (counts[$1.element, default: 0], $0.offset) < (counts[$0.element, default: 0], $1.offset)
        }
        return Dictionary(
            ranked.enumerated().map { ($1.element, $0 < Cast.colours ? "s\($0 + 1)" : "s0") }
        ) { first, _ in first }
    }

    /// Publisher and time, and where the article stands.
    func origin(_ page: inout Markup) {
        page.begin("p", ["class": "origin"])
        if let source = article.source {
            page.element("bdi", source)
            page.text(" · ")
        }
        Day.write(article.published ?? article.time, &page)
        if isWhole {
            page.text(" · ")
            page.address(article.uri)
        }
        page.end()
    }

    private func write(_ entry: Entry, style: String?, isSame: Bool, _ page: inout Markup) {
        let passage = entry.passage
        let isQuote = passage.kind == "quote"
        let isArticle = !isQuote && passage.form == "article"
        page.begin("li", ["class": "entry \(isArticle ? "stated" : style ?? "s0")", "id": Self.place(of: passage.id)])
        if !isSame {
            page.begin("p", ["class": "by"])
            if isArticle {
                page.element("span", ["class": "name"], "The article")
            } else if let speaker = passage.speaker {
                page.element("span", ["class": "who", "aria-hidden": "true"], Cast.initials(of: speaker))
                page.begin("a", ["class": "name", "href": Self.person(passage.person ?? speaker)])
                page.element("bdi", speaker)
                page.end()
                if let role = passage.role {
                    page.text(" ")
                    page.element("bdi", ["class": "role"], role)
                }
            } else {
                page.element("span", ["class": "who", "aria-hidden": "true"], "?")
                page.element("span", ["class": "name"], "Unknown speaker")
            }
            page.end()
        }
        page.begin("blockquote", ["class": isQuote && passage.form == "indirect" ? "reported" : nil])
        page.begin("bdi", ["class": isArticle ? nil : isQuote && passage.form == "indirect" ? "q reported" : "q"])
        words(of: entry, &page)
        page.end()
        page.end()
        marks(of: entry, &page)
        page.end()
    }

    /// The words, with the claims among them underlined.
    private func words(of entry: Entry, _ page: inout Markup) {
        var rest = entry.passage.text[...]
        let claims = entry.passage.kind == "quote" ? entry.claims : [entry.passage]
        // Where the words of a claim go on beyond the quote, all of it belongs to the claim.
        if let worth = claims.compactMap(\.score).max(), !claims.contains(where: { rest.contains($0.text) }) {
            return page.element("span", ["class": "c \(Weight.style(worth))"], entry.passage.text)
        }
        for claim in claims {
            guard !claim.text.isEmpty, let place = rest.firstRange(of: claim.text) else { continue }
            page.text(String(rest[..<place.lowerBound]))
            page.element("span", ["class": "c \(Weight.style(claim.score ?? 0))"], String(rest[place]))
            rest = rest[place.upperBound...]
        }
        page.text(String(rest))
    }

    private func marks(of entry: Entry, _ page: inout Markup) {
        let passage = entry.passage
        let worth = (passage.kind == "quote" ? entry.claims : [passage]).compactMap(\.score).max()
        page.begin("p", ["class": "marks"])
        if passage.kind == "quote" {
            page.element("span", passage.form)
            if let act = passage.act, act != "statement" {
                page.text(" · ")
                page.element("span", act)
            }
        }
        if let worth {
            if passage.kind == "quote" { page.text(" · ") }
            page.text("worth checking ")
            page.element("span", ["class": "score \(Weight.style(worth))"], Score.text(worth))
        }
        if !isWhole {
            page.text(" · ")
            let place = "\(Self.address(article.id))?at=\(HTTPRequest.encoded(passage.id))"
            page.element("a", ["href": place, "aria-describedby": Self.place(of: passage.id)], "in its place")
        }
        page.end()
    }
}

extension SinkArticle.Passage {
    /// What tells one speaker from the next.
    fileprivate var voice: String {
        speaker.map { "speaker \($0)" } ?? (kind == "claim" && form == "article" ? "article" : "nobody")
    }
}
