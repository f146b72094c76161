/// Words by which web furniture is known beyond doubt, in lower case.
enum FurnitureWords {
    /// Headings behind which nothing of the article follows, as whole lines.
    static let tails: Set<String> = [
        "related posts", "related articles", "related stories", "related news", "related topics", "leave a reply",
        "leave a comment", "post a comment", "comments", "you may also like", "you might also like", "more from",
        "recommended for you", "most popular", "most read", "trending now", "about the author", "share this article",
        "share this story", "filed under", "read next", "up next", "notes to editors", "note to editors",
        "notes for editors",
    ]

    /// How a sentence of furniture starts, wherever in its paragraph.
    static let sentences = [
        "image:", "photo:", "photograph:", "this article has been corrected", "this article has been updated",
        "this article was amended", "this article was corrected", "this article was updated",
        "this story has been corrected", "this story has been updated", "this story was corrected",
        "this story was updated", "this is a developing story",
    ]

    /// What stands before the name of whoever took a picture, as it is written.
    static let credits: Set<String> = [
        "Credit", "IMAGE", "Image", "PHOTO", "Photo", "Photograph", "PHOTOGRAPH", "Picture", "PICTURE",
    ]

    /// What stands before a colon and is nobody.
    static let labels: Set<String> = [
        "advertisement", "analysis", "breaking", "check", "claim", "comment", "context", "correction", "exclusive",
        "explainer", "fact", "feature", "image", "interview", "live", "more", "note", "obituary", "opinion", "photo",
        "picture",
        "podcast", "profile", "q&a", "rating", "read", "result", "review", "ruling", "score", "source", "sources",
        "transcript", "update", "updated", "verdict", "video", "watch",
    ]

    /// How a paragraph of furniture starts.
    static let openings = [
        "also read:", "also read |", "read also:", "read more:", "read more about", "read more »", "read next:",
        "see also:",
        "related:", "more on this", "don’t miss:", "in pictures:", "in photos:", "photo:", "photos:", "photo by",
        "picture:",
        "image:", "images:", "image credit", "file photo", "photo credit", "credit:", "caption:", "sign up for our",
        "subscribe to our", "subscribe now", "click here", "follow us on", "like us on", "all rights reserved",
        "your email address", "required fields", "save my name", "you must be logged in", "this site uses cookies",
        "we use cookies", "story continues below", "article continues below",
        "for immediate release", "embargoed until", "under embargo until", "strictly embargoed",
    ]
}
