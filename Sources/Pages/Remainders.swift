internal import Glibc

/// Lines among an article's paragraphs that are not its text: calls to subscribe, links to other articles, credits.
enum Remainders {
    private static let starts = Phrases([
        "read more", "read also", "also read", "read next", "read:", "see also", "related:", "related articles",
        "related stories", "related news", "more:", "more from", "watch:", "listen:", "photo:", "photos:", "image:",
        "image credit", "(image credit", "image 1 of", "image 2 of", "image 3 of", "image 4 of", "image 5 of",
        "picture:", "credit:", "source:", "sign up", "subscribe", "follow us", "follow @", "click here",
        "advertisement", "share this", "share on",
        "copyright", "all rights reserved", "reporting by", "(reporting by", "editing by", "additional reporting",
        "contributing:", "getty images", "image copyright", "media caption",
        "continue reading", "story continues", "scroll down", "skip to", "loading", "recommended", "don't miss",
        "don’t miss", "read the full", "join the conversation", "view comments", "leave a comment",
        "download the", "get the latest", "tags:", "filed under", "topics:", "posted in", "posted by", "published:",
        "published in", "updated:", "updated at", "last updated", "first published", "newsletter", "check out our",
        "like us on", "like this story", "this entry was posted",
        "this article originally", "this story originally", "this article was originally", "media contact", "contact:",
        "have a tip", "got a tip", "email ", "written by", "auto-updates", "leggi anche", "lesen sie auch",
        "lire aussi", "lea también", "lee también", "leia também", "mehr zum thema", "zum thema", "lees ook",
        "läs också",
        "press enter or click", "open in app", "listen to this", "play video", "video:", "exclusive:", "you have read",
        "you’ve read", "you've read", "to continue reading", "already a subscriber", "already have an account",
        "by signing up", "terms of", "thanks for reading", "support local journalism", "source text",
        "for more information, please", "related roundup", "buyer's guide", "buyer’s guide", "editor’s picks",
        "editor's picks", "commenti", "kommentare", "printed from", "retrieved from", "weiterlesen mit", "jetzt abo",
        "jetzt weiterlesen",
        "lire la suite", "article réservé", "cet article est réservé", "this post is for", "this article is for",
        "this story is for",
        "subscribe to read", "subscribe to continue", "artículo solo para", "contenuto riservato", "dieser artikel ist",
    ])
    /// What begins what follows an article, as a heading or a line of its own.
    private static let endings = Phrases([
        "related stories", "related articles", "related news", "related topics", "related internet links",
        "related content", "related links", "related posts", "related", "more on this story", "more stories",
        "more from", "more in", "more releases", "more news", "more great", "you may also like",
        "you might also like", "recommended", "read next", "read more", "up next", "most read", "most popular",
        "popular", "trending", "comments", "responses", "show comments", "view comments", "leave a comment",
        "leave a reply", "join the discussion", "join the conversation", "about the author", "about the writer",
        "also from", "explore", "top stories", "latest news", "latest stories", "editor’s picks", "editor's picks",
        "share this", "sign up", "newsletter", "privacy overview", "cookie", "what to read next", "keep reading",
        "recent posts", "source:", "tell us what you think", "terms of use", "see all from", "published in",
        "written by", "talk of the", "what readers", "readers say", "what others", "ähnliche artikel", "mehr zum thema",
        "kommentare", "articles liés", "sur le même sujet", "commentaires", "artículos relacionados",
        "noticias relacionadas", "comentarios", "leggi anche", "articoli correlati", "commenti", "lees ook",
        "gerelateerd", "leia também", "notícias relacionadas", "comentários", "loading comments", "from around the web",
        "sponsored", "promoted", "our best", "don’t miss", "don't miss", "next story", "previous story", "other news",
        "see more", "also read", "also in", "sources", "references", "external links", "footnotes",
    ])
    private static let tails = Phrases([
        "contributed to this", "reach him at", "reach her at", "reach them at", "can be reached", "may be reached",
        "follow him", "follow her", "follow them", "follow @", "on twitter @", "twitter:", "call him", "call her",
        "email:", "e-mail:", "contact the reporter", "is a reporter", "is a staff",
        "is a freelance", "is a senior", "is a columnist", "is a journalist", "is a correspondent", "is a writer",
        "is an editor", "is the editor", "is a contributing", "is the author of", "covers ", "has covered",
        "writes about", "writes for", "our live coverage", "is not responsible for", "reporting by", "editing by",
        "all rights reserved", "in your inbox", "newsletter", "follow us", "subscribe", "sign up", "share it with",
        "message board", "proudly powered", "rss", "writer based in", "deal curator", "powered by", "send your story",
        "read more", "click here", "live coverage has ended", "©", "to receive our", "free daily", "privacy policy",
        "terms of", "moderator", "moderador", "lives in",
    ])

