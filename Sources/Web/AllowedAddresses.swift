internal import CWeb
internal import Glibc

/// Which addresses a request may connect to: public ones, and that of the proxy which the environment names for it.
///
/// What is connected to is looked at when it is connected to, so that no name can lead elsewhere in between. Behind a proxy that is the
/// proxy, which looks the name up itself: a name that leads to a private address here is refused, and what one leads to there, only
/// the proxy can know.
struct AllowedAddresses: Sendable {
    private struct Place: Hashable {
        var bytes: [UInt8]
        var port: UInt16
    }

    private var proxy: Set<Place> = []

    /// Finds the addresses for a request.
    /// - Throws: `WebError` where there is a proxy, and the name leads to a private address here.
    init(for address: String, by fetcher: Fetcher) throws(WebError) {
        guard let (host, port) = Self.proxy(for: address) else { return }
        proxy = Set(Self.addresses(of: host).map { Place(bytes: $0, port: port) })
        let (name, _) = Self.place(of: Fetcher.origin(of: address), port: 0)
        guard Self.addresses(of: name).allSatisfy(PublicAddress.isPublic) else {
            throw fetcher.failure(
                .refused, address, "it leads to a private address; allow that with --allow-private")
        }
    }

    /// Whether an address may be connected to.
    func contains(_ bytes: [UInt8], port: UInt16) -> Bool {
        PublicAddress.isPublic(bytes) || proxy.contains(Place(bytes: bytes, port: port))
    }

    /// Host and port of the proxy that libcurl uses for an address, unless `no_proxy` names that.
    static func proxy(for address: String) -> (host: String, port: UInt16)? {
        // For http in lower case only: a server's HTTP_PROXY may be a header that somebody sent.
        let variables =
            address.lowercased().hasPrefix("https:") ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        let values = (variables + ["all_proxy", "ALL_PROXY"]).lazy.compactMap { name in
            getenv(name).map { String(cString: $0) }
        }
        guard let value = values.first(where: { !$0.isEmpty }) else { return nil }
        return place(of: value, port: value.lowercased().hasPrefix("https:") ? 443 : 1080)
    }

    /// Host and port in `scheme://user@host:port/path`, of which all but the host may be missing.
    static func place(of address: String, port: UInt16) -> (host: String, port: UInt16) {
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let place = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.split(separator: "@").last ?? ""
        if place.hasPrefix("[") {
            let host = place.dropFirst().prefix { $0 != "]" }
            return (String(host), UInt16(place.dropFirst(host.count + 3)) ?? port)
        }
        let host = place.prefix { $0 != ":" }
        return (String(host), UInt16(place.dropFirst(host.count + 1)) ?? port)
    }

    /// The addresses of a name, or of digits; none where it is not known.
    private static func addresses(of host: String) -> [[UInt8]] {
        var list: UnsafeMutablePointer<addrinfo>?
        var hints = addrinfo()
        hints.ai_flags = web_idn_flag()
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }.compactMap { one in
            switch one?.pointee.ai_family {
            case AF_INET:
                one?.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
                }
            case AF_INET6:
                one?.pointee.ai_addr.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
                }
            default: nil
            }
        }
    }
}
