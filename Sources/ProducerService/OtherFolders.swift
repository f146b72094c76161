import Ingest
import Journal
import Service
import Wire

/// Tells before a restored producer reads its folders that it knows none of their files, because they have other paths than before.
struct OtherFolders {
    /// How many of the newest articles are looked at.
    private static let count: Int64 = 100

    let journal: any Journal
    let sources: [String]

    /// Warns where the newest articles that came from files came from none of the sources, and each file would be a new article.
    func warn(_ log: Log) throws(JournalError) {
        let places = sources.filter { $0 != "-" && !$0.contains("://") }
        guard !places.isEmpty else { return }
        let last = try journal.state(of: "raw").last
        let messages = try journal.read(
            "raw", from: max(1, last - Self.count + 1), prefix: "", maxCount: Int(Self.count), maxBytes: 8 << 20)
        let files = messages.compactMap { try? JSON.decode(CloudEvent<Article>.self, from: $0.body).data.uri }.filter {
            $0.hasPrefix("file://")
        }
        let known = places.flatMap { [FileURI.of($0), FileURI.of($0 + "/")] }
        guard let file = files.last,
            !files.contains(where: { file in known.contains { file == $0 || $0.hasSuffix("/") && file.hasPrefix($0) } })
        else { return }
        log.warning(
            "the articles of this journal came from files in other folders: files are known by their paths, and all that lie in the "
                + "folders of now are published as new; to prevent that, stop, and give the folders their paths of before",
            ["before": file, "now": places.joined(separator: " ")])
    }
}
