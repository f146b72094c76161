/// The text of a page's article, apart from all that surrounds it.
///
/// Blocks of prose count for the elements around them, furniture against them; the article is the element with the most.
struct MainText {
    private let tree: HTMLTree
    private let headline: String?
    private let description: String?
    private let headlineNode: Int?
    private var isLeftOut: [Bool]
    /// Whether the page has so little prose that its tables count.
    private var isTabular = false

    /// The paragraphs, in the order of the page.
    private(set) var paragraphs: [String] = []

    init(_ tree: HTMLTree, headline: String?, headlineNode: Int?, description: String?) {
        self.description = description
        self.tree = tree
        self.headline = headline
        self.headlineNode = headlineNode
        isLeftOut = Array(repeating: false, count: tree.nodes.count)
        guard !tree.nodes.isEmpty else { return }
        var judge = Furniture.Judge()
        markFurniture(&judge)
        let all = blocks(in: tree.nodes.indices)
        guard let root = root(of: all, &judge) else { return }
        let inside = all.filter { $0.node >= root && $0.node < tree.nodes[root].end }
        paragraphs = chosen(inside, root: root)
    }

    private func blocks(in range: Range<Int>) -> [Block] {
        BlockReader(tree, in: range) { isLeftOut[$0] }.blocks
    }

