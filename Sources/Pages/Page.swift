internal import TextInput

/// An article as a page of the web has it.
public struct Page: Sendable, Hashable {
    /// The title that a reader sees, or nil.
    public var headline: String?
    /// The names of its authors.
    public var byline: [String] = []
    /// When it was published, in RFC 3339, or a date alone; nil where the page does not say.
    public var published: String?
    /// Its language as a tag of BCP 47, or nil.
    public var language: String?
    /// Its own address, or nil.
    ///
    /// Of a page that came from the web it is one of the site that it came from.
    public var address: String?
    /// The address of another site that it calls its own, as a copy does; nil where it has an `address`.
    public var foreignAddress: String?
    /// Who published it, or nil.
    public var publisher: String?
    /// Its text: paragraphs, headings, list items and quoted blocks, each in one line.
    public var paragraphs: [String] = []

    /// Whether it is none: that an article is missing, or that something has to be done before it is shown.
    public var isNotice = false
    /// Whether it shows only the beginning, since it is to be paid for.
    public var isTeaser = false

    /// The largest page that is read, in bytes.
    public static let limit = 32 << 20

    /// Reads a page, whatever is wrong with it, in time that is linear in its size.
    /// - Parameters:
    ///   - bytes: The page as it came.
    ///   - charset: The encoding that a server names, or nil.
    ///   - address: Where it came from, or nil.
    public init(_ bytes: [UInt8], charset: String? = nil, address: String? = nil) {
        self.init(utf8: Charset.utf8(bytes, charset: charset), address: address)
    }

    /// Reads a page that is UTF-8 already, whatever it declares.
    /// - Parameters:
    ///   - utf8: The page, as `Charset` gives it.
    ///   - address: Where it came from, or nil.
    public init(utf8: [UInt8], address: String? = nil) {
        let tree = HTMLTree(utf8)
        let metadata = Metadata(tree, address: address)
        headline = metadata.headline
        byline = metadata.byline
        published = metadata.published
        language = metadata.language
        self.address = metadata.address
        foreignAddress = metadata.foreignAddress
        publisher = metadata.publisher
        let shown = MainText(
            tree, headline: headline, headlineNode: metadata.headlineNode, description: metadata.description
        ).paragraphs
        let told = Self.paragraphs(of: metadata.body)
        // Where the text is in the structured data alone, or the page shows only its beginning.
        paragraphs = Self.words(told) > 2 * Self.words(shown) + 20 ? told : shown
        let words = Self.words(paragraphs)
        isTeaser = metadata.isFree == false && words < Self.teaser
        isNotice =
            !metadata.hasArticle
            && [headline, metadata.title, tree.first("h1").map { Words.line(tree.text(of: $0)) }].contains {
                SiteNotice.isOne(titled: $0, words: words)
            }
    }

    /// The names in a line such as `By Ann Lee and Bo Ek, Staff Writers`; the line itself where it has none that is one.
    public static func names(inByline line: String) -> [String] {
        let names = Byline.names(in: line)
        let whole = Words.line(line)
        return names.isEmpty && !whole.isEmpty ? [whole] : names
    }

    /// The paragraphs of a piece of HTML that is all text, such as the content of an item of a feed.
    public static func paragraphs(ofFragment html: String) -> [String] {
        let tree = HTMLTree(Array(html.utf8))
        return BlockReader(tree, in: tree.nodes.indices) {
            Furniture.tags.contains(tree.nodes[$0].tag) && tree.nodes[$0].tag != "head"
        }.blocks.map(\.text)
    }

    /// Words that a whole article has.
    private static let teaser = 200

    private static func words(_ paragraphs: [String]) -> Int { paragraphs.reduce(0) { $0 + BlockReader.count($1) } }

    private static func paragraphs(of body: String?) -> [String] {
        guard let body else { return [] }
        let text = CharacterReferences.decoded(body)
        guard text.contains("</") || text.contains("<br") else {
            return text.split(separator: "\n").map { Words.line(String($0)) }.filter { !$0.isEmpty }
        }
        return paragraphs(ofFragment: text)
    }
}
