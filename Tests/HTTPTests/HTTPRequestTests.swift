import HTTP
import Testing

@Suite struct HTTPRequestTests {
    @Test func `path and query are decoded, in order, and nothing is decoded twice`() throws {
        let request = try #require(HTTPRequest("GET", "/a%2Fb/%C3%A9+?q=x%26y+z&q=&%3D=1&empty&p=%252B%3F=?"))
        #expect(request.path == "/a/b/é+")
        #expect(request.query.map(\.name) == ["q", "q", "=", "empty", "p"])
        #expect(request.query.map(\.value) == ["x&y z", "", "1", "", "%2B?=?"])
        #expect(HTTPRequest("GET", "/")?.query.isEmpty == true && HTTPRequest("GET", "/?")?.query.isEmpty == true)
        // Some clients leave letters as they are; an accent behind a sign does not take it away.
        let bare = try #require(HTTPRequest("GET", "/é?\u{301}q=\u{301}x&\u{301}p=1"))
        #expect(bare.path == "/é" && bare.query.map(\.name) == ["\u{301}q", "\u{301}p"])
        #expect(bare.query.map(\.value) == ["\u{301}x", "1"])
        #expect(HTTPRequest("GET", "/?a=%00")?.query.first?.value == "\0")
    }

    @Test(arguments: ["/%", "/%4", "/%zz", "/%ff", "/?a=%ed%a0%80", "/?%c3=1", "/%C0%AF", "/?a=%+1", "/%u0041"])
    func `what cannot be decoded is no request`(target: String) {
        #expect(HTTPRequest("GET", target) == nil)
    }

    @Test func `what is encoded is decoded to the same`() throws {
        let text = "Zoë O’Neil & Söhne <b> 50% +1 /?#\u{0}\u{10FFFF}"
        let request = try #require(HTTPRequest("GET", "/person?name=\(HTTPRequest.encoded(text))"))
        #expect(request.query.first?.value == text)
        #expect(HTTPRequest.encoded("aZ9-._~") == "aZ9-._~" && HTTPRequest.encoded("é b") == "%C3%A9%20b")
    }
}