    /// Whether a block is no text wherever it stands.
    static func isLine(_ block: Block) -> Bool {
        let lower = Phrases.lowered(block.text)
        if always.begins(lower) != nil { return true }
        guard block.words < 30 else { return false }
        if !block.text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) { return block.words < 6 }
        if block.words == 1, !block.isSentence, block.text.unicodeScalars.first?.properties.numericType != nil {
            return true
        }
        if isCall(block, lower) { return true }
        return starts.begins(lower) != nil && (!block.isSentence || block.linkShare > 0.2 || block.words < 16)
    }

    /// Whether a block asks readers to subscribe, pay or take part.
    static func isCall(_ block: Block) -> Bool { block.words < 30 && isCall(block, Phrases.lowered(block.text)) }

    private static func isCall(_ block: Block, _ lower: [UInt8]) -> Bool {
        calls.count(in: lower) > 0 || newsletter.count(in: lower) > 0 && offers.count(in: lower) > 0
            || reading.begins(lower) != nil && !block.text.hasPrefix("“")
    }

    private static let always = Phrases(["this entry was posted", "posted by "])
    private static let newsletter = Phrases(["newsletter"])
    private static let offers = Phrases(["sign up", "subscribe", "inbox", "get "])
    private static let reading = Phrases(["you’ve read", "you've read"])
    private static let calls = Phrases([
        "in your inbox", "to your inbox", "free articles", "sign up for our", "subscribe to our",
        "support our journalism", "become a member", "article continues below", "updates from this writer",
        "take the quiz", "réservée aux abonnés", "réservé aux abonnés", "de cet article à lire", "abo abschließen",
        "for paid subscribers", "exclusively for subscribers", "subscribers only", "solo para suscriptores",
        "reservado para suscriptores",
        "riservato agli abbonati", "alleen voor abonnees", "supported publication. to receive",
    ])

    /// Whether a block begins what follows the article.
    static func isEnding(_ block: Block) -> Bool {
        guard block.words <= 9, !block.isSentence || block.text.hasSuffix(":") || block.text.hasSuffix("...") else {
            return false
        }
        let lower = Phrases.lowered(block.text)
        guard let ending = endings.begins(lower) else { return false }
        guard block.isHeading || block.words <= BlockReader.count(String(decoding: ending, as: UTF8.self)) + 3 else {
            return false
        }
        return lower.count == ending.count || lower[ending.count] < 0x41
    }

    /// Whether a block among the last ones is about the author or the publisher.
    static func isTail(_ block: Block) -> Bool {
        guard block.words < 80 else { return false }
        let hits = tails.count(in: Phrases.lowered(block.text))
        return hits >= 2 || hits == 1 && (block.words < 35 || block.softWords * 2 > block.words)
    }
}

/// Phrases that are looked for in many lines.
struct Phrases {
    private let all: [[CChar]]
    /// Those that begin with a byte, the longest first.
    private var byStart: [UInt8: [[UInt8]]] = [:]

    init(_ phrases: [String]) {
        all = phrases.map { $0.utf8.map { CChar(bitPattern: $0) } + [0] }
        for phrase in phrases.map({ Array($0.utf8) }).sorted(by: { $0.count > $1.count }) {
            byStart[phrase.first ?? 0, default: []].append(phrase)
        }
    }

    /// The bytes of a line in lower case.
    static func lowered(_ text: String) -> [UInt8] { Array(text.lowercased().utf8) }

    /// The longest phrase that a line begins with.
    func begins(_ line: [UInt8]) -> [UInt8]? {
        line.first.flatMap { byStart[$0]?.first { line.starts(with: $0) } }
    }

    /// How many of the phrases a line has.
    func count(in line: [UInt8]) -> Int {
        // No line has a zero byte within.
        let text = line.map { CChar(bitPattern: $0) } + [0]
        return all.count { strstr(text, $0) != nil }
    }
}
