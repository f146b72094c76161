import Ingest
import Journal
import Wire

/// Makes journal entries of articles: their identity, version, topic and event.
struct EntryMaker {
    let journal: any Journal

    /// The entry of an article, or nil where the journal has it already.
    ///
    /// An article whose source counts no versions gets the next free one if its text is new.
    /// - Throws: `WireError` if the article does not fit into a message, `JournalError` if the journal cannot be read.
    func entry(of incoming: IncomingArticle, besides batch: [NewEntry]) throws -> NewEntry? {
        var article = incoming.article
        let id = article.identifier(countsVersion: incoming.hasOwnVersion)
        guard try !journal.contains(id, in: "raw"), !batch.contains(where: { $0.id == id }) else { return nil }
        if !incoming.hasOwnVersion {
            let earlier = try journal.count(of: article.uri, in: "raw") + batch.count { $0.key == article.uri }
            article.version = String(earlier + 1)
        }
        let now = Timestamp.now()
        let event = CloudEvent(of: article, id: id, source: "urn:onrecord:producer", time: now)
        let body = try JSON.encode(event)
        guard body.count <= Limits.bodyBytes else {
            throw WireError(413, "too-big", "the article takes \(body.count) bytes, more than \(Limits.bodyBytes)")
        }
        return NewEntry(id: id, topic: article.topic.text, key: article.uri, body: body, time: now)
    }
}
