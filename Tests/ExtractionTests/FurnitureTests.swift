import Extraction
import Testing
import Wire

@Suite("Web furniture")
struct FurnitureTests {
    private static let text = "The bridge in Oslo was closed on Monday after a long inspection."

    @Test(
        "is reported and left out",
        arguments: [
            "Also read: Five ways to say “goodbye”, she said", "Image: Ann Li said it was late. Photo by Bo Ek",
            "Your email address will not be published. Required fields are marked *",
            "Sign up for our newsletter", "Wednesday, March 11, 2026", "Share", "* * *",
            "Advertisement", "© 2026 The Oslo Post. All rights reserved.", "Read more: Ann Li says it is late",
        ])
    func furniture(line: String) throws {
        let reading = try Reading("\(FurnitureTests.text)\n\n\(line)\n\n\(FurnitureTests.text)")
        let start = FurnitureTests.text.unicodeScalars.count + 2
        #expect(reading.analysis.boilerplate == [Span(start, start + line.unicodeScalars.count)])
        #expect(reading.quotes.isEmpty)
        #expect(reading.analysis.claims.map(\.text) == [FurnitureTests.text, FurnitureTests.text])
    }

    @Test(
        "is not what merely sounds like it",
        arguments: [
            "Watch makers in Geneva sold more than ever.", "More people than ever came to Oslo.",
            "Related companies paid no taxes in 2020.", "Comments by the mayor had angered the union.",
        ])
    func text(line: String) throws {
        let reading = try Reading(line)
        #expect(reading.analysis.boilerplate.isEmpty)
    }

    @Test("is what a press release tells of its sender at its end") func about() throws {
        let about = "About Kolle\n\nKolle owns 40 ferries in Norway and employs 900 people."
        let reading = try Reading("\(FurnitureTests.text)\n\n\(about)")
        let start = FurnitureTests.text.unicodeScalars.count + 2
        #expect(reading.analysis.boilerplate == [Span(start, start + about.unicodeScalars.count)])
        #expect(reading.analysis.claims.map(\.text) == [FurnitureTests.text])
    }

    @Test("is the credit behind a caption, and a note on corrections") func credit() throws {
        for line in ["This article was corrected on 12 June 2024.", "Photo: Stelios Karras."] {
            let reading = try Reading("\(FurnitureTests.text) \(line)")
            let start = FurnitureTests.text.unicodeScalars.count + 1
            #expect(reading.analysis.boilerplate == [Span(start, start + line.unicodeScalars.count)])
        }
    }

    @Test("is a caption that ends in its credit, and no sentence with a colon") func caption() throws {
        func furniture(_ line: String) throws -> [String] {
            let analysis = try Reading("Bridge reopens in Oslo\n\nThe bridge opened again on Monday.\n\n\(line)")
                .analysis
            return analysis.boilerplate.map { $0.start > 20 ? "line" : "lead" }
        }
        #expect(try furniture("Ann Li tweets from the bridge Image: Twitter / Ann Li.") == ["line"])
        #expect(try furniture("Ann Li showed the council a picture: it was taken in 1912 and has no bridge.") == [])
    }

    @Test("runs to the end behind “Related Posts”, unless the article goes on") func tail() throws {
        let links = "Skerrow school wins race\n\nFive walks for a windy day"
        let reading = try Reading("\(FurnitureTests.text)\n\nRelated Posts\n\n\(links)")
        #expect(reading.analysis.boilerplate.count == 1)
        let long = String(repeating: "The bridge was closed and then it was opened again. ", count: 5)
        let goingOn = try Reading("\(FurnitureTests.text)\n\nRelated Posts\n\n\(links)\n\n\(long)")
        #expect(goingOn.analysis.claims.contains { $0.text.hasPrefix("The bridge was closed and") })
    }
}
