import Extraction
import Foundation
import Wire

private struct Line: Decodable {
    var uri: String
    var published: String?
    var body: String
}

/// `evidence [LEAST]`: articles as JSON lines on standard input, on standard output the `Evidence` on each.
///
/// For `Sources/Training/refit.py`. LEAST is the least probability of a quote.
@main
enum Main {
    static func main() throws {
        var extractor = try EnglishExtractor()
        if let least = CommandLine.arguments.dropFirst().first.flatMap(Float.init) { extractor.leastQuote = least }
        while let line = readLine() {
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            let article = Article(uri: line.uri, published: line.published, body: line.body)
            let evidence = try JSONEncoder().encode(extractor.evidence(on: article))
            try FileHandle.standardOutput.write(contentsOf: evidence + Data([10]))
        }
    }
}
