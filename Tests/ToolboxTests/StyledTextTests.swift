import Testing

@testable import Toolbox

@Suite struct `Styled text` {
    @Test func `is folded between words, behind the hanging indent`() {
        var text = StyledText()
        text.add("one two three four five")
        #expect(
            text.folded(width: 11, indent: 1, hanging: 4, isColored: false) == """
                 one two
                    three
                    four
                    five

                """)
    }

    @Test func `fills a line to its last column`() {
        var text = StyledText()
        text.add("123 567 90")
        #expect(text.folded(width: 10, isColored: false) == "123 567 90\n")
        #expect(text.folded(width: 9, isColored: false) == "123 567\n90\n")
    }

    @Test func `lets a word that is too long stand alone`() {
        var text = StyledText()
        text.add("see https://example.org/a/long/path now")
        #expect(
            text.folded(width: 12, hanging: 2, isColored: false) == "see\n  https://example.org/a/long/path\n  now\n")
    }

    @Test func `counts wide characters as two columns`() {
        var text = StyledText()
        text.add("東京 大阪 ab")
        #expect(text.folded(width: 9, isColored: false) == "東京 大阪\nab\n")
        #expect(text.folded(width: 8, isColored: false) == "東京\n大阪 ab\n")
        #expect("naïve e\u{301}".columns == 7)
        #expect("⚡✅🇩🇪❤\u{FE0F}👨‍👩‍👧‍👦".columns == 10 && "❤→©".columns == 3)
    }

    @Test func `shows styles as colours, closed at the end of each line`() {
        var text = StyledText()
        text.add("Ann Lee", .name)
        text.attach(":")
        text.add("no", .strong)
        let line = "\u{1B}[36mAnn Lee\u{1B}[0m: \u{1B}[1mno\u{1B}[0m\n"
        #expect(text.folded(width: 40, isColored: true) == line)
        #expect(
            text.folded(width: 5, isColored: true)
                == "\u{1B}[36mAnn\u{1B}[0m\n\u{1B}[36mLee\u{1B}[0m:\n\u{1B}[1mno\u{1B}[0m\n")
    }

    @Test func `lets no escape sequence of its texts through`() {
        var text = StyledText()
        text.add("\u{1B}[31mred", .strong)
        text.attach("\u{1B}[2J\n\u{9B}H")
        let line = text.folded(width: 80, isColored: true)
        #expect(line == "\u{1B}[1m\u{FFFD}[31mred\u{1B}[0m\u{FFFD}[2J \u{FFFD}H\n")
    }

    @Test func `of nothing is nothing`() {
        var text = StyledText()
        text.attach(" \n ")
        #expect(text.folded(width: 80, indent: 4, isColored: true) == "")
    }
}
