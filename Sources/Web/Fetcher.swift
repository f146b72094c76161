internal import CWeb
internal import FoundationEssentials
internal import Glibc
internal import Synchronization
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
    /// How long a host that does not answer is left alone.
    private static let silence = Duration.seconds(30)
    /// Hosts that are remembered at most.
    private static let hostLimit = 10_000

    private struct Hosts: Sendable {
        var lastRequests: [String: ContinuousClock.Instant] = [:]
        /// Hosts of which something is being asked.
        var busy: Set<String> = []
        /// Hosts that did not answer, and until when they are left alone: one that is away must not hold up the others for each of
        /// its pages.
        var silent: [String: ContinuousClock.Instant] = [:]
        var robots: [String: (rules: Robots, until: ContinuousClock.Instant)] = [:]
    }

    private let agent: String
    private let allowsPrivate: Bool
    private let pause: Duration
    private let hosts = Mutex(Hosts())

    /// Creates a fetcher.
    /// - Parameters:
    ///   - agent: What it calls itself.
    ///   - allowsPrivate: Whether private, loopback and link-local addresses may be fetched from.
    ///   - pause: The pause between two requests of one host.
    public init(agent: String, allowsPrivate: Bool = false, pause: Duration = .seconds(1)) {
        self.agent = agent
        self.allowsPrivate = allowsPrivate
        self.pause = pause
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }

    /// Fetches what is at an address, behind at most six redirects.
    ///
    /// - Parameters:
    ///   - address: `http` or `https`.
    ///   - limit: The largest body, in bytes.
    ///   - heedsRobots: Whether robots.txt is asked first, as for pages; whoever offers a feed wants it read.
    ///   - etag: The tag of the version that is known.
    ///   - modified: When that was changed.
    /// - Returns: An answer of status 200 or 304.
    /// - Throws: `WebError`.
    public func fetch(
        _ address: String, limit: Int, heedsRobots: Bool, etag: String? = nil, modified: String? = nil
    ) throws(WebError) -> WebResponse {
        var address = address
        var movedTo: String?
        var isPermanent = true
        for _ in 0...Self.redirectLimit {
            try checkScheme(address)
            if heedsRobots, try !rules(for: address).allows(address) {
                throw WebError(code: .robots, description: "\(shown(address)): robots.txt asks not to fetch it")
            }
            var answer = try request(address, limit: limit, etag: etag, modified: modified)
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
            default:
                throw WebError(
                    code: .unavailable, description: "\(shown(address)): the server answers \(answer.status)",
                    retryAfter: answer.retryAfter)
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

    private func rules(for address: String) throws(WebError) -> Robots {
        let origin = Self.origin(of: address)
        let known = hosts.withLock { $0.robots[origin] }
        if let known, known.until > .now { return known.rules }
        var rules = Robots.everything
        var life = Duration.seconds(86_400)
        do {
            var place = origin + "/robots.txt"
            for _ in 0...Self.redirectLimit {
                try checkScheme(place)
                let answer = try request(place, limit: 512 << 10, etag: nil, modified: nil, cuts: true)
                if let target = answer.redirect, (301...308).contains(answer.status) {
                    place = target
                    continue
                }
                if answer.status == 200 { rules = Robots(answer.response.body, agent: "onrecord") }
                // RFC 9309: a server that fails is not asked for anything.
                if answer.status >= 500 || answer.status == 429 { (rules, life) = (.nothing, .seconds(600)) }
                break
            }
        } catch {
            guard error.code != .refused else { throw error }
            (rules, life) = (.nothing, .seconds(600))
        }
        let entry = (rules, ContinuousClock.now + life)
        hosts.withLock {
            if $0.robots.count >= Self.hostLimit { $0.robots = [:] }
            $0.robots[origin] = entry
        }
        return rules
    }
}

extension Fetcher {
    private struct Answer {
        var response: WebResponse
        var redirect: String?
        var retryAfter: Int?
        var status: Int { response.status }
    }

    /// What the callbacks of one request fill.
    private final class Receiver {
        let limit: Int
        /// Which addresses may be connected to; nil for all.
        let allowed: AllowedAddresses?
        var body: [UInt8] = []
        var headers: [String: String] = [:]
        var isTooBig = false
        var refused: [UInt8]?

        init(limit: Int, allowed: AllowedAddresses?) {
            self.limit = limit
            self.allowed = allowed
        }

        static func of(_ context: UnsafeMutableRawPointer?) -> Receiver? {
            context.map { Unmanaged<Receiver>.fromOpaque($0).takeUnretainedValue() }
        }
    }

    /// Waits until something may be asked of a host, of which then nobody else asks anything until `endTurn`.
    private func takeTurn(_ origin: String) {
        while true {
            let rest: Duration? = hosts.withLock { hosts in
                if hosts.busy.contains(origin) { return .milliseconds(20) }
                if let last = hosts.lastRequests[origin], last + pause > .now { return last + pause - .now }
                if hosts.lastRequests.count >= Self.hostLimit { hosts.lastRequests = [:] }
                hosts.lastRequests[origin] = .now
                hosts.busy.insert(origin)
                return nil
            }
            guard let rest else { return }
            let (seconds, attoseconds) = rest.components
            usleep(UInt32(clamping: max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)))
        }
    }

    private func endTurn(_ origin: String) {
        hosts.withLock { _ = $0.busy.remove(origin) }
    }

    /// Takes note of whether a host answered.
    private func note(_ origin: String, answers: Bool) {
        hosts.withLock { hosts in
            if hosts.silent.count >= Self.hostLimit { hosts.silent = [:] }
            hosts.silent[origin] = answers ? nil : .now + Self.silence
        }
    }

    /// One request, without redirects.
    private func request(
        _ address: String, limit: Int, etag: String?, modified: String?, cuts: Bool = false
    ) throws(WebError) -> Answer {
        let origin = Self.origin(of: address)
        takeTurn(origin)
        defer { endTurn(origin) }
        // Looked at when its turn comes: whoever was before it may have waited in vain.
        if let until = hosts.withLock({ $0.silent[origin] }), until > .now {
            throw failure(.unavailable, address, "its server did not answer a moment ago")
        }
        let allowed = allowsPrivate ? nil : try AllowedAddresses(for: address, by: self)
        guard let handle = curl_easy_init() else { throw failure(.unavailable, address, "libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        let receiver = Receiver(limit: limit, allowed: allowed)
        let context = Unmanaged.passUnretained(receiver).toOpaque()
        web_set_text(handle, CURLOPT_URL, address)
        web_set_text(handle, CURLOPT_USERAGENT, agent)
        web_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        web_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_CONNECTTIMEOUT, 8), (CURLOPT_TIMEOUT, 20),
            (CURLOPT_LOW_SPEED_LIMIT, 200),
            (CURLOPT_LOW_SPEED_TIME, 10), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_HTTP_CONTENT_DECODING, 1),
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
        web_set_receivers(handle, Self.takeBody, Self.takeHeader, Self.openSocket, context)
        let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
        if let bytes = receiver.refused {
            let shown = bytes.map { String($0, radix: bytes.count == 4 ? 10 : 16) }.joined(
                separator: bytes.count == 4 ? "." : ":")
            throw failure(
                .refused, address, "it leads to the private address \(shown); allow that with --allow-private")
        }
        if receiver.isTooBig, !cuts { throw failure(.tooBig, address, "it is larger than \(limit >> 10) KiB") }
        guard code == CURLE_OK || receiver.isTooBig else {
            // A body that breaks off or cannot be read is a fault of the address, not of its host.
            note(origin, answers: !receiver.headers.isEmpty)
            throw failure(.unavailable, address, String(cString: curl_easy_strerror(code)))
        }
        note(origin, answers: true)
        let type = receiver.headers["content-type"] ?? ""
        var response = WebResponse(status: web_status(handle), address: address)
        response.body = receiver.body
        response.type = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        let lower = type.lowercased()
        if let found = lower.firstRange(of: "charset=") {
            response.charset = String(lower[found.upperBound...].filter { !"\"' ".contains($0) }.prefix { $0 != ";" })
        }
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

    private static let takeBody: web_receive = { bytes, size, count, context in
        guard let receiver = Receiver.of(context), let bytes else { return 0 }
        let room = receiver.limit - receiver.body.count
        UnsafeRawBufferPointer(start: bytes, count: min(size * count, room)).withMemoryRebound(to: UInt8.self) {
            receiver.body += $0
        }
        if size * count > room { receiver.isTooBig = true }
        return receiver.isTooBig ? 0 : size * count
    }

    private static let takeHeader: web_receive = { bytes, size, count, context in
        guard let receiver = Receiver.of(context), let bytes else { return 0 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
        if line.hasPrefix("HTTP/") { receiver.headers = [:] }
        if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), receiver.headers.count < 200 {
            let value = line[colon...].dropFirst().filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
            receiver.headers[line[..<colon].lowercased()] = TextNormalization.line(String(value), limit: 1_000)
        }
        return size * count
    }

    private static let openSocket: web_open = { context, _, address in
        guard let receiver = Receiver.of(context), let address else { return -1 }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(web_address_bytes(address, &bytes))
        if let allowed = receiver.allowed, !allowed.contains(Array(bytes[..<count]), port: web_port(address)) {
            receiver.refused = Array(bytes[..<count])
            return -1
        }
        return web_socket(address)
    }
}
