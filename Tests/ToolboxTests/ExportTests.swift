import Foundation
import Presentation
import Testing
import Wire

@testable import Toolbox

@Suite struct `Analyses for others` {
    @Test(
        arguments: [
            "http://", "https://", "http:///news", "https://?q", "https://#a", "http://:80/",
            "https://user:pw@news.example/a",
            "https://news.example:pw@evil.example/", "https://news.example@evil.example", "http://news.example:port/",
            "https://\\evil.example",
            "https://.", "https://a b.example/", "https://[::1", "https://[evil]/", "http://news.example:123456/",
            "ftp://news.example/",
            "javascript://news.example/", "//news.example", "https:/news.example", "https://a\nb.example/",
            "https://a<b>.example/",
        ]) func `nothing is a link that leads to no host, or hides which`(address: String)
    {
        #expect(Markup.link(address) == nil)
        #expect(TextFragment.address(of: "It sank", on: address) == nil)
    }

    @Test(
        arguments: [
            "http://a", "https://news.example/a?b#c", "HTTPS://News.Example:8443/", "https://münchen.example/ä",
            "https://[2001:db8::1]:80/x",
            "http://127.0.0.1:80", "https://news.example/@user/a:b", "https://xn--mnchen-3ya.example",
            "https://a_b.example./", "http://新聞.example/",
        ]) func `an address of a page is a link`(address: String)
    {
        #expect(Markup.link(address) == address)
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a, b", "\"a, b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-5 °C", "'-5 °C"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'=1"), ("\r\n=1\n2", "'=1 2"), ("＝1", "'＝1"),
            ("", ""),
            // A mark behind it makes another character of it, to Swift and to nobody who reads the table.
            ("\"\u{301}no", "\"\"\"\u{301}no\""), ("a,\u{301}b", "\"a,\u{301}b\""), ("=\u{301}1", "'=\u{301}1"),
            ("a;b", "\"a;b\""), ("=cmd|' /C calc'!A0,x", "\"'=cmd|' /C calc'!A0,x\""),
        ]) func `cells hold one line that is no formula`(text: String, cell: String)
    {
        #expect(ClaimTable.cell(text) == cell)
    }

    @Test func `a row is a claim, the strongest first`() {
        var analysis = Samples.analysis
        analysis.article.uri = "https://harbour.example/ferry"
        analysis.claims[0].claimant.entity = "e1"
        let rows = ClaimTable.rows(analysis).split(separator: "\r\n").map(String.init)
        #expect(
            ClaimTable.header == "score,speaker,role,type,text,published,headline,source,link,uri,act,negated,kind\r\n")
        #expect(
            rows == [
                "1.00,most of the crew,,unknown,it sank twice,2024-04-30T06:00:00Z,Ferry to reopen in May,harbour.example,https://harbour.example/ferry#:~:text=it%20sank%20twice,https://harbour.example/ferry,,false,",
                "0.88,,,article,more than 300 people used it daily,2024-04-30T06:00:00Z,Ferry to reopen in May,harbour.example,https://harbour.example/ferry#:~:text=more%20than%20300%20people%20used%20it%20daily,https://harbour.example/ferry,,false,",
                "0.25,Ines Duarte,harbour master,person,the ferry is safe,2024-04-30T06:00:00Z,Ferry to reopen in May,harbour.example,https://harbour.example/ferry#:~:text=the%20ferry%20is%20safe,https://harbour.example/ferry,,false,",
                "0.25,,,article,it will reopen,2024-04-30T06:00:00Z,Ferry to reopen in May,harbour.example,https://harbour.example/ferry#:~:text=it%20will%20reopen,https://harbour.example/ferry,,false,",
            ])
    }

    @Test func `a row tells a denial from a statement`() {
        var analysis = Samples.analysis
        analysis.quotes[1].act = "denial"
        analysis.claims = [analysis.claims[0]]
        analysis.claims[0].quote = analysis.quotes[1].id
        analysis.claims[0].propositions = [
            Analysis.Proposition(subject: nil, predicate: analysis.quotes[1].content, negated: true)
        ]
        analysis.quotes = [analysis.quotes[1]]
        #expect(ClaimTable.rows(analysis).hasSuffix(",urn:test:ferry,denial,true,indirect\r\n"))
    }

    @Test(
        arguments: [
            ("It sank.", "https://x.example/a", "https://x.example/a#:~:text=It%20sank."),
            ("It sank.", "https://x.example/a#top", "https://x.example/a#top:~:text=It%20sank."),
            ("It sank.", "https://x.example/a#top:~:text=It%20swam", "https://x.example/a#top:~:text=It%20sank."),
            ("It sank.", "https://x.example/a#:~:text=It%20swam", "https://x.example/a#:~:text=It%20sank."),
            (
                "one two three four five six seven eight nine", "http://x/",
                "http://x/#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
            ),
            ("He left … at noon", "http://x/", "http://x/#:~:text=He%20left,at%20noon"),
            ("a-b, c&d", "http://x/", "http://x/#:~:text=a%2Db%2C%20c%26d"), ("It sank.", "urn:x:1", nil),
            ("x", "file:///etc/passwd", nil), ("x", "javascript:alert(1)//https://x.example/", nil),
            ("x", "data:text/html,x", nil), ("x", "VBScript:x", nil), ("x", "jAvAsCrIpT:x", nil), ("x", "http:x", nil),
            ("  ", "http://x/", "http://x/"),
        ]) func `an address leads to the words`(text: String, page: String, address: String?)
    {
        #expect(TextFragment.address(of: text, on: page) == address)
    }

    @Test func `quotations and claims in the words of schema.org`() throws {
        var analysis = Samples.analysis
        analysis.article.uri = "https://harbour.example/ferry"
        analysis.claims[0].claimant.entity = "e1"
        analysis.claims[1].text = "</script><script>alert(1)</script>"
        let line = try LinkedData.line(analysis)
        #expect(!line.contains(UInt8(ascii: "<")))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        let graph = try #require(object["@graph"] as? [[String: Any]])
        #expect(object["@context"] as? String == "https://schema.org")
        #expect(
            graph.map { $0["@type"] as? String } == ["NewsArticle"] + Array(repeating: "Quotation", count: 4)
                + Array(repeating: "Claim", count: 4))
        let quotation = graph[1]
        let speaker = try #require(quotation["spokenByCharacter"] as? [String: String])
        #expect(speaker == ["@type": "Person", "name": "Ines Duarte", "jobTitle": "harbour master"])
        #expect((quotation["isPartOf"] as? [String: String]) == ["@id": "https://harbour.example/ferry"])
        let claim = graph[6]
        #expect(claim["text"] as? String == "</script><script>alert(1)</script>")
        #expect((claim["author"] as? [String: String]) == ["@type": "Organization", "name": "harbour.example"])
        #expect((claim["appearance"] as? [String: String]) == ["@id": "https://harbour.example/ferry"])
        #expect((graph[7]["author"] as? [String: String])?["name"] == "Ines Duarte")
    }

    @Test(
        arguments: [
            "javascript:alert(1)//https://x.example/", "JavaScript:alert(1)", "data:text/html", "vbscript:x",
            "file:///home/me/a.txt", "urn:isbn:1", "URN:x:2", "https://x.example/a",
        ]) func `only pages in the web are linked to, and what is no publisher is none`(uri: String) throws
    {
        var analysis = Samples.analysis
        analysis.article.uri = uri
        analysis.article.source = Article.unknownSource
        let isPage = uri.hasPrefix("https")
        let object = try JSONSerialization.jsonObject(with: Data(try LinkedData.line(analysis))) as? [String: Any]
        let graph = try #require(object?["@graph"] as? [[String: Any]])
        let id = try #require(graph[0]["@id"] as? String)
        #expect((id == uri) == (isPage || uri.lowercased().hasPrefix("urn:")))
        #expect(id == uri || id.hasPrefix("urn:onrecord:article:"))
        #expect(
            graph.dropFirst().allSatisfy {
                ($0["isPartOf"] ?? $0["appearance"]) as? [String: String] == ["@id": id] && ($0["url"] != nil) == isPage
            })
        #expect(
            graph[0]["publisher"] == nil && graph.allSatisfy { ($0["author"] as? [String: String])?["name"] != "local" }
        )
        let rows = ClaimTable.rows(analysis).split(separator: "\r\n")
        #expect(rows.count > 1 && rows.allSatisfy { $0.hasSuffix((isPage ? ",\(uri)" : ",,,\(uri)") + ",,false,") })
    }

    /// What schema.org says of the properties in use: whose they are, and what they take.
    private static let vocabulary: [String: (of: String, takes: Set<String>)] = [
        "name": ("Thing", ["Text"]), "url": ("Thing", ["URL"]), "headline": ("CreativeWork", ["Text"]),
        "inLanguage": ("CreativeWork", ["Text"]), "datePublished": ("CreativeWork", ["Date", "DateTime"]),
        "publisher": ("CreativeWork", ["Organization", "Person"]), "text": ("CreativeWork", ["Text"]),
        "author": ("CreativeWork", ["Organization", "Person"]), "creditText": ("CreativeWork", ["Text"]),
        "isPartOf": ("CreativeWork", ["CreativeWork", "URL"]), "isBasedOn": ("CreativeWork", ["CreativeWork", "URL"]),
        "spokenByCharacter": ("Quotation", ["Organization", "Person"]), "appearance": ("Claim", ["CreativeWork"]),
        "jobTitle": ("Person", ["Text"]),
    ]
    /// The types in use, each with the one that it is a kind of.
    private static let types = [
        "NewsArticle": "Article", "Article": "CreativeWork", "Quotation": "CreativeWork", "Claim": "CreativeWork",
        "CreativeWork": "Thing", "Person": "Thing", "Organization": "Thing",
    ]

    private static func isKind(_ type: String, of other: String) -> Bool {
        type == other || types[type].map { isKind($0, of: other) } ?? false
    }

    /// What of a node is not as schema.org has it; `nodes` has the types of all nodes by their id.
    private static func flaws(_ node: [String: Any], _ nodes: [String: String]) -> [String] {
        guard let type = node["@type"] as? String, types[type] != nil else { return ["no type: \(node)"] }
        return node.filter { !$0.key.hasPrefix("@") }.flatMap { name, value -> [String] in
            guard let property = vocabulary[name] else { return ["no property: \(name)"] }
            guard isKind(type, of: property.of) else { return ["\(name) of a \(type)"] }
            if let child = value as? [String: Any] {
                let kind = child["@type"] as? String ?? (child["@id"] as? String).flatMap { nodes[$0] } ?? "nothing"
                let fits = property.takes.contains { isKind(kind, of: $0) }
                return (fits ? [] : ["\(name): \(kind)"]) + (child["@type"] == nil ? [] : flaws(child, nodes))
            }
            guard let text = value as? String, !text.isEmpty else { return ["\(name) is empty"] }
            let kinds: Set<String> =
                Timestamp.parse(text) != nil
                ? ["DateTime"]
                : Timestamp.parse(text + "T00:00:00Z") != nil
                    ? ["Date"] : URL(string: text)?.scheme != nil ? ["URL", "Text"] : ["Text"]
            return property.takes.isDisjoint(with: kinds.union(["Text"])) ? ["\(name): \(text)"] : []
        }
    }

    @Test(arguments: [nil, "", "yesterday", "2024-04-30", "2024-04-30T08:00:00+02:00"])
    func `the words of schema.org are as its vocabulary has them, whoever speaks`(published: String?) throws {
        for type in [Analysis.EntityType.person, .organization, .group, .document, .place, .other] {
            for language in ["en", "und"] {
                var analysis = Samples.analysis
                analysis.article.uri = "https://harbour.example/ferry"
                (analysis.article.published, analysis.article.language) = (published, language)
                if type == .other { analysis.article.headline = "" }
                for index in analysis.entities.indices { analysis.entities[index].type = type }
                for index in analysis.claims.indices { analysis.claims[index].claimant.entity = "e1" }
                let line = try LinkedData.line(analysis)
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
                let graph = try #require(object["@graph"] as? [[String: Any]])
                let nodes = Dictionary(
                    graph.map { ($0["@id"] as? String ?? "", $0["@type"] as? String ?? "") }
                ) { first, _ in first }
                #expect(graph.flatMap { Self.flaws($0, nodes) } == [])
                // Nobody's name is left out.
                let named = graph.count {
                    $0["@type"] as? String == "Quotation"
                        && ($0["spokenByCharacter"] ?? $0["isBasedOn"] ?? $0["creditText"]) != nil
                }
                #expect(named == analysis.quotes.count { $0.speaker != nil } && named > 0)
                let isDated = published?.hasPrefix("2024") == true
                #expect(
                    graph.allSatisfy {
                        $0["@type"] as? String == "Quotation" || ($0["datePublished"] != nil) == isDated
                    })
            }
        }
    }
}
