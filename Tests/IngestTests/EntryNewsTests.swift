import Feeds
import Testing

@testable import Ingest

/// What of a feed is new, seen again after one of its kind was read.
@Suite struct EntryNewsTests {
    private static func entry(_ n: Int, _ change: (inout Feed.Entry) -> Void = { _ in }) -> Feed.Entry {
        var entry = Feed.Entry()
        entry.id = "urn:\(n)"
        entry.link = "https://news.example/\(n)"
        entry.title = "Pier \(n)"
        entry.summary = "Short."
        entry.updated = "2024-05-01"
        change(&entry)
        return entry
    }

    private static func fresh(_ now: [Feed.Entry], after before: [Feed.Entry], isFull: Bool = false) -> [Int] {
        let known = before.map(EntryDigest.init)
        return EntryNews(
            now.map { ($0, EntryDigest($0)) }, identities: Set(known.map(\.identity)),
            words: Set(known.compactMap(\.words)), isFull: { _ in isFull },
            isPublished: { id in before.contains { $0.id == id } }
        ).fresh
    }

    private static let four = (1...4).map { entry($0) }

    @Test func `what was read is not new, and what comes is`() {
        #expect(Self.fresh(Self.four, after: []) == [0, 1, 2, 3])
        #expect(Self.fresh(Self.four, after: Self.four) == [])
        #expect(Self.fresh([Self.entry(5)] + Self.four.dropLast(), after: Self.four) == [0])
    }

    @Test func `a date that changes may mean another page, and other words another article`() {
        let redated = [Self.four[0], Self.entry(2) { $0.updated = "2024-05-02" }] + Self.four[2...]
        #expect(Self.fresh(redated, after: Self.four) == [1])
        #expect(Self.fresh(redated, after: Self.four, isFull: true) == [])
        #expect(Self.fresh([Self.four[0], Self.entry(2) { $0.title = "Piers" }], after: Self.four) == [1])
        #expect(Self.fresh([Self.entry(1) { $0.summary = "<img src='x?9'>Short." }], after: [Self.four[0]]) == [])
    }

    @Test func `identifiers and dates that are others at each request are no news`() {
        #expect(
            Self.fresh(Self.four.indices.map { n in Self.entry(n + 1) { $0.id = "x\(n)" } }, after: Self.four) == [])
        let redated = (1...4).map { n in Self.entry(n) { $0.updated = "2024-06-0\(n)" } }
        #expect(Self.fresh(redated, after: Self.four) == [])
        #expect(Self.fresh([Self.entry(9)] + redated, after: Self.four) == [0])
        #expect(Self.fresh((1...4).map { n in Self.entry(n) { $0.summary = "5 minutes ago" } }, after: Self.four) == [])
    }

    @Test func `an entry that is taken back is new once`() {
        var deleted = Feed.Entry()
        deleted.id = "urn:1"
        deleted.deleted = "2024-05-02"
        #expect(Self.fresh([deleted], after: Self.four) == [0])
        #expect(Self.fresh([deleted], after: Self.four + [deleted]) == [])
    }
}
