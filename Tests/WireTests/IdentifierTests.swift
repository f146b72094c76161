import Testing
import Wire

@Suite struct IdentifierTests {
    static let pipeline = Analysis.Pipeline(name: "extract-en", version: "1.0.0")

    @Test func `SHA-256 is that of FIPS 180-4`() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Digest.sha256(Array("abc".utf8)) == expected)
    }

    @Test func `a result's identifier is the hash that the protocol names`() {
        let article = Analysis.ArticleReference(to: Sample.article)
        let text = "nwp1\0\(article.uri)\0\(article.version)\0\(article.sha256)\0extract-en/1.0.0\0"
        let expected = String(Digest.sha256(Array(text.utf8)).prefix(32))
        #expect(Analysis.identifier(of: article, by: Self.pipeline) == expected)
    }

    @Test func `an article's identifier changes with its URI, version and body alone`() {
        let article = Sample.article
        var other = article
        other.headline = "Another"
        #expect(other.identifier() == article.identifier())
        for key in [\Article.uri, \.version, \.body] {
            other = article
            other[keyPath: key] += "x"
            #expect(other.identifier() != article.identifier())
        }
    }

    @Test func `a quote's identifier depends on where it stands`() {
        func id(_ spans: [Span]) -> String { Analysis.identifier(of: "quote", in: "a", spans: spans, text: "t") }
        #expect(id([Span(0, 5)]) == id([Span(0, 5)]))
        #expect(Set([id([Span(0, 5)]), id([Span(0, 6)]), id([Span(0, 1), Span(3, 5)])]).count == 3)
        let claim = Analysis.identifier(of: "claim", in: "a", spans: [Span(0, 5)], text: "t")
        #expect(claim != id([Span(0, 5)]))
    }

    @Test func `parts of an identifier do not run together`() {
        #expect(Digest.identifier(["ab", "c"]) != Digest.identifier(["a", "bc"]))
    }

    @Test(arguments: [(1, 1, 1), (0, 9, 1), (1, 5, 1)])
    func `the newest common version is spoken`(min: Int, max: Int, version: Int) throws {
        #expect(try ProtocolVersion.negotiate(min: min, max: max) == version)
    }

    @Test(arguments: [(2, 3), (0, 0), (3, 1), (.max, .max), (.min, .min)])
    func `without a common version there is none`(min: Int, max: Int) {
        let error = #expect(throws: WireError.self) { try ProtocolVersion.negotiate(min: min, max: max) }
        #expect(error?.code == 426)
    }
}
