import Extraction
import Service
import TestKit
import Testing
import Wire

@testable import Presentation
@testable import Toolbox

@Suite struct `A page of an article` {
    private static let body = "Ferry sank, mayor says\n\n“It sank at noon,” Ann Li said. 300 were on it.\nRead more"

    private static let analysis: Analysis = {
        let article = Article(uri: "https://x.example/a", headline: "Ferry sank, mayor says", body: body)
        let li = Analysis.Entity(id: "e1", name: "Ann Li", type: .person, role: "mayor")
        func passage(_ start: Int, _ end: Int) -> Analysis.Passage {
            Analysis.Passage(text: "", spans: [Span(start, end)])
        }
        return Analysis(
            id: "a", article: Analysis.ArticleReference(to: article),
            pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0"), entities: [li],
            quotes: [
                Analysis.Quote(
                    id: "q1", kind: .indirect, content: passage(0, 10),
                    source: Analysis.Passage(text: "mayor", spans: [Span(12, 17)]),
                    confidence: 1),
                Analysis.Quote(
                    id: "q2", kind: .direct, content: passage(24, 42), speaker: Analysis.Speaker(li), confidence: 1),
            ],
            claims: [
                Analysis.Claim(
                    id: "c1", text: "It sank at noon", spans: [Span(24, 42)],
                    claimant: Analysis.Claimant(kind: .speaker, entity: "e1", name: "Ann Li"), checkWorthiness: 0.8),
                Analysis.Claim(
                    id: "c2", text: "300 were on it.", spans: [Span(56, 71)],
                    claimant: Analysis.Claimant(kind: .article),
                    quantities: [
                        Analysis.Quantity(
                            text: "300", spans: [Span(56, 59)], value: 300, unit: nil, comparison: "equal")
                    ], checkWorthiness: 0.96),
                Analysis.Claim(
                    id: "c3", text: "Ferry sank", spans: [Span(0, 10)], claimant: Analysis.Claimant(kind: .article),
                    checkWorthiness: 0.2),
            ], boilerplate: [Span(72, 81)])
    }()

    private static func html(_ body: String = body, _ analysis: Analysis = analysis) -> String {
        let article = Article(uri: analysis.article.uri, headline: analysis.article.headline, body: body)
        return ArticlePage(article, analysis, number: 1).html()
    }

