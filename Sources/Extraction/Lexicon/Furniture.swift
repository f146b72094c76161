/// Words by which web furniture is known, in lower case, each sign a word of its own.
enum Furniture {
    /// Headings behind which nothing of the article follows.
    static let tails = WordSequences([
        "related posts", "related articles", "related stories", "related news", "related topics", "leave a reply",
        "leave a comment", "post a comment", "comments", "you may also like", "you might also like", "more from",
        "recommended for you", "most popular", "most read", "trending now", "about the author", "share this article",
        "share this story", "tags :", "filed under", "read next", "up next",
    ])

    /// How a paragraph of furniture starts.
    static let openings = WordSequences([
        "also read :", "also read |", "read also", "read more :", "read more about", "read more »", "read next :",
        "see also :",
        "watch :", "watch |", "listen :", "related :", "more :", "more on this", "don't miss :", "in pictures :",
        "in photos :",
        "photo :", "photos :", "photo by", "photograph :", "picture :", "image :", "images :", "image credit",
        "file photo",
        "photo credit", "credit :", "caption :", "video :", "sign up for", "sign up to",
        "subscribe to", "subscribe now", "subscribe :", "click here", "follow us", "follow @", "like us on",
        "join our newsletter", "get our newsletter", "download our app", "download the app", "share on", "share this",
        "tweet this", "email this", "print this", "copyright ©", "©", "all rights reserved", "your email address",
        "required fields", "save my name", "notify me of", "post comment", "add a comment", "you must be logged in",
        "log in to", "this site uses", "we use cookies", "by signing up", "by subscribing", "enter your email",
        "terms of use", "privacy policy", "cookie policy", "skip to", "back to top", "next article", "previous article",
        "story continues below", "article continues below", "this article was originally", "this story was originally",
        "support our journalism", "editor's note :", "editors' note :", "correction :", "a version of this article",
    ])

    /// Whole lines of furniture.
    static let lines = WordSequences([
        "share", "tweet", "comment", "comments", "print", "email", "facebook", "twitter", "whatsapp", "linkedin",
        "reply",
        "cancel reply", "submit", "search", "menu", "home", "newsletter", "subscribe", "sign up", "log in", "sign in",
        "loading", "close", "next", "previous", "related", "more", "name", "website", "advertisement", "read more",
        "sponsored", "sponsored content",
    ])

    /// Words inside a short paragraph of furniture.
    static let phrases = WordSequences([
        "all rights reserved", "( photo by", "image :", "photo :", "getty images", "ap photo", "/ reuters", "/ afp",
        "will not be published", "our newsletter", "terms and conditions", "click to share", "opens in new window",
    ])
}
