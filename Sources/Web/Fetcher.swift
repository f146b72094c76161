internal import CWeb
internal import FoundationEssentials
internal import Glibc
internal import TextInput

/// Fetches pages and feeds over HTTP, politely and carefully.
///
/// One request of each host at a time, with a pause between two; never from a private address, whatever name, redirect or
/// changing answer of the name service leads there, unless that is allowed; never more than was asked for. Any number of threads may use
/// it; it blocks each for at most 20 seconds a request, and until its host's turn comes.
///
/// Proxies are those that the environment names (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`), as for curl.
public final class Fetcher: Sendable {
    private static let redirectLimit = 6
    /// How long a robots.txt counts, and for how long one that cannot be read is not asked for again.
    private static let robotsLife = (read: Duration.seconds(86_400), unread: Duration.seconds(30))

    /// A locale in UTF-8; it lasts as long as the process.
    private nonisolated(unsafe) static let utf8 = newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil)

    private let agent: String
    private let allowsPrivate: Bool
    private let hosts: Hosts

    /// Creates a fetcher.
    /// - Parameters:
    ///   - agent: What it calls itself.
    ///   - allowsPrivate: Whether private, loopback and link-local addresses may be fetched from.
    ///   - pause: The pause between two requests of one host.
    public init(agent: String, allowsPrivate: Bool = false, pause: Duration = .seconds(1)) {
        self.agent = agent
        self.allowsPrivate = allowsPrivate
        hosts = Hosts(pause: pause)
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }

    /// Fetches what is at an address, behind at most six redirects.
    ///
    /// - Parameters:
    ///   - address: `http` or `https`.
    ///   - limit: The largest body, in bytes.
    ///   - heedsRobots: Whether robots.txt is asked first, as for pages; whoever offers a feed wants it read.
    ///   - accepts: Whether what has this media type is wanted; the rest is not loaded.
    ///   - etag: The tag of the version that is known.
    ///   - modified: When that was changed.
    /// - Returns: An answer of status 200 or 304.
    /// - Throws: `WebError`.
    public func fetch(
        _ address: String, limit: Int, heedsRobots: Bool, accepts: @escaping @Sendable (String) -> Bool = { _ in true },
        etag: String? = nil, modified: String? = nil
    ) throws(WebError) -> WebResponse {
        var address = Address.escaped(address)
        var movedTo: String?
        var isPermanent = true
        // One for all redirects: servers give cookies on the way, and ask for them.
        guard let handle = curl_easy_init() else { throw failure(.unavailable, address, "libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        for _ in 0...Self.redirectLimit {
            try checkScheme(address)
            if heedsRobots, try !rules(for: address).allows(address) {
                throw WebError(code: .robots, description: "\(shown(address)): robots.txt asks not to fetch it")
            }
            var answer = try request(
                address, with: handle, limit: limit, accepts: accepts, etag: etag, modified: modified)
            switch answer.status {
            case 301, 302, 303, 307, 308:
                guard let target = answer.redirect else {
                    throw failure(.unavailable, address, "a redirect to nowhere")
                }
                isPermanent = isPermanent && (answer.status == 301 || answer.status == 308)
                if isPermanent { movedTo = target }
                address = target
            case 200, 304:
                answer.response.movedTo = movedTo
                return answer.response
            case 404: throw failure(.notFound, address, "there is nothing (404)")
            case 410: throw failure(.gone, address, "it is gone (410)")
            case let status:
                if status == 429 { hosts.rest(Self.origin(of: address), seconds: answer.retryAfter) }
                let isPassing = !(400..<500).contains(status) || [408, 425, 429].contains(status)
                throw WebError(
                    code: isPassing ? .unavailable : .denied,
                    description: "\(shown(address)): the server answers \(status)", retryAfter: answer.retryAfter)
            }
        }
        throw failure(.refused, address, "more than \(Self.redirectLimit) redirects")
    }

    func failure(_ code: WebError.Code, _ address: String, _ text: String) -> WebError {
        WebError(code: code, description: "\(shown(address)): \(text)")
    }

    private func shown(_ address: String) -> String {
        TextNormalization.line(Address.withoutCredentials(address), limit: 200)
    }

    private func checkScheme(_ address: String) throws(WebError) {
        guard ["http://", "https://"].contains(where: { address.lowercased().hasPrefix($0) }),
            address.utf8.count <= 8_000
        else {
            throw failure(.refused, address, "only http and https are fetched")
        }
    }

    /// The scheme, host and port of an address.
    public static func origin(of address: String) -> String {
        guard let slashes = address.firstRange(of: "://") else { return address }
        let authority = address[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return (address[..<slashes.upperBound] + (authority.split(separator: "@").last ?? "")).lowercased()
    }

    /// What the host's robots.txt asks for.
    ///
    /// After RFC 9309, a server that has none lets everything be fetched, and of one whose robots.txt cannot be read nothing is
    /// fetched until it can, or what it said before counts on.
    private func rules(for address: String) throws(WebError) -> Robots {
        let origin = Self.origin(of: address)
        var known = hosts.robots(of: origin) ?? Hosts.KnownRobots(until: .now)
        if known.until <= .now {
            do {
                known = Hosts.KnownRobots(rules: try robots(of: origin), until: .now + Self.robotsLife.read)
            } catch {
                guard error.code != .refused else { throw error }
                let life = error.retryAfter.map { Duration.seconds($0) } ?? Self.robotsLife.unread
                known.until = .now + min(life, Self.robotsLife.read)
                known.fault = error.description
            }
            hosts.keep(known, of: origin)
        }
        if let rules = known.rules { return rules }
        let seconds = Hosts.seconds(until: known.until)
        throw WebError(
            code: .unavailable,
            description:
                "\(shown(address)): its robots.txt could not be read (\(known.fault ?? "")), which is asked again in "
                + "\(seconds) s, and until then nothing of this server (RFC 9309)",
            retryAfter: seconds)
    }

    private func robots(of origin: String) throws(WebError) -> Robots {
        var place = origin + "/robots.txt"
        guard let handle = curl_easy_init() else { throw failure(.unavailable, place, "libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        for _ in 0...Self.redirectLimit {
            try checkScheme(place)
            let answer = try request(
                place, with: handle, limit: 512 << 10, etag: nil, modified: nil, isRobots: true)
            if let target = answer.redirect, (301...308).contains(answer.status) {
                place = target
                continue
            }
            if answer.status >= 500 || answer.status == 429 {
                throw WebError(
                    code: .unavailable, description: "the server answers \(answer.status)",
                    retryAfter: answer.retryAfter)
            }
            return answer.status == 200 ? Robots(answer.response.body, agent: "onrecord") : .everything
        }
        return .everything
    }
}

extension Fetcher {
    private struct Answer {
        var response: WebResponse
        var redirect: String?
        var retryAfter: Int?
        var status: Int { response.status }
    }

    /// Looks whether a host is left alone.
    private func checkRest(_ origin: String, _ address: String) throws(WebError) {
        guard let rest = hosts.rest(of: origin) else { return }
        var error = failure(
            .unavailable, address,
            rest.isWanted
                ? "its server asked to be left alone for another \(rest.seconds) s"
                : "its server did not answer a moment ago")
        error.retryAfter = rest.seconds
        error.isHeldBack = rest.isWanted
        throw error
    }

    /// One request, without redirects.
    private func request(
        _ address: String, with handle: UnsafeMutableRawPointer, limit: Int,
        accepts: @escaping @Sendable (String) -> Bool = { _ in true }, etag: String?, modified: String?,
        isRobots: Bool = false
    ) throws(WebError) -> Answer {
        let origin = Self.origin(of: address)
        // Names of hosts in other letters than those of ASCII are told by the locale's encoding.
        let former = Self.utf8.map { uselocale($0) }
        defer { if let former { uselocale(former) } }
        hosts.takeTurn(origin, isRobots: isRobots)
        defer { hosts.endTurn(origin) }
        // Looked at when its turn comes: whoever was before it may have waited in vain.
        try checkRest(origin, address)
        let allowed = allowsPrivate ? nil : try AllowedAddresses(for: address, by: self)
        // What is left are its cookies: each request looks its name up, and connects, anew.
        curl_easy_reset(handle)
        web_set_text(handle, CURLOPT_COOKIEFILE, "")
        let receiver = Receiver(limit: limit, allowed: allowed, accepts: accepts)
        let context = Unmanaged.passUnretained(receiver).toOpaque()
        web_set_text(handle, CURLOPT_URL, address)
        web_set_text(handle, CURLOPT_USERAGENT, agent)
        web_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        web_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_CONNECTTIMEOUT, 8), (CURLOPT_TIMEOUT, 20),
            (CURLOPT_LOW_SPEED_LIMIT, 200),
            (CURLOPT_LOW_SPEED_TIME, 10), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_HTTP_CONTENT_DECODING, 1), (CURLOPT_FRESH_CONNECT, 1), (CURLOPT_DNS_CACHE_TIMEOUT, 0),
        ]
        for (option, value) in numbers {
            web_set_number(handle, option, value)
        }
        var headers: UnsafeMutablePointer<curl_slist>?
        for (name, value) in [("If-None-Match", etag), ("If-Modified-Since", modified)] {
            guard let value, !value.utf8.contains(where: { $0 < 0x20 }) else { continue }
            headers = curl_slist_append(headers, "\(name): \(value)")
        }
        headers = curl_slist_append(
            headers,
            "Accept: text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, application/feed+json, */*;q=0.5"
        )
        defer { curl_slist_free_all(headers) }
        web_set_list(handle, CURLOPT_HTTPHEADER, headers)
        web_set_receivers(handle, Receiver.takeBody, Receiver.takeHeader, Receiver.openSocket, context)
        let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
        if let bytes = receiver.refused {
            let shown = bytes.map { String($0, radix: bytes.count == 4 ? 10 : 16) }.joined(
                separator: bytes.count == 4 ? "." : ":")
            throw failure(
                .refused, address, "it leads to the private address \(shown); allow that with --allow-private")
        }
        if receiver.isTooBig, !isRobots { throw failure(.tooBig, address, "it is larger than \(limit >> 10) KiB") }
        if receiver.isUnwanted {
            hosts.note(origin, answers: true)
            throw failure(.otherType, address, "it is no page, but \(receiver.type)")
        }
        guard code == CURLE_OK || receiver.isTooBig else {
            // A body that breaks off or cannot be read is a fault of the address, not of its host.
            hosts.note(origin, answers: !receiver.headers.isEmpty)
            throw failure(.unavailable, address, String(cString: curl_easy_strerror(code)))
        }
        hosts.note(origin, answers: true)
        var response = WebResponse(status: web_status(handle), address: address)
        response.body = receiver.body
        response.type = receiver.type
        response.charset = receiver.charset
        response.etag = receiver.headers["etag"]
        response.modified = receiver.headers["last-modified"]
        var retry: Int?
        if let text = receiver.headers["retry-after"] {
            retry = Int(text) ?? WrittenTime(text).map { Int($0.sinceEpoch / 1000) - time(nil) }
        }
        return Answer(
            response: response, redirect: web_redirect(handle).map { String(cString: $0) },
            retryAfter: retry.map { min(max($0, 1), 7 * 86_400) })
    }
}
