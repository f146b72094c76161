/// What is around an article on a page, told by the names that publishers give their elements.
enum Furniture {
    /// Elements that never hold an article's text.
    static let tags: Set<String> = [
        "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "embed", "video",
        "audio", "map", "button",
        "input", "select", "textarea", "nav", "dialog", "menu", "head", "link", "meta", "figcaption", "applet",
        "frameset", "img", "picture",
        "option", "optgroup", "datalist", "label", "legend", "fieldset", "source", "amp-ad", "amp-sidebar",
        "amp-iframe",
    ]
    /// Elements that seldom do: unless much of the page's text is in them.
    static let doubtfulTags: Set<String> = ["aside", "footer", "form", "table"]
    private static let roles: Set<String> = [
        "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alert", "alertdialog", "menu",
        "menubar", "toolbar",
        "tablist", "button", "status", "tooltip",
    ]
    private static let names: Set<String> = [
        "comments", "comment", "commentlist", "commentarea", "disqus", "respond", "newsletter", "signup", "subscribe",
        "subscription", "subscriptions",
        "share", "shares", "sharing", "sharebar", "sharetools", "sharedaddy", "social", "socials", "addthis",
        "addtoany", "promo", "promos", "related", "recommended",
        "recommendation", "recommendations", "outbrain", "taboola", "advert", "adverts", "advertisement", "advertising",
        "ads", "ad", "adsense", "adslot", "adbox", "adunit",
        "breaking", "sponsored", "sponsor", "breadcrumb", "breadcrumbs", "sidebar", "cookie", "cookies", "cookiebanner",
        "gdpr", "consent", "popup",
        "modal", "pagination", "pager", "pagenav", "tags", "taglist", "tagcloud", "byline", "bio", "caption",
        "captions", "credit", "credits", "menu", "nav", "navbar", "navigation",
        "masthead", "toolbar", "trending", "popular", "mostread", "mostpopular", "readmore", "recirc", "recirculation",
        "carousel",
        "slideshow", "rating", "ratings", "poll", "quiz", "toc", "skip", "print", "noprint", "hidden", "invisible",
        "offscreen", "copyright", "disclaimer", "donate", "donation",
        "login", "signin", "register", "registration", "barrier", "blogroll", "archives", "keywords", "byl", "dateline",
        "timestamp", "authorbox", "standfirst", "subhead", "dek",
        "deck", "kicker", "eyebrow", "pullquote", "tooltip", "infobox", "factbox", "upsell", "cta", "banner", "meta",
        "postmeta", "jumplink", "footnotes", "hatnote", "ticker", "alert", "interstitial",
        "sociallinks", "followus", "follow", "whatsapp", "twitterfollow", "fbcomments", "feedback", "correctionform",
        "reply", "replies", "trackback", "trackbacks", "pingback", "gallery", "photogallery",
        "lightbox", "zoom", "enlarge", "morelike", "moreon", "seealso", "alsoread", "readnext", "upnext", "nextup",
        "nextpost", "prevpost", "postnav", "trc", "rss", "appbanner", "leaderboard", "mpu", "dfp", "gpt", "topics",
    ]
    private static let pairList: [(String, String)] = [
        ("read", "more"), ("read", "next"), ("up", "next"), ("see", "also"), ("most", "read"), ("most", "popular"),
        ("more", "stories"), ("more", "from"), ("more", "on"),
        ("also", "read"), ("sign", "up"), ("log", "in"), ("screen", "reader"), ("sr", "only"), ("visually", "hidden"),
        ("author", "box"), ("author", "bio"), ("author", "info"),
        ("about", "author"), ("about", "the"), ("post", "nav"), ("post", "navigation"), ("post", "tags"),
        ("article", "tags"), ("article", "footer"), ("story", "footer"), ("pull", "quote"), ("site", "header"),
        ("site", "footer"), ("page", "header"), ("global", "header"),
        ("skip", "link"), ("key", "points"), ("editor", "picks"), ("editors", "picks"), ("table", "contents"),
        ("jump", "link"), ("app", "promo"), ("entry", "meta"), ("post", "meta"), ("article", "meta"), ("a2a", "kit"),
        ("jp", "relatedposts"), ("fb", "like"), ("social", "links"), ("video", "player"), ("video", "caption"),
        ("image", "caption"), ("photo", "credit"),
        ("entry", "footer"), ("tip", "jar"), ("live", "chat"), ("you", "may"), ("you", "might"), ("latest", "news"),
        ("latest", "stories"), ("top", "stories"), ("other", "stories"), ("next", "article"), ("previous", "article"),
        ("next", "post"), ("article", "nav"), ("sub", "title"), ("side", "bar"), ("wp", "caption"), ("get", "more"),
        ("stay", "connected"),
    ]
    /// Where the text is, by such names; they outweigh the others.
    private static let contents: Set<String> = [
        "articlebody", "storybody", "postcontent", "postbody", "articlecontent", "articletext", "storytext",
        "storycontent", "newsbody", "richtext", "bodycopy", "article body",
        "story body", "entry content", "post content", "post body", "article content", "article text", "story text",
        "story content", "content body", "body copy", "body content",
        "article copy", "main content", "text content", "news body", "rich text", "name body", "paywall",
    ]
    private static let notContents: Set<String> = [
        "caption", "footer", "comment", "comments", "related", "meta", "header",
    ]
    private static let pairs = Set(pairList.map { "\($0.0) \($0.1)" })