    @Test func `cuts its text where something begins or ends`() {
        let text = AnnotatedText(Self.body, Self.analysis) { $0.checkWorthiness >= 0.5 }
        #expect(
            text.paragraphs.map(text.text) == [
                "Ferry sank, mayor says", "“It sank at noon,” Ann Li said. 300 were on it.", "Read more",
            ])
        let runs = text.runs(of: text.paragraphs[1])
        #expect(runs.map { text.text($0.text) } == ["“It sank at noon,”", " Ann Li said. ", "300", " were on it."])
        #expect(runs.map(\.claim) == [0, nil, 1, 1])
        #expect(runs.map(\.quote) == [1, nil, nil, nil])
        #expect(runs.map(\.isValue) == [false, false, true, false])
        #expect(text.paragraphs.map(text.isLeftOut) == [false, false, true])
    }

    @Test func `shows what somebody denied, or did not say, as no words of theirs`() {
        var analysis = Self.analysis
        analysis.quotes[0].act = "denial"
        analysis.quotes[1].act = "silence"
        let page = Self.html(Self.body, analysis)
        #expect(page.contains("<span class=\"q s1 reported unsaid\" id=\"a1-q0\">"))
        #expect(page.contains("<span class=\"q s2 unsaid\" id=\"a1-q1\">"))
        #expect(page.contains("title=\"Ann Li, mayor, not said\" aria-label=\"Ann Li, mayor, not said:\">AL</a>"))
    }

    @Test func `has the headline once, quotes in colour, claims underlined with a note, and what was left out`() {
        let page = Self.html()
        #expect(page.components(of: "<h1>") == 2)
        #expect(page.contains("<h1><span class=\"q s1 reported\" id=\"a1-q0\">"))
        #expect(page.contains("<p class=\"left-out\">Read more</p>"))
        #expect(page.contains("<span class=\"c w2\" id=\"a1-c0\"><span class=\"q s2\" id=\"a1-q1\">"))
        #expect(
            page.contains(
                "title=\"Ann Li, mayor\" aria-label=\"Ann Li, mayor:\">AL</a>“It sank at noon,”</span></span>"))
        #expect(
            page.contains(
                "<span class=\"c w3\" id=\"a1-c1\"><b>300</b> were on it.</span><a class=\"ref\" href=\"#a1-n1\""))
        #expect(page.contains("2 quotes by 2 speakers, 2 statements worth checking"))
        // The strongest comes first; what is not worth checking is not there.
        #expect(page.contains("<ol><li><a href=\"#a1-c1\"><bdi>300 were on it.</bdi></a>"))
        #expect(!page.contains("a1-c2"))
    }

    @Test func `of an analysis that is of another text stays within the text`() {
        let page = Self.html("Short.", Self.analysis)
        #expect(page.contains("Short."))
        #expect(Self.html("", Self.analysis).contains("<h1>Ferry sank, mayor says</h1>"))
    }

    @Test(
        arguments: [
            ("<b>", "&lt;b&gt;"), ("\" onload='x'", "&quot; onload=&#39;x&#39;"), ("a\u{202E}b", "ab"),
            ("\u{0}\u{1B}", "��"),
            ("a\nb\tc", "a\nb\tc"), ("&amp;", "&amp;amp;"), ("\u{FFFE}é😀", "�é😀"),
        ]) func `takes text as text`(text: String, written: String)
    {
        #expect(Markup.escaped(text) == written)
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", " http://x", "httpsx://", "",
    ])
    func `links to the web alone`(address: String) {
        #expect(Markup.link(address) == nil)
        #expect(Markup.link("https://x.example/?a=\"b") != nil)
    }

    @Test(
        arguments: [
            ("Kamala Harris", "KH"), ("White House", "WH"), ("most experts", "ME"), ("Han Duk-soo", "HD"), ("US", "U"),
            ("Ursula von der Leyen", "UL"), ("", "?"), ("1", "1"),
        ]) func `stands for a name by its initials`(name: String, initials: String)
    {
        #expect(Cast.initials(of: name) == initials)
    }

    @Test func `gives colours to who speaks most, and the rest share one`() {
        var analysis = Self.analysis
        analysis.quotes = (0..<12).flatMap { speaker in
            (0...(speaker == 11 ? 1 : 0)).map { _ in
                let entity = Analysis.Entity(id: "e\(speaker)", name: "Speaker \(speaker)", type: .person)
                return Analysis.Quote(
                    id: "q", kind: .direct, content: Analysis.Passage(text: "", spans: []),
                    speaker: Analysis.Speaker(entity),
                    confidence: 1)
            }
        }
        let cast = Cast(analysis)
        #expect(cast.members.map(\.name).prefix(3) == ["Speaker 11", "Speaker 0", "Speaker 1"])
        #expect(cast.members.map(\.style) == (1...8).map { "s\($0)" } + ["s0", "s0", "s0", "s0"])
        #expect(cast.speakers.suffix(2) == [0, 0])
    }

    @Test func `is one page for all articles, with one style sheet that it knows by its digest`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a.jsonl", (1...3).map { #"{"uri":"urn:\#($0)","body":"Text \#($0)."}"# }.joined(separator: "\n"))
        struct Nothing: Extractor {
            let pipeline = Analysis.Pipeline(name: "stub", version: "1.0.0")
            let languages: Set<String> = ["en"]
            func analyze(_ article: Article) throws(ExtractionError) -> Analysis {
                Analysis(id: "a", article: Analysis.ArticleReference(to: article), pipeline: pipeline)
            }
        }
        let console = CapturedConsole()
        let code = try Render(
            configuration: RenderConfiguration(paths: [path]), extractor: Nothing(), console: console.console
        ).run()
        #expect(code == .ok)
        #expect(console.output.components(of: "<article") == 4)
        #expect(console.output.components(of: "<style>") == 2)
        #expect(console.output.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
        #expect(!console.output.contains("unsafe"))
        #expect(console.output.hasSuffix("</html>\n"))
    }
}

extension String {
    /// One more than the string holds `part`.
    fileprivate func components(of part: String) -> Int {
        var count = 1
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
