/// A paragraph, heading or list item of a page.
struct Block {
    var text: String
    /// The block element that it stands in.
    var node: Int
    /// The name of that element.
    var tag: String
    var words: Int
    /// Words within links.
    var linkWords: Int
    /// Words within emphasis.
    var softWords: Int

    var linkShare: Double { words == 0 ? 0 : Double(linkWords) / Double(words) }
    var isHeading: Bool { tag.utf8.count == 2 && tag.utf8.first == UInt8(ascii: "h") && tag != "hr" }
    private static let closing = Set("\"'”’»)]*".unicodeScalars)
    private static let ends = Set(".!?…。！？।؟:;".unicodeScalars)

    /// Whether it ends as sentences do.
    var isSentence: Bool {
        guard let last = text.unicodeScalars.reversed().first(where: { !Self.closing.contains($0) }) else {
            return false
        }
        return Self.ends.contains(last)
    }
}

/// Cuts a page into blocks.
struct BlockReader {
    static let inline: Set<String> = [
        "", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "nobr", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "label",
        "img", "picture",
    ]

    private let tree: HTMLTree
    private(set) var blocks: [Block] = []
    private var text = ""
    private var linkText = ""
    private var softText = ""
    private var breaks = 0

    /// Cuts a part of a page, without the nodes that `skips` names and all below them.
    init(_ tree: HTMLTree, in range: Range<Int>, skips: (Int) -> Bool) {
        self.tree = tree
        // The block elements that are open, with their ends.
        var open: [(node: Int, end: Int)] = []
        var (linkEnd, softEnd) = (0, 0)
        var index = range.lowerBound
        while index < range.upperBound {
            while let last = open.last, last.end <= index {
                flush(last.node)
                open.removeLast()
            }
            if skips(index) {
                index = tree.nodes[index].end
                continue
            }
            let node = tree.nodes[index]
            switch node.tag {
            case "":
                take(node.text, isLink: index < linkEnd, isSoft: index < softEnd)
            case "br":
                breaks += 1
                if breaks >= 2 {
                    flush(open.last?.node ?? range.lowerBound)
                } else {
                    take("\n", isLink: false, isSoft: false)
                }
            case "a": linkEnd = max(linkEnd, node.end)
            case "em", "i": softEnd = max(softEnd, node.end)
            case let tag where Self.inline.contains(tag): break
            default:
                flush(open.last?.node ?? range.lowerBound)
                open.append((index, node.end))
            }
            index += 1
        }
        for last in open.reversed() { flush(last.node) }
        flush(range.lowerBound)
    }

    private mutating func take(_ piece: String, isLink: Bool, isSoft: Bool) {
        if breaks > 0, piece != "\n", piece.utf8.contains(where: { $0 > 0x20 }) { breaks = 0 }
        text += piece
        if isLink { linkText += piece + " " }
        if isSoft { softText += piece + " " }
    }

    private mutating func flush(_ node: Int) {
        defer {
            text = ""
            linkText = ""
            softText = ""
            breaks = 0
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
        let line = Words.line(text)
        guard !line.isEmpty else { return }
        blocks.append(
            Block(
                text: line, node: node, tag: tree.nodes[node].tag, words: Self.count(line),
                linkWords: Self.count(linkText),
                softWords: Self.count(softText)))
    }

    /// Words, and every other character of scripts that write none.
    static func count(_ text: String) -> Int {
        var count = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value >= 0x3040 && value <= 0x9FFF || value >= 0xF900 && value <= 0xFAFF
                || value >= 0x0E00 && value <= 0x0EFF
            {
                count += isInside ? 0 : 1
                isInside.toggle()
                continue
            }
            let isWord =
                value > 0x7F
                ? value != 0xA0 && !(0x2000...0x206F).contains(value)
                : value >= 0x30 && value <= 0x39 || value >= 0x41 && value <= 0x5A || value >= 0x61 && value <= 0x7A
            if isWord, !isInside { count += 1 }
            isInside = isWord
        }
        return count
    }
}
