import FoundationEssentials
import Testing

@testable import Pages

/// The pages that were written for this project, with what is right about each.
enum WrittenPages {
    struct Gold: Decodable {
        var page: String
        var headline: String?
        var byline: [String]
        var published: String?
        var language: String?
        var canonical: String?
        var publisher: String?
        var paragraphs: [String]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Written")

    static func gold() throws -> [Gold] {
        let lines = try Data(contentsOf: folder.appending(path: "gold.jsonl")).split(separator: 0x0A)
        return try lines.map { try JSONDecoder().decode(Gold.self, from: Data($0)) }
    }

    static func bytes(of page: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "\(page).html")))
    }

    static func words(_ text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    }

    /// Every four words in a row with their number, as the Article Extraction Benchmark counts.
    static func shingles(_ text: String) -> [String: Int] {
        let words = words(text)
        guard !words.isEmpty else { return [:] }
        var counts: [String: Int] = [:]
        for start in 0..<max(1, words.count - 3) {
            counts[words[start...].prefix(4).joined(separator: " "), default: 0] += 1
        }
        return counts
    }
}

@Suite struct WrittenPagesTests {
    @Test func `the texts of the pages written for this project are found`() throws {
        var (precision, recall) = (0.0, 0.0)
        let pages = try WrittenPages.gold()
        #expect(pages.count == 22)
        for gold in pages {
            let page = Page(try WrittenPages.bytes(of: gold.page))
            let right = WrittenPages.shingles(gold.paragraphs.joined(separator: "\n"))
            let found = WrittenPages.shingles(page.paragraphs.joined(separator: "\n"))
            let shared = Double(right.reduce(0) { $0 + min($1.value, found[$1.key] ?? 0) })
            precision += shared / Double(max(1, found.values.reduce(0, +)))
            recall += shared / Double(max(1, right.values.reduce(0, +)))
            #expect(shared / Double(max(1, right.values.reduce(0, +))) > 0.7, "page \(gold.page)")
        }
        let (p, r) = (precision / Double(pages.count), recall / Double(pages.count))
        #expect(2 * p * r / (p + r) >= 0.97, "precision \(p), recall \(r)")
    }

    @Test func `what the pages say of themselves is found, in all but a page or two`() throws {
        var wrong: [String: [String]] = [:]
        for gold in try WrittenPages.gold() {
            let page = Page(try WrittenPages.bytes(of: gold.page))
            func check(_ field: String, _ isRight: Bool) { if !isRight { wrong[field, default: []].append(gold.page) } }
            if let headline = gold.headline {
                check(
                    "headline",
                    WrittenPages.words(headline.lowercased()) == WrittenPages.words((page.headline ?? "").lowercased()))
            }
            if let published = gold.published { check("published", page.published?.prefix(10) == published.prefix(10)) }
            if let language = gold.language { check("language", page.language?.prefix(2) == language.prefix(2)) }
            if let canonical = gold.canonical { check("canonical", page.address == canonical) }
            if let publisher = gold.publisher {
                check(
                    "publisher",
                    WrittenPages.words(publisher.lowercased())
                        == WrittenPages.words((page.publisher ?? "").lowercased()))
            }
            check(
                "byline", gold.byline.map { $0.lowercased() }.sorted() == page.byline.map { $0.lowercased() }.sorted())
        }
        #expect(wrong.allSatisfy { $1.count <= ($0 == "byline" ? 2 : 1) }, "\(wrong)")
    }
}
