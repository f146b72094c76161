import Testing
import TextInput

@Suite struct ArticleAddressTests {
    @Test(arguments: [
        ("HTTP://User:Secret@News.Example:80?a=1#b", "http://news.example/?a=1"),
        (
            "https://news.example:443/Pier?utm_source=rss&id=7&UTM_Medium=x&fbclid=y#top",
            "https://news.example/Pier?id=7"
        ),
        ("https://news.example:8443/pier?utm_source=rss", "https://news.example:8443/pier"),
        ("https://news.example./#!pier/7?utm_source=x", "https://news.example/#!pier/7?utm_source=x"),
        ("https://news.example/pier?id=7&utm_term=a#!x", "https://news.example/pier?id=7#!x"),
        ("https://news.example/a%20b;c?d&e=&f", "https://news.example/a%20b;c?d&e=&f"),
        ("urn:news:7#a", "urn:news:7#a"), ("file:///pier.html#line=2", "file:///pier.html#line=2"),
        ("https://", "https://"),
        ("https://news.example/a b", "https://news.example/a b"), ("", ""),
    ])
    func `an address of an article is the same however readers come to it`(given: String, identity: String) {
        #expect(ArticleAddress.identity(of: given) == identity)
        #expect(ArticleAddress.identity(of: identity) == identity)
    }

    @Test(arguments: [
        ("https://www.news.example/1", "http://news.example/2", true),
        ("https://m.news.example", "https://amp.news.example", true),
        ("https://www.m.news.example", "https://NEWS.example", true),
        ("https://desk.news.example", "https://m.desk.news.example", true),
        ("https://news.example:8080", "https://news.example", false),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081", false),
        ("http://127.0.0.1:8080", "https://127.0.0.1:8080", true),
        // Many who share a domain.
        ("https://ann.blogs.example", "https://bo.blogs.example", false),
        ("https://blogs.example", "https://bo.blogs.example", false),
        ("https://m.co.uk", "https://amp.co.uk", false), ("https://www.co.example", "https://m.co.example", true),
        ("https://www.example", "https://m.example", false),
        ("https://news.example.evil.example", "https://news.example", false),
        ("https://news.example@evil.example/", "https://news.example/", false),
        ("https://evilnews.example", "https://news.example", false),
    ])
    func `two addresses are of one site, or are not`(first: String, second: String, isSame: Bool) throws {
        let (first, second) = (try #require(ArticleAddress(first)), try #require(ArticleAddress(second)))
        #expect(first.isSameSite(as: second) == isSame)
        #expect(second.isSameSite(as: first) == isSame)
    }
}
