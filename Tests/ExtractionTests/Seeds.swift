import Foundation
import Wire

/// The repository's `seeds` folder.
enum Seeds {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("seeds")

    /// The text of a seed file.
    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// The articles that were written for the project, from all formats.
    static func articles() throws -> [Article] {
        var articles: [Article] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            switch (name as NSString).pathExtension {
            case "txt" where !name.hasPrefix("000_"):
                let stem = (name as NSString).deletingPathExtension
                articles.append(Article(uri: "urn:example:onrecord:\(stem)", language: "und", body: try text(name)))
            case "json": articles.append(try JSONDecoder().decode(Article.self, from: Data(try text(name).utf8)))
            case "jsonl":
                for line in try text(name).split(separator: "\n") {
                    articles.append(try JSONDecoder().decode(Simple.self, from: Data(line.utf8)).article)
                }
            default: break
            }
        }
        return articles
    }

    /// An article in the simple form.
    private struct Simple: Decodable {
        var uri: String
        var headline: String
        var language: String
        var published: String
        var source: String
        var body: String

        var article: Article {
            Article(
                uri: uri, headline: headline, language: language, published: published, source: source, body: body)
        }
    }
}
