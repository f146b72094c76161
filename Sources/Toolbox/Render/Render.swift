import Extraction
import Ingest
import Presentation
import Service
import Wire

/// `onrecord render`: articles in, one page of HTML out.
///
/// Holds one article at a time.
struct Render {
    let configuration: RenderConfiguration
    let extractor: any Extractor
    let console: Console

    /// Writes the page; blocks.
    /// - Returns: `dataError` where something could not be analysed, `noInput` where all that failed is missing; of nothing at all there is no
    ///   page.
    /// - Throws: What the console throws.
    func run() throws -> ExitCode {
        var count = 0
        let code = try EachArticle(
            paths: configuration.paths, followLinks: configuration.followLinks,
            allowPrivate: configuration.allowPrivate, console: console
        ).run { incoming in
            let article = incoming.article
            let analysis = try EachArticle.Unusable.catching { try extractor.analyze(article) }
            if count == 0 { try console.write(Array(ArticlePage.head(title: article.headline).utf8)) }
            count += 1
            try console.write(Array(ArticlePage(article, analysis, number: count).html().utf8))
        }
        if count > 0 { try console.write(Array(ArticlePage.foot.utf8)) }
        return code
    }
}
