internal import TextInput

/// Something about an article that costs only a part of it.
struct Remark: Sendable, Hashable {
    var text: String
    /// Whether an intake says it once only, not for each article.
    var isSaidOnce = false

    init(_ text: String) {
        self.text = text
    }

    /// A key that no reader of articles knows.
    init(unknownKey key: String) {
        let nearest = KnownKeys.nearest(to: key).map { "; did you mean \"\($0)\"?" } ?? ""
        text = "the key \"\(key)\" is not known and left out\(nearest)"
        isSaidOnce = true
    }

    /// A page that is to be paid for.
    init(teaserOf address: String) {
        let site = TextNormalization.line(ArticleAddress(address)?.host ?? address, limit: 100)
        text = "pages of \(site) say that they are not free, and are short: of some, only the beginning is published"
        isSaidOnce = true
    }

    /// A page that calls itself by an address of another site.
    init(foreignAddress: String, of address: String) {
        let site = ArticleAddress(foreignAddress)?.host ?? foreignAddress
        text =
            "pages of \(ArticleAddress(address)?.host ?? address) give an address at \(TextNormalization.line(site, limit: 100)) "
            + "for their own: only that site may publish under it, so they are known by the address that they came from"
        isSaidOnce = true
    }
}
