/// The address of an article on the web, as its identity: the same however a reader came to the page.
public struct ArticleAddress: Sendable, Hashable {
    /// The address without name and password, without a fragment (but `#!…`, which addresses pages of scripts), without the
    /// parameters by which publishers count where readers come from, and with scheme and host in lower case.
    public let text: String
    /// The host, with its port where that is not the scheme's own.
    public let host: String
    /// Path and query.
    private let rest: Substring

    /// Reads an address; nil for one that is not of the web.
    public init?(_ address: String) {
        guard let slashes = address.firstRange(of: "://"), !address.utf8.contains(where: { $0 <= 0x20 }) else {
            return nil
        }
        let scheme = address[..<slashes.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let whole = Address.withoutCredentials(address)[slashes.upperBound...]
        var authority = whole.prefix { !"/?#".contains($0) }.lowercased()
        let own = scheme == "http" ? ":80" : ":443"
        if authority.hasSuffix(own) { authority = String(authority.dropLast(own.count)) }
        if authority.hasSuffix(":") || authority.hasSuffix(".") { authority = String(authority.dropLast()) }
        guard !authority.isEmpty else { return nil }
        var rest = whole.drop { !"/?#".contains($0) }
        if let hash = rest.firstIndex(of: "#"), !rest[hash...].hasPrefix("#!") { rest = rest[..<hash] }
        host = authority
        self.rest = Self.untracked(rest)[...]
        text = "\(scheme)://\(authority)\(self.rest.hasPrefix("/") ? "" : "/")\(self.rest)"
    }

    /// The identity of what is at an address; one that is not of the web is its own.
    public static func identity(of address: String) -> String { ArticleAddress(address)?.text ?? address }

    /// Whether it is the start of a site, which is no article's.
    public var isRoot: Bool { rest.isEmpty || rest == "/" }

    /// Whether both are of one site: the same host and port, but for http and https and for what hosts call the variants of a site.
    ///
    /// Hosts that only end alike, as those of many who share a domain, are not.
    public func isSameSite(as other: ArticleAddress) -> Bool {
        Self.bare(host) == Self.bare(other.host)
    }

    /// Names that hosts of the same site have for phones, AMP and old browsers.
    private static let variants: Set<Substring> = ["www", "www2", "m", "mobile", "amp", "wap", "touch", "lite", "text"]
    /// What countries have below their own domain, where anybody may have a name.
    private static let shared: Set<Substring> = [
        "ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ne", "net", "or", "org",
    ]

    private static func bare(_ authority: String) -> ArraySlice<Substring> {
        var labels = authority.split(separator: ".", omittingEmptySubsequences: false)[...]
        while labels.count > 2, let first = labels.first, variants.contains(first) {
            let rest = labels.dropFirst()
            if rest.count == 2, rest.last?.prefix(while: { $0 != ":" }).count == 2, shared.contains(rest.first ?? "") {
                break
            }
            labels = rest
        }
        return labels
    }

    private static let trackers: Set<String> = [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "igshid", "mc_cid",
        "mc_eid",
        "at_medium", "at_campaign", "xtor",
    ]

    private static func untracked(_ rest: Substring) -> String {
        let hash = rest.firstIndex(of: "#") ?? rest.endIndex
        guard let mark = rest[..<hash].firstIndex(of: "?") else { return String(rest) }
        let query = rest[rest.index(after: mark)..<hash]
        let kept = query.split(separator: "&").filter { parameter in
            let name = parameter.prefix { $0 != "=" }.lowercased()
            return !name.hasPrefix("utm_") && !trackers.contains(name)
        }
        return rest[..<mark] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&")) + rest[hash...]
    }
}
