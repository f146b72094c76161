internal import TextInput

/// Who wrote the article and when, as it stands around its heading.
extension Metadata {
    /// Where byline and date of the article stand: what surrounds its heading, or the whole page.
    static func region(_ tree: HTMLTree, around heading: Int?) -> Range<Int> {
        guard let heading else { return tree.nodes.indices }
        var node = heading
        for _ in 0..<6 {
            let parent = tree.nodes[node].parent
            guard parent >= 0, tree.nodes[parent].tag != "body" else { break }
            node = parent
            if tree.nodes[node].tag == "article" { break }
        }
        return node..<tree.nodes[node].end
    }

    static func byline(_ tree: HTMLTree, _ region: Range<Int>, _ given: String?) -> [String] {
        if let given, !given.contains("://") {
            let names = Byline.names(in: given)
            if !names.isEmpty { return names }
        }
        for range in [region, tree.nodes.indices] {
            var marked: [String] = []
            var (looked, read) = (0, 0)
            for index in range where looked < 50 {
                let node = tree.nodes[index]
                let isAuthor =
                    node.attributes["rel"]?.lowercased().split(separator: " ").contains("author") == true
                    || node.attributes["itemprop"]?.lowercased() == "author"
                guard isAuthor, node.tag != "link", node.tag != "meta" else { continue }
                looked += 1
                marked += Byline.names(in: tree.text(of: index, besides: ["script", "style"]))
            }
            if !marked.isEmpty { return marked.unique }
            var inside = 0
            for index in range where index >= inside {
                let node = tree.nodes[index]
                guard !node.tag.isEmpty, let names = node.attributes["class"] ?? node.attributes["id"] else { continue }
                let tokens = Set(Words.of(names.replacing("_", with: "-")))
                guard
                    !tokens.isDisjoint(with: [
                        "byline", "author", "authors", "vcard", "writer", "dateline", "signature", "submitted",
                    ]),
                    tokens.isDisjoint(with: [
                        "bio", "comment", "comments", "photo", "caption", "image", "credit", "box", "about",
                    ])
                else { continue }
                read += 1
                guard read <= 200 else { break }
                let text = Words.line(tree.text(of: index, besides: ["script", "style", "time"], limit: 400))
                guard text.utf8.count < 200 else { continue }
                let found = Byline.names(in: text)
                if !found.isEmpty { return found }
                inside = node.end
            }
            // A line of its own: "By Ann Lee".
            for index in range where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 200 {
                let line = Words.line(tree.nodes[index].text)
                guard
                    line.hasPrefix("By ") || line.hasPrefix("BY ") || line == "By" || line == "by"
                        || line.hasPrefix("Posted by") || line.hasPrefix("by ")
                else { continue }
                let parent = tree.nodes[index].parent
                let whole = Words.line(tree.text(of: max(0, parent), besides: ["script", "style", "time"], limit: 400))
                let found = Byline.names(in: whole.utf8.count < 200 && Byline.stripped(whole).isByline ? whole : line)
                if !found.isEmpty { return found }
            }
        }
        return []
    }

    static func date(_ texts: [String?]) -> String? {
        texts.lazy.compactMap { $0.flatMap { WrittenTime($0)?.rfc3339Short } }.first
    }

    /// A `time` element, or a line that is a date, near the heading.
    static func shownDate(_ tree: HTMLTree, _ region: Range<Int>) -> String? {
        for range in [region, tree.nodes.indices] {
            var looked = 0
            for index in range where looked < 300 {
                let node = tree.nodes[index]
                guard
                    node.tag == "time" || node.attributes["itemprop"]?.lowercased() == "datepublished"
                        || node.tag == "abbr" && node.attributes["class"]?.contains("published") == true
                else { continue }
                looked += 1
                if let found = date([
                    node.attributes["datetime"], node.attributes["content"], node.attributes["title"],
                    Words.line(tree.text(of: index)),
                ]) {
                    return found
                }
            }
            var count = 0
            for index in range where tree.nodes[index].tag.isEmpty && tree.nodes[index].text.utf8.count < 200 {
                count += 1
                if count > 400 { break }
                if let found = ShownDate.find(in: Words.line(tree.nodes[index].text)) { return found.rfc3339Short }
            }
        }
        return nil
    }

    /// `…/2019/11/19/…` or `…/2019-11-19-…`.
    static func date(inAddress address: String) -> String? {
        let parts = address.split { "/-_.".contains($0) }
        for index in parts.indices.dropLast(2) {
            if parts[index].count == 4, parts[index].hasPrefix("20") || parts[index].hasPrefix("19"),
                parts[index + 1].count <= 2, parts[index + 2].count <= 2,
                let time = WrittenTime("\(parts[index])-\(parts[index + 1])-\(parts[index + 2])")
            {
                return time.rfc3339Short
            }
        }
        return nil
    }
}

extension WrittenTime {
    /// RFC 3339, or the date alone where no time is written.
    var rfc3339Short: String { hasTime ? rfc3339 : String(rfc3339.prefix(10)) }
}

extension Array where Element: Hashable {
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