    /// Leaves out furniture, but no element that holds the headline, the body by its name, or much of the page's prose.
    private mutating func markFurniture(_ judge: inout Furniture.Judge) {
        let nodes = tree.nodes
        // Words of prose in each subtree, by prefix sums over the page; and the elements around what is surely the article's.
        var sums = [0]
        var totals = [0]
        sums.reserveCapacity(nodes.count + 1)
        var isKept = Array(repeating: false, count: nodes.count)
        var verdicts = Array(repeating: Furniture.Verdict.neutral, count: nodes.count)
        var (proseEnd, scriptEnd) = (0, 0)
        var articles: [Int] = []
        func keep(_ index: Int) {
            var node = index
            while node >= 0, !isKept[node] {
                isKept[node] = true
                node = nodes[node].parent
            }
        }
        for index in nodes.indices {
            let node = nodes[index]
            if node.tag.isEmpty {
                let isProse = index >= scriptEnd && (index < proseEnd || node.text.utf8.count > 120)
                let words = index >= scriptEnd ? BlockReader.count(node.text) : 0
                sums.append((sums.last ?? 0) + (isProse ? words : 0))
                totals.append((totals.last ?? 0) + words)
                continue
            }
            sums.append(sums.last ?? 0)
            totals.append(totals.last ?? 0)
            if node.tag == "p" { proseEnd = max(proseEnd, node.end) }
            if Furniture.tags.contains(node.tag) { scriptEnd = max(scriptEnd, node.end) }
            verdicts[index] = judge.verdict(on: node)
            if verdicts[index] == .hidden { scriptEnd = max(scriptEnd, node.end) }
            if node.tag == "article" { articles.append(index) }
            if Furniture.isEmbed(node), index >= scriptEnd { keep(index) }
        }
        if let headlineNode { keep(headlineNode) }
        let all = max(1, sums.last ?? 0)
        for index in nodes.indices where verdicts[index] == .content {
            let words = sums[nodes[index].end] - sums[index]
            if words * 5 > all || words > 20 && nodes[index].attributes["itemprop"] != nil { keep(index) }
        }
        // Of several articles, one is the page's, and the others lead to other pages.
        let main =
            articles.last { article in headlineNode.map { article < $0 && $0 < nodes[article].end } ?? false }
            ?? articles.first { (sums[nodes[$0].end] - sums[$0]) * 2 > all }
        if let main {
            for other in articles where other >= nodes[main].end || nodes[other].end <= main {
                // A post of a live blog, or a page of a long article, has more than a teaser's text.
                let words = sums[nodes[other].end] - sums[other]
                if words * 4 < max(all, 400) { verdicts[other] = isKept[other] ? verdicts[other] : .hidden }
            }
        }
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            let share = Double(sums[node.end] - sums[index]) / Double(all)
            var isOut = Furniture.tags.contains(node.tag)
            if !isOut, !isKept[index], !node.tag.isEmpty, node.tag != "html", node.tag != "body" {
                switch verdicts[index] {
                case .hidden: isOut = true
                case .furniture: isOut = share < 0.4
                case .content: break
                case .neutral:
                    if node.tag == "table" {
                        // A page whose prose only surrounds a table is that table.
                        isTabular = isTabular || share < 0.15 && (totals[node.end] - totals[index]) > all
                        isOut = share < 0.15 && !isTabular
                    } else if Furniture.doubtfulTags.contains(node.tag) {
                        isOut = share < 0.4
                    }
                    if node.tag == "header" { isOut = share < 0.2 }
                }
            }
            if isOut {
                isLeftOut[index] = true
                index = node.end
            } else {
                index += 1
            }
        }
        if let headlineNode { isLeftOut[headlineNode] = true }
    }

    /// What a block says for its being the article's, in words.
    private func worth(_ block: Block) -> Double {
        let words = Double(block.words)
        if block.isHeading { return block.linkShare > 0.5 ? -2 : 0 }
        if block.linkShare > 0.5, block.linkShare > 0.8 || block.words < 20 || !block.isSentence { return -words - 1 }
        let prose = words * (1 - block.linkShare)
        switch block.tag {
        case "p", "blockquote", "pre": return block.words >= 8 || block.isSentence ? prose : -0.5
        case "li", "dd", "dt": return block.isSentence && block.words >= 8 ? prose * 0.6 : -1.5
        case "td", "th": return isTabular ? 0.5 : block.words >= 20 && block.isSentence ? prose * 0.6 : -1
        default: return block.words >= 12 && block.isSentence ? prose * 0.9 : block.words >= 25 ? prose * 0.5 : -1
        }
    }

    /// The element with the most prose for what else is in it.
    private func root(of blocks: [Block], _ judge: inout Furniture.Judge) -> Int? {
        // The worth of what is in each element; nil where it has no blocks.
        var values = [Double?](repeating: nil, count: tree.nodes.count)
        var link: Block?
        for block in blocks {
            var worth = worth(block)
            // A linked title and a few lines: the way to another article.
            if let title = link, block.words < 60, !block.isHeading, areNear(title, block) {
                worth = -0.5 * Double(block.words)
            }
            if block.linkShare > 0.7, block.words >= 3, block.tag != "p", block.tag != "li" {
                link = block
            } else if block.words >= 6 {
                link = nil
            }
            values[block.node] = (values[block.node] ?? 0) + worth
        }
        for node in tree.nodes.indices.reversed() {
            let parent = tree.nodes[node].parent
            if parent >= 0, let value = values[node] { values[parent] = (values[parent] ?? 0) + value }
        }
        var best: (node: Int, value: Double)?
        var marked: (node: Int, value: Double)?
        for node in tree.nodes.indices {
            guard var value = values[node] else { continue }
            switch judge.verdict(on: tree.nodes[node]) {
            case .content:
                value *= 1.15
                if tree.nodes[node].attributes["itemprop"] != nil, value > marked?.value ?? 20 {
                    marked = (node, value)
                }
            case .furniture, .hidden: value *= 0.7
            case .neutral: if tree.nodes[node].tag == "article" { value *= 1.1 }
            }
            // Of two with the same, the smaller one: it stands later in the page.
            if value > best?.value ?? 0 || value == best?.value && node > best?.node ?? 0 { best = (node, value) }
        }
        guard let best else { return nil }
        let root = narrowed(best.node, values) { judge.verdict(on: tree.nodes[$0]) }
        // What the page itself calls its article, where the most prose is elsewhere.
        if let marked, marked.node < root || marked.node >= tree.nodes[root].end,
            root < marked.node || root >= tree.nodes[marked.node].end
        {
            return marked.node
        }
        return root
    }

    /// Whether two blocks have an element around them that is hardly larger than they.
    private func areNear(_ first: Block, _ second: Block) -> Bool {
        guard second.node - first.node < 60 else { return false }
        var node = first.node
        for _ in 0..<3 {
            node = tree.nodes[node].parent
            guard node >= 0 else { return false }
            if second.node < tree.nodes[node].end { return true }
        }
        return false
    }

    /// The part of an element in which nearly all of its worth is.
    private func narrowed(_ root: Int, _ values: [Double?], verdict: (Int) -> Furniture.Verdict) -> Int {
        var children: [Int: (node: Int, value: Double)] = [:]
        for node in root..<tree.nodes[root].end {
            guard let value = values[node] else { continue }
            let parent = tree.nodes[node].parent
            if value > children[parent]?.value ?? 0 { children[parent] = (node, value) }
        }
        var node = root
        while verdict(node) != .content, let child = children[node],
            child.value >= Self.narrowing * (values[node] ?? 0), Self.containers.contains(tree.nodes[child.node].tag)
        {
            node = child.node
        }
        return node
    }

    private static let narrowing = 0.9
    private static let containers: Set<String> = [
        "div", "section", "article", "main", "td", "table", "tbody", "tr", "center", "body", "form",
    ]

    /// The paragraphs of the article among the blocks of its element.
    private func chosen(_ blocks: [Block], root: Int) -> [String] {
        let title = Words.of(headline ?? "")
        let prose = blocks.reduce(0) { $0 + ($1.isSentence && !$1.isHeading ? $1.words : 0) }
        var kept: [Block] = []
        var headings: [Block] = []
        var words = 0
        let promotions = promotions(blocks, root: root)
        for (index, block) in blocks.enumerated() {
            if promotions.contains(where: { $0.contains(block.node) }) { continue }
            if words * 4 > prose * 3, Remainders.isEnding(block) { break }
            if Remainders.isLine(block) || isTitle(block, title) { continue }
            if block.isHeading {
                if block.linkShare <= 0.5 { headings.append(block) }
                continue
            }
            guard isText(block) else { continue }
            if words == 0 {
                // Before the first paragraph stand byline, date and summary.
                if block.words < 12, !block.isSentence { continue }
                headings = headings.filter { $0.words < 8 }
                if isSummary(block, before: blocks[(index + 1)...]) { continue }
            }
            kept += headings
            kept.append(block)
            headings = []
            words += block.isSentence ? block.words : 0
        }
        while let last = kept.last, kept.count > 2, Remainders.isTail(last) || last.isHeading { kept.removeLast() }
        return withoutRepetition(kept).map(\.text)
    }

    /// The small elements around calls to subscribe and the like, with all that belongs to them.
    private func promotions(_ blocks: [Block], root: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, block) in blocks.enumerated() where Remainders.isCall(block) {
            let parent = tree.nodes[block.node].parent
            guard parent > root, ranges.last?.contains(block.node) != true else { continue }
            let range = parent..<tree.nodes[parent].end
            let near = blocks[max(0, index - 12)..<min(blocks.count, index + 12)].filter { range.contains($0.node) }
            // Where the element goes on beyond what is near, it is no small one.
            guard near.count < 12, near.reduce(0, { $0 + $1.words }) < 70 else { continue }
            ranges.append(range)
            if ranges.count >= 100 { break }
        }
        return ranges
    }

    private func isTitle(_ block: Block, _ title: [String]) -> Bool {
        guard !title.isEmpty, block.words <= title.count + 12 else { return false }
        let words = Words.of(block.text)
        return words == title
            || words.count > title.count && title.count >= 3 && Array(words.prefix(title.count)) == title
                && !block.isSentence
    }

    /// Whether a block repeats the page's description apart from the paragraphs that follow.
    private func isSummary(_ block: Block, before rest: ArraySlice<Block>) -> Bool {
        guard block.tag != "p", let description,
            Words.overlap(Set(Words.of(block.text)), Set(Words.of(description))) >= 0.8
        else { return false }
        guard let next = rest.first(where: { isText($0) && $0.words >= 12 }) else { return false }
        return tree.nodes[block.node].parent != tree.nodes[next.node].parent
    }

    /// The blocks without those that repeat a part of another one, as pulled quotes do.
    private func withoutRepetition(_ blocks: [Block]) -> [Block] {
        let lines = blocks.map { Words.of($0.text).joined(separator: " ") }
        var seen: Set<String> = []
        let all = lines.joined(separator: "\n")
        guard all.utf8.count < 400_000 else { return blocks }
        var quotes = 0
        return zip(blocks, lines).compactMap { block, line in
            if block.words >= 6, !seen.insert(line).inserted { return nil }
            guard block.tag == "blockquote" || tree.nodes[max(0, tree.nodes[block.node].parent)].tag == "blockquote",
                (4..<60).contains(block.words), quotes < 100
            else { return block }
            quotes += 1
            return lines.contains { $0.utf8.count > line.utf8.count && $0.contains(line) } ? nil : block
        }
    }

    private func isText(_ block: Block) -> Bool {
        if block.linkShare > 0.6, block.words < 40, !block.isSentence || block.words < 8 || block.linkShare > 0.85 {
            return false
        }
        switch block.tag {
        case "li", "dd", "dt": return true
        case "p", "blockquote", "pre": return block.words >= 2 || block.isSentence
        case "td", "th": return block.words >= (isTabular ? 1 : 8)
        default: return block.words >= 3
        }
    }
}
