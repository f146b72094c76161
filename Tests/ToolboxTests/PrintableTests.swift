import Service
import Testing

@testable import Toolbox

@Suite struct `Printable text` {
    @Test(arguments: [
        ("plain words, “quoted” – naïve 東京 👩‍🚀", "plain words, “quoted” – naïve 東京 👩‍🚀"),
        ("  two\n\tlines\u{2028}and a\u{A0}space  ", "two lines and a space"),
        ("red \u{1B}[31malert\u{1B}[0m", "red \u{FFFD}[31malert\u{FFFD}[0m"),
        ("title \u{1B}]0;owned\u{7}", "title \u{FFFD}]0;owned\u{FFFD}"),
        ("one byte \u{9B}2J", "one byte \u{FFFD}2J"),
        ("over\u{202E}turned\u{202C} \u{2066}and\u{2069} \u{200F}back", "overturned and back"),
        ("a\rb\u{8}c\u{7F}d\0e", "a b\u{FFFD}c\u{FFFD}d\u{FFFD}e"),
        ("soft\u{AD}ly \u{FEFF}done", "softly done"),
        ("", ""),
    ])
    func `keeps words and loses what a terminal obeys`(_ text: String, _ shown: String) {
        #expect(Printable.line(text) == shown)
    }

    @Test func `has no control character of any kind`() {
        let everything = String(
            String.UnicodeScalarView((0...0x2FFF).compactMap { Unicode.Scalar($0) }))
        let shown = Printable.line(everything).unicodeScalars
        #expect(!shown.contains { $0.properties.generalCategory == .control })
        #expect(shown.contains("A") && shown.contains("é"))
    }
}
