import TestKit
import Testing

@testable import Sink

@Suite struct `People under several spellings` {
    /// `name @ source ~ month`, joined; the persons by name and source, with the rules.
    private func join(_ names: String...) -> [String: String] {
        var blocks: [String: [People.Spelling]] = [:]
        for text in names {
            let parts = text.split(separator: "@", maxSplits: 1).map { $0.trimmingPrefix(" ") }
            let name = String(parts[0].reversed().drop { $0 == " " }.reversed())
            let place = parts.count > 1 ? parts[1].split(separator: "~").map(String.init) : ["Courier"]
            let date = "2024-\(place.count > 1 ? place[1] : "05")-01T00:00:00.000Z"
            let spelling = People.Spelling(name: name, source: place[0], first: date, last: date)
            blocks[People.block(of: name), default: []].append(spelling)
        }
        var found: [String: String] = [:]
        for join in blocks.values.flatMap({ People.join($0) }) {
            let name = join.spelling.name + (join.spelling.source == "Courier" ? "" : "@" + join.spelling.source)
            found[name] = join.rule == "name" ? join.person : "\(join.person) [\(join.rule)]"
        }
        return found
    }

    /// Whether all of these names are one person's, whatever their order.
    private func areOne(_ names: String...) -> Bool {
        let forward = Set(joined(names).map(\.person))
        #expect(forward == Set(joined(names.reversed()).map(\.person)))
        return forward.count == 1
    }

    private func joined(_ names: [String]) -> [People.Join] {
        let date = "2024-05-01T00:00:00.000Z"
        let spellings = names.map { People.Spelling(name: $0, source: "Courier", first: date, last: date) }
        return Dictionary(grouping: spellings, by: { People.block(of: $0.name) }).values.flatMap { People.join($0) }
    }

    private var joinOfUnknownSource: [String: String] {
        let date = "2024-05-01T00:00:00.000Z"
        let joins = People.join(
            ["John Smith", "J. Smith"].map { People.Spelling(name: $0, source: "", first: date, last: date) })
        return Dictionary(joins.map { ($0.spelling.name, $0.person) }) { first, _ in first }
    }

