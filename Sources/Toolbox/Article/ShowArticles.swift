import Ingest
import Service
import Wire

/// `onrecord article`: what is taken from pages and other files.
struct ShowArticles {
    let configuration: ArticleConfiguration
    let console: Console

    /// A line of the output for programs.
    private struct Line: Encodable {
        var file: String
        var uri: String
        var headline: String
        var byline: [String]
        var published: String?
        var language: String
        var publisher: String?
        var body: String
    }

    /// Shows every article; blocks.
    /// - Returns: `dataError` where something is no article, `noInput` where all that failed is missing.
    /// - Throws: What the console throws.
    func run() throws -> ExitCode {
        try EachArticle(
            paths: configuration.paths, followLinks: configuration.followLinks,
            allowPrivate: configuration.allowPrivate, console: console
        ).run { try console.write(rendered($0)) }
    }

    private func rendered(_ incoming: IncomingArticle) throws -> [UInt8] {
        let article = incoming.article
        guard configuration.format == .text else {
            let line = Line(
                file: incoming.place, uri: article.uri, headline: article.headline, byline: incoming.byline,
                published: article.published, language: article.language, publisher: article.source, body: article.body)
            return JSONLine.line(of: try JSON.encode(line))
        }
        let layout = console.layout()
        var text = ""
        func add(_ line: String, _ style: StyledText.Style? = nil, hanging: Int = 0) {
            var styled = StyledText()
            if let style { styled.add(line, style) } else { styled.add(line) }
            text += styled.folded(width: layout.width, hanging: hanging, isColored: layout.isColored)
        }
        add(article.headline.isEmpty ? "(no headline)" : article.headline, .strong)
        let facts = [
            incoming.byline.joined(separator: ", "), article.source ?? "", article.published.map(Clock.text) ?? "",
            article.language, article.uri,
        ]
        add(facts.filter { !$0.isEmpty }.joined(separator: " · "), .faint)
        for paragraph in article.body.split(separator: "\n") {
            text += "\n"
            add(String(paragraph))
        }
        return Array((text + "\n").utf8)
    }
}