    /// Judges elements; each name once.
    struct Judge {
        private var known: [String: Verdict] = [:]

        /// Whether an element is furniture by its role, state or names.
        mutating func verdict(on node: HTMLTree.Node) -> Verdict {
            if node.attributes.isEmpty { return .neutral }
            if let verdict = Furniture.judge(state: node.attributes) { return verdict }
            let (kind, id) = (node.attributes["class"] ?? "", node.attributes["id"] ?? "")
            if kind.isEmpty, id.isEmpty { return .neutral }
            let names = String("\(kind) \(id)".prefix(400))
            if let verdict = known[names] { return verdict }
            let verdict = Furniture.judge(names: names)
            known[names] = verdict
            return verdict
        }
    }

    private static func judge(state attributes: [String: String]) -> Verdict? {
        if attributes["hidden"] != nil, attributes["hidden"] != "false", attributes["hidden"] != "until-found" {
            return .hidden
        }
        if let style = attributes["style"]?.lowercased().filter({ !$0.isWhitespace }),
            style.contains("display:none") || style.contains("visibility:hidden")
        {
            return .hidden
        }
        if let role = attributes["role"]?.lowercased(), roles.contains(role) {
            return role.hasSuffix("dialog") ? .hidden : .furniture
        }
        if attributes["aria-modal"] == "true" { return .hidden }
        if let property = attributes["itemprop"]?.lowercased() {
            if property.contains("articlebody") { return .content }
            if ["author", "datepublished", "datemodified", "headline", "caption", "publisher", "keywords", "comment"]
                .contains(property)
            {
                return .furniture
            }
        }
        return nil
    }

    /// What the names of an element, its classes and identifier, say of it.
    private static func judge(names: String) -> Verdict {
        let tokens = split(names)
        let twos = zip(tokens, tokens.dropFirst()).map { "\($0) \($1)" }
        if tokens.contains(where: contents.contains) || twos.contains(where: contents.contains),
            !tokens.contains(where: notContents.contains)
        {
            return .content
        }
        return tokens.contains(where: Furniture.names.contains) || twos.contains(where: pairs.contains)
            ? .furniture : .neutral
    }

    enum Verdict {
        case hidden, furniture, neutral, content
    }

    /// Whether an element is a post of another site that a text quotes.
    static func isEmbed(_ node: HTMLTree.Node) -> Bool {
        guard node.tag == "blockquote", let names = node.attributes["class"] else { return false }
        return [
            "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed",
            "fb-post", "reddit", "embed",
        ].contains { names.contains($0) }
    }

    /// The words of names such as `article__shareTools ad-slot`.
    static func split(_ names: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in names.unicodeScalars {
            let value = character.value
            let isUpper = value >= 0x41 && value <= 0x5A
            let isLetter = isUpper || value >= 0x61 && value <= 0x7A
            if !isLetter || isUpper && wasLower, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if isLetter { word.unicodeScalars.append(isUpper ? Unicode.Scalar(UInt8(value) + 32) : character) }
            wasLower = isLetter && !isUpper
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