    @Test func `are one where accents, marks, titles and initials are all that differs`() {
        #expect(areOne("José García", "Jose Garcia", "JOSÉ GARCÍA", "Jose\u{301} Garci\u{301}a"))
        #expect(areOne("Jean-Luc Moreau", "Jean Luc Moreau", "Jean‑Luc Moreau"))
        #expect(areOne("Maura O'Neil", "Maura O’Neil", "Maura ONeil"))
        #expect(
            areOne("Amara Okafor", "Dr. Amara Okafor", "Prof. Dr. Amara Okafor", "Amara Okafor, PhD", "Amara Okafor MP")
        )
        #expect(areOne("Harold Q. Finch", "Harold Finch", "Harold Q Finch", "Sen. Harold Finch"))
        #expect(areOne("Jürgen Müller", "Juergen Mueller"))
        #expect(areOne("Jürgen Müller", "Jurgen Muller"))
        #expect(areOne("Åse Bjørnstad", "Aase Bjoernstad"))
        #expect(areOne("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"))
        #expect(areOne("Сергей Волков", "Sergey Volkov"))
        #expect(areOne("Λίνα Παππά", "Lina Pappa"))
        #expect(areOne("Sam Reed Jr.", "Sam Reed", "Sam Reed, Jr"))
        #expect(areOne("J.K. Marsh", "J. K. Marsh"))
        #expect(areOne("Pelé", "Pele"))
    }

    @Test func `say by which rule, under the fullest name`() {
        #expect(
            join("Harold Q. Finch", "Harold Finch", "Sen. Harold Finch", "H. Finch") == [
                "Harold Q. Finch": "Harold Q. Finch", "Harold Finch": "Harold Q. Finch [middle initial]",
                "Sen. Harold Finch": "Harold Q. Finch [title, middle initial]", "H. Finch": "Harold Q. Finch [initial]",
            ])
        #expect(
            join("Jose Garcia", "José García") == [
                "Jose Garcia": "José García [spelling]", "José García": "José García",
            ])
        // Not in capitals alone, as headlines and bylines have names.
        #expect(join("ANN LI", "Ann Li") == ["ANN LI": "Ann Li [spelling]", "Ann Li": "Ann Li"])
        #expect(join("JOSÉ GARCÍA", "Jose Garcia")["JOSÉ GARCÍA"] == "Jose Garcia [spelling]")
        #expect(join("Sam Reed", "Sam Reed Jr.")["Sam Reed"] == "Sam Reed Jr. [suffix]")
        #expect(join("Dr. Ada Novak") == ["Dr. Ada Novak": "Dr. Ada Novak"])
    }

    @Test func `are two where any word of the full names differs`() {
        for (one, other) in [
            ("John Smith", "Jane Smith"), ("John Smith", "John Smyth"), ("Maria Lopez Garcia", "Maria Garcia"),
            ("John Adam Smith", "John Smith"), ("Ana de la Cruz", "Ana Cruz"), ("Smith", "John Smith"),
            ("Joe Biden", "Joseph Biden"),
            ("George W. Bush", "George H. W. Bush"), ("Sam Reed Jr.", "Sam Reed Sr."),
            ("Louis Reed II", "Louis Reed III"),
            ("President Lee", "Lee"), ("John Kowalski", "John Kowalsky"), ("Hans Muller", "Hans Mueller"),
            ("Kim Min-ji", "Min-ji Kim"), ("Li Wei", "Li Wen"), ("Mary Ann Lee", "Mary Lee"), ("A. Smith", "B. Smith"),
        ] { #expect(!areOne(one, other), "\(one), \(other)") }
    }

    @Test func `are nobody's where two people fit`() {
        #expect(join("George W. Bush", "George H. W. Bush", "George Bush")["George Bush"] == "George Bush")
        #expect(join("Sam Reed Jr.", "Sam Reed Sr.", "Sam Reed")["Sam Reed"] == "Sam Reed")
        #expect(join("Hans Muller", "Hans Mueller", "Hans Müller")["Hans Müller"] == "Hans Müller")
        #expect(join("John Smith", "Jane Smith", "J. Smith")["J. Smith"] == "J. Smith")
        #expect(join("John A. Smith", "John B. Smith", "J. Smith")["J. Smith"] == "J. Smith")
        // One that may be a further person keeps an initial from being joined, though it is not certain to fit.
        #expect(join("John Smith", "Jorge Luna Smith", "J. Smith")["J. Smith"] == "J. Smith")
    }

    @Test func `with an initial are one in the same source and season only`() {
        #expect(join("John Smith@Courier", "J. Smith@Courier")["J. Smith"] == "John Smith [initial]")
        #expect(join("John Smith@Courier", "J. Smith@Gazette")["J. Smith@Gazette"] == "J. Smith")
        #expect(join("John Smith@Courier~01", "J. Smith@Courier~09")["J. Smith"] == "J. Smith")
        #expect(joinOfUnknownSource["J. Smith"] == "J. Smith")
        // Another paper's Jane is not this one's.
        let both = join("John Smith@Courier", "Jane Smith@Gazette", "J. Smith@Courier", "J. Smith@Gazette")
        #expect(both["J. Smith"] == "John Smith [initial]" && both["J. Smith@Gazette"] == "Jane Smith [initial]")
        #expect(join("John K. Smith", "J. K. Smith")["J. K. Smith"] == "John K. Smith [initial]")
        #expect(join("John Q. Smith", "J. K. Smith")["J. K. Smith"] == "J. K. Smith")
        #expect(join("John Smith", "J. K. Smith")["J. K. Smith"] == "J. K. Smith")
        #expect(join("Dirk van Dyke", "D. van Dyke")["D. van Dyke"] == "Dirk van Dyke [initial]")
        #expect(join("Dirk van Dyke", "D. Dyke")["D. Dyke"] == "D. Dyke")
        #expect(join("Sam Reed Jr.@Courier", "Sam Reed@Gazette")["Sam Reed@Gazette"] == "Sam Reed")
    }

    @Test func `do not swallow what is forged, empty or endless`() {
        let odd = [
            "J\u{43E}hn Smith", "John\u{202E} Smith", "John\u{200B} Smith", "John Smith\u{0}", "John <b>Smith</b>",
            "!!!", "???", "",
            "'; DROP TABLE people; --", String(repeating: "John ", count: 50),
            "J" + String(repeating: "\u{301}", count: 5_000),
            "John Smith & Jane Doe", "John (Smith)", "\u{1F600} Smith", "-", ".", "’", "Ｊｏｈｎ Smith",
        ]
        for name in odd {
            let joins = joined([name, "John Smith", "J. Smith", "!!", "??"])
            #expect(joins.first { $0.spelling.name == name }?.person == name, "\(name.debugDescription)")
            #expect(joins.first { $0.spelling.name == "John Smith" }?.person == "John Smith")
        }
        var generator = SplitMix64(seed: 5)
        let pieces =
            odd + [
                "John", "Smith", "J.", "Jr.", "Dr.", ",", "-", "ü", "ue", "\u{308}", "ß", "ñ", "Ж", "Ω", "李", "van",
                " ",
            ]
        for _ in 0..<2_000 {
            let names = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
                }
                .joined(separator: Bool.random(using: &generator) ? " " : "")
            }
            let joins = joined(names)
            #expect(joins.map(\.spelling.name).sorted() == names.sorted())
            // Whoever is joined is one of the names that are there.
            #expect(
                joins.allSatisfy { names.contains($0.person) && ($0.rule == "name") == ($0.person == $0.spelling.name) }
            )
        }
    }
}
