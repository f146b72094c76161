public import Service

/// Where articles come from, asked for one at a time by one thread.
public protocol Source: ~Copyable {
    /// The next thing the source has, waiting for it at most so long.
    ///
    /// Holds one article at a time in memory. After `end` it gives `end` for ever.
    mutating func next(waitingAtMost patience: Duration) -> IngestEvent
}

/// What a source gives when it is asked.
public enum IngestEvent: Sendable, Hashable {
    /// An article.
    case article(IncomingArticle)
    /// Something that cost a part of the article that comes next, such as an unreadable date.
    case remark(place: String, text: String)
    /// Something that whoever runs it should know of a source.
    case note(LogLevel, place: String, text: String)
    /// Something that is no article; the source goes on with the next.
    case failure(IngestError)
    /// A file that begins with a dot, and so is not meant to be read.
    case hidden(place: String)
    /// A file in a folder that is not read, and why.
    case ignored(place: String, reason: String)
    /// Nothing at present, but there may be more.
    case idle
    /// Nothing any more.
    case end
}
