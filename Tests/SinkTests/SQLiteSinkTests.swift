import Foundation
import Journal
import TestKit
import Testing
import Wire

@testable import Sink

@Suite struct SQLiteSinkTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func event(
        _ n: Int64, about article: String, said: String = "We will win.", speaker: String = "Zoë Ö'Neil",
        source: String = "Courier", supersedes: String? = nil, by: String? = nil
    ) -> StreamMessage {
        let links = [("supersedes", supersedes), ("supersededby", by)].compactMap { name, id in
            id.map { #""\#(name)":"\#($0)","# }
        }.joined()
        let body = #"""
            {"specversion":"1.0","id":"r-\#(article)","source":"s","type":"org.onrecord.analysis.v1","time":"t",\#(links)
            "causationid":"\#(article)","data":{"article":{"uri":"urn:\#(article)","version":"1","headline":"Vote",
            "source":"\#(source)","language":"en","published":"2024-05-01T12:00:00+02:00"},
            "entities":[{"id":"e1","name":"Zoë Ö'Neil","type":"person","role":"mayor"}],
            "quotes":[{"id":"q","kind":"direct","act":"statement","content":{"text":"\#(said)","spans":[[3,9],[12,20]]},
            "speaker":{"entity":"e1","name":"\#(speaker)","type":"person"},"confidence":0.9}],
            "claims":[{"id":"c","text":"\#(said)","spans":[[3,9]],"claimant":{"kind":"article"},"checkWorthiness":0.4}]}}
            """#
        return message(n, topic: "res/1/en/courier/", body)
    }

    private func withdrawal(_ n: Int64, of articles: [String], reason: String = "canceled") -> StreamMessage {
        let targets = articles.map { #"{"id":"\#($0)","n":1}"# }.joined(separator: ",")
        return message(
            n, topic: "res/0/en/courier/",
            #"{"id":"n\#(n)","type":"org.onrecord.notice.v1","source":"s","specversion":"1.0","time":"t","data":{"kind":"withdrawal","uri":"urn:u","reason":"\#(reason)","targets":[\#(targets)]}}"#
        )
    }

    private func message(_ n: Int64, topic: String, _ body: String) -> StreamMessage {
        StreamMessage(
            topic: topic,
            position: Position(
                s: "res", e: "00000000000000aa", n: n, p: 0, id: "m\(n)", ts: "2024-06-01T00:00:00.000Z"),
            body: Array(body.utf8))
    }

    private func cursor(_ n: Int64) -> SinkCursor { SinkCursor(epoch: "00000000000000aa", journal: nil, n: n) }

    /// The articles of what is found, in a new database that was given the messages.
    private func found(_ messages: [StreamMessage], _ search: SinkSearch = SinkSearch()) throws -> [String] {
        var sink = try SQLiteSink(at: "\(folder.path)/\(Int.random(in: 0 ... .max)).db")
        try sink.take(messages, upTo: cursor(9))
        return try sink.passages(search).filter { $0.kind == "quote" }.map(\.uri)
    }

    @Test func `keeps what is not told, and takes tables of the release before`() throws {
        let path = folder.path + "/old.db"
        do {
            var sink = try SQLiteSink(at: path)
            try sink.take([event(1, about: "a")], upTo: cursor(1))
            for statement in [
                "DROP VIEW untold", "ALTER TABLE analysis DROP COLUMN remarks", "PRAGMA user_version = 3",
            ] { try sink.database.run(statement) }
        }
        try SQLiteSink.check(path)
        var old = try SinkReader(at: path)
        #expect(try old.article("r-a")?.remarks == [])
        var sink = try SQLiteSink(at: path)
        #expect(sink.cursor == cursor(1))
        var noted = event(2, about: "b")
        noted.body = Array(
            String(decoding: noted.body, as: UTF8.self).replacing(
                #""claims":"#,
                with: #""remarks":[{"code":"long-quotation","text":"a passage","spans":[[1,2]]}],"claims":"#
            ).utf8)
        try sink.take([noted], upTo: cursor(2))
        var reader = try SinkReader(at: path)
        let remark = try #require(try reader.article("r-b")?.remarks.first)
        #expect(remark.code == "long-quotation" && remark.text == "a passage" && remark.spans?.count == 1)
        #expect(try reader.article("r-a")?.remarks == [])
        let untold = try sink.database.first("SELECT code || text || uri FROM untold") { $0.text(0) }
        #expect(untold == "long-quotationa passageurn:b")
    }

    @Test func `has the replacement character where a text has a zero, as PostgreSQL has`() throws {
        #expect(
            String(decoding: SinkEvent.withoutZeros(Array(#"{"a":"\\u0000\u0000\\\u0000x"}"#.utf8)), as: UTF8.self)
                == #"{"a":"\\u0000\ufffd\\\ufffdx"}"#)
        var sink = try SQLiteSink(at: folder.path + "/zero.db")
        let remarks = try sink.take([event(1, about: "a", said: #"We \u0000 will."#)], upTo: cursor(1))
        #expect(remarks == [])
        #expect(try sink.passages(SinkSearch()).map(\.text).contains("We \u{FFFD} will."))
    }

    @Test func `leaves out a withdrawal that does not say of what`() throws {
        var sink = try SQLiteSink(at: folder.path + "/w.db")
        let whole = String(decoding: withdrawal(1, of: []).body, as: UTF8.self)
        let messages = [#""targets":null"#, #""other":1"#].enumerated().map { index, part in
            message(Int64(index + 1), topic: "res/0/en/courier/", whole.replacing(#""targets":[]"#, with: part))
        }
        #expect(try sink.take(messages, upTo: cursor(2)).map(\.n) == [1, 2])
        #expect(
            try sink.take([withdrawal(3, of: [])], upTo: cursor(3)) == [], "one may come before all that it takes back")
    }

    @Test func `tells who said what, when, and where`() throws {
        var sink = try SQLiteSink(at: folder.path + "/a.db")
        #expect(sink.cursor == nil)
        try sink.take([event(1, about: "a")], upTo: cursor(1))
        let passages = try sink.passages(SinkSearch())
        #expect(
            passages.first
                == SinkPassage(
                    kind: "quote", speaker: "Zoë Ö'Neil", person: "Zoë Ö'Neil", rule: "name", role: "mayor",
                    form: "direct", act: "statement", score: 0.9,
                    text: "We will win.", date: "2024-05-01T10:00:00.000Z", headline: "Vote", source: "Courier",
                    uri: "urn:a", id: "q"))
        #expect(passages.last?.kind == "claim" && passages.last?.speaker == nil && passages.count == 2)
        #expect(try sink.speakers(SinkSearch()).map(\.quotes) == [1])
    }

    @Test func `leaves out what is replaced or withdrawn, in whatever order it comes`() throws {
        let messages = [
            event(1, about: "a"), event(2, about: "b", supersedes: "a"), event(3, about: "c", by: "b"),
            event(4, about: "d"),
            withdrawal(5, of: ["d", "x"]), event(6, about: "e"),
        ]
        for shift in messages.indices {
            let order = Array(messages[shift...] + messages[..<shift])
            #expect(try found(order).sorted() == ["urn:b", "urn:e"])
            #expect(try found(order.reversed()).sorted() == ["urn:b", "urn:e"])
        }
    }

    private func contents(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: folder.path(name))))
    }

    private func isInFiles(_ text: String, _ names: [String]) -> Bool {
        names.contains { name in
            (try? contents(of: name))?.firstRange(of: Array(text.utf8)) != nil
        }
    }

    @Test func `keeps nothing of what is erased, in the tables, the index or free pages`() throws {
        var sink = try SQLiteSink(at: folder.path + "/a.db")
        let secret = "Perseverantia quondam"
        try sink.take([event(1, about: "a", said: secret), event(2, about: "b", said: "Other words")], upTo: cursor(2))
        try sink.take([withdrawal(3, of: ["a", "late"], reason: "erased")], upTo: cursor(3))
        try sink.take([event(4, about: "late", said: secret)], upTo: cursor(4))
        #expect(try sink.passages(SinkSearch()).map(\.uri) == ["urn:b", "urn:b"])
        #expect(!isInFiles(secret, ["a.db", "a.db-wal"]) && !isInFiles("perseverantia", ["a.db", "a.db-wal"]))
        #expect(isInFiles("Other words", ["a.db", "a.db-wal"]))
    }

    @Test func `overwrites lines of what is erased, and goes on`() throws {
        let path = folder.path + "/a.jsonl"
        do {
            var sink = try LineSink(at: path)
            let other = #"Other words: \"causationid\":\"a\""#
            try sink.take([event(1, about: "a"), event(2, about: "b", said: other)], upTo: cursor(2))
            try sink.take(
                [event(3, about: "a", said: "Again"), withdrawal(4, of: ["a"], reason: "erased")], upTo: cursor(4))
        }
        var sink = try LineSink(at: path)
        #expect(sink.cursor == cursor(4))
        try sink.take([event(5, about: "c")], upTo: cursor(5))
        let text = String(decoding: try contents(of: "a.jsonl"), as: UTF8.self)
        let lines = text.split(separator: "\n")
        struct Line: Decodable { var number: Int; var erased: Bool? }
        let read = try lines.map { try JSON.decode(Line.self, from: Array($0.utf8)) }
        #expect(read.map(\.number) == [1, 2, 3, 4, 5] && read.map(\.erased) == [true, nil, true, nil, nil])
        #expect(!text.contains("Again") && text.contains("Other words"))
    }

    @Test func `goes on with lines that were written before the first cursor was`() throws {
        let path = folder.path + "/a.jsonl"
        do { _ = try LineSink(at: path) }
        try folder.write("a.jsonl", #"{"epoch":"00000000000000aa","num"#)
        var sink = try LineSink(at: path)
        #expect(sink.cursor == nil)
        try sink.take([event(1, about: "a")], upTo: cursor(1))
        #expect(String(decoding: try contents(of: "a.jsonl"), as: UTF8.self).split(separator: "\n").count == 1)
        try folder.write("b.jsonl", "somebody else's")
        #expect(throws: JournalError.self) { _ = try LineSink(at: folder.path + "/b.jsonl") }
    }

    @Test func `takes a message once, and goes back with the journal`() throws {
        let path = folder.path + "/a.db"
        do {
            var sink = try SQLiteSink(at: path)
            try sink.take([event(1, about: "a"), event(2, about: "b"), event(2, about: "b")], upTo: cursor(2))
            try sink.take([event(1, about: "a"), withdrawal(3, of: ["a"])], upTo: cursor(3))
            #expect(try sink.passages(SinkSearch()).count == 2)
        }
        var sink = try SQLiteSink(at: path)
        #expect(sink.cursor == cursor(3))
        try sink.goBack(to: cursor(1))
        #expect(try sink.passages(SinkSearch()).map(\.uri) == ["urn:a", "urn:a"])
        var words = SinkSearch()
        words.words = ["win"]
        #expect(try sink.passages(words).count == 2)
        try sink.take([event(2, about: "b")], upTo: cursor(2))
        #expect(try sink.passages(words).count == 4)
    }

    @Test func `finds words and names whatever their accents, and takes none for a command`() throws {
        let messages = [event(1, about: "a", said: "Ferries sail again on Monday"), event(2, about: "b")]
        func search(_ words: [String], _ speaker: String? = nil) throws -> [String] {
            var search = SinkSearch()
            (search.words, search.speaker) = (words, speaker)
            return try found(messages, search)
        }
        #expect(try search(["FERRIES", "monday"]) == ["urn:a"])
        #expect(try search(["ferr*"]) == ["urn:a"])
        #expect(try search(["ferr"]) == [])
        #expect(try search([], "zoe").count == 2)
        #expect(try search(["win"], "o'neil") == ["urn:b"])
        for hostile in [
            "\"", "text:win OR", "NEAR(", "*", "' OR 1=1 --", "win\"*", "^", "\0", "- AND", "win\"\u{301} x",
            "\"\u{301}", "'\u{301}*",
        ] {
            #expect(throws: Never.self) { try search([hostile]) }
            #expect(throws: Never.self) { try search([], hostile) }
        }
    }

    @Test func `finds letters with a stroke without it, with it, and in capitals, and publishers, too`() throws {
        let messages = [
            event(
                1, about: "a", said: "Die Brücke über den Øresund ist groß", speaker: "Łukasz Żółć",
                source: "Süddeutsche"),
            event(2, about: "b", said: "Oresund waits", speaker: "Lukasz Zolc", source: "Süden"),
        ]
        func search(_ words: [String], _ speaker: String? = nil, source: String? = nil) throws -> [String] {
            var search = SinkSearch()
            (search.words, search.speaker, search.source) = (words, speaker, source)
            return try found(messages, search).sorted()
        }
        for name in ["lukasz", "ŁUKASZ", "zolc", "Żółć", "zółc", "łuk*", "luk* zol*"] {
            #expect(try search([], name) == ["urn:a", "urn:b"], "\(name)")
        }
        #expect(try search(["oresund"]).count == 2 && search(["ØRESUND"]).count == 2)
        #expect(try search(["brucke", "oresund"], "zolc") == ["urn:a"])
        #expect(try search(["zolc"]) == [] && search([], "oresund") == [])
        for source in ["SÜDDEUTSCHE", "Suddeutsche", "su\u{308}ddeutsche"] {
            #expect(try search([], source: source) == ["urn:a"], "\(source)")
        }
        var sink = try SQLiteSink(at: folder.path + "/stroke.db")
        try sink.take(messages + [withdrawal(3, of: ["a"], reason: "erased")], upTo: cursor(3))
        try sink.database.run("INSERT INTO words (words) VALUES ('integrity-check')")
        #expect(!isInFiles("resund ist", ["stroke.db", "stroke.db-wal"]))
    }

    // In a comparison of characters a quotation mark with an accent behind it is none, in a search it is.
    @Test(arguments: ["Ann “Li", "Ann \\\"Li", "Ann \\\"\u{301}Li", "Ann' OR '\u{301}"])
    func `an article is replaced and taken back whatever a name in it looks like`(name: String) throws {
        let messages = [
            event(1, about: "a", speaker: name), event(2, about: "b", speaker: name, supersedes: "a"),
            event(3, about: "c", speaker: name), withdrawal(4, of: ["b"]),
        ]
        #expect(try found(messages) == ["urn:c"])
    }

    @Test func `says what is no event, keeps it out, and takes the rest`() throws {
        let odd = [
            "", "{", "[]", "{}", #"{"id":7,"data":{"article":{}}}"#, #"{"id":"x","data":{"article":{},"quotes":{}}}"#,
            #"{"id":"x","id":"y","data":{"article":{}}}"#, #"{"id":"y","data":{"article":{"uri":7}}}"#,
            #"{"id":"\#(String(repeating: "i", count: 300))","data":{"article":{}}}"#,
            #"{"id":"z","data":{"article":{"uri":"urn:\u0000z"},"quotes":[{"content":{"text":"a\u0000b","spans":[[],[-1]]}}],"later":1}}"#,
        ]
        var sink = try SQLiteSink(at: folder.path + "/a.db")
        let messages = odd.enumerated().map { message(Int64($0 + 1), topic: "res/1/en/c/", $1) }
        let remarks = try sink.take(messages + [event(11, about: "a")], upTo: cursor(11))
        #expect(remarks.map(\.n) == [1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(Set(try sink.passages(SinkSearch()).map(\.uri)) == ["urn:a", "urn:\u{FFFD}z"])
        try folder.write("b.db", "no database at all, but long enough to be taken for one by its size")
        #expect(throws: (any Error).self) { _ = try SQLiteSink(at: folder.path + "/b.db") }
        #expect(throws: (any Error).self) { _ = try SinkReader(at: folder.path + "/new.db") }
    }

    @Test func `finds one person under all spellings, says by which rule, and lets a user decide otherwise`() throws {
        let path = folder.path + "/a.db"
        var sink = try SQLiteSink(at: path)
        try sink.take(
            [
                event(1, about: "a", speaker: "Zoé Harte"), event(2, about: "b", speaker: "Zoe Q. Harte"),
                event(3, about: "c", speaker: "Z. Harte"), event(4, about: "d", speaker: "Zora Hart"),
            ], upTo: cursor(4))
        func find(_ name: String) throws -> [String] {
            var search = SinkSearch()
            search.person = name
            search.kind = "quote"
            return try sink.passages(search).map { "\($0.uri) \($0.person ?? "-") [\($0.rule ?? "-")]" }.sorted()
        }
        let three = [
            "urn:a Zoe Q. Harte [middle initial, spelling]", "urn:b Zoe Q. Harte [name]",
            "urn:c Zoe Q. Harte [initial]",
        ]
        #expect(try find("zoe harte") == three)
        #expect(try find("HARTE") == three)
        #expect(try find("z. harte") == three)
        #expect(try find("nobody") == [] && find("") == [] && find("' OR 1=1 --") == [])
        let speakers = try sink.speakers(SinkSearch())
        #expect(speakers.map(\.speaker) == ["Zoe Q. Harte", "Zora Hart"])
        #expect(speakers[0].quotes == 3 && speakers[0].spellings?.count == 3 && speakers[1].spellings == nil)

        // A second one who fits takes the initial away again; so does its end.
        try sink.take([event(5, about: "e", speaker: "Zack Harte")], upTo: cursor(5))
        #expect(try find("z. harte") == ["urn:c Z. Harte [name]"])
        try sink.take([withdrawal(6, of: ["e"])], upTo: cursor(6))
        #expect(try find("z. harte") == three)
        try sink.take([withdrawal(7, of: ["b"], reason: "erased")], upTo: cursor(7))
        #expect(try find("z harte") == ["urn:a Zoé Harte [name]", "urn:c Zoé Harte [initial]"])
        #expect(!isInFiles("Q. Harte", ["a.db", "a.db-wal"]))

        var user = try Database(at: path)
        try user.run("INSERT INTO override (name, person) VALUES ('Z. Harte', 'Zora Hart')")
        #expect(try find("zora") == ["urn:c Zora Hart [override]", "urn:d Zora Hart [name]"])
        #expect(try find("zoe") == ["urn:a Zoé Harte [name]"])
        try user.run("INSERT INTO override VALUES ('Z. Harte', 'Courier', 'Z. Harte')")
        #expect(try find("z. harte") == ["urn:c Z. Harte [override]"])
        try user.run("DELETE FROM override")
        try sink.goBack(to: cursor(4))
        #expect(try find("z. harte") == ["urn:a Zoé Harte [name]", "urn:c Zoé Harte [initial]"])
        try user.run("SELECT * FROM said, claimed, people, current")
    }
}

extension SQLiteSink {
    /// What a reader finds beside the one who writes.
    fileprivate func passages(_ search: SinkSearch) throws -> [SinkPassage] {
        var reader = try SinkReader(at: database.path)
        return try reader.passages(search)
    }

    fileprivate func speakers(_ search: SinkSearch) throws -> [SinkSpeaker] {
        var reader = try SinkReader(at: database.path)
        return try reader.speakers(search)
    }
}
