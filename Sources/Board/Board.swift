public import HTTP
internal import Journal
internal import Presentation
internal import Service
public import Sink
public import Wire

/// A web page over a sink's database: who said what, as it comes.
///
/// It reads while `onrecord sink` writes. At most 128 clients are connected, of which 48 listen to what is new.
public final class Board: Sendable {
    private static let threads = 4
    private static let connections: UInt32 = 128
    private static let listeners = 48
    /// What a page may do: use its own files, and nothing else.
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """

    private let server: HTTPServer
    private let watch: BoardWatch

    /// Where it listens, with the port that was chosen.
    public var address: HTTPAddress { server.address }

    /// Opens the database, and serves it.
    /// - Parameters:
    ///   - path: A file of `onrecord sink`, or the URL of its database in PostgreSQL.
    ///   - address: Where to listen.
    ///   - names: Host names by which it may be asked, or nil for any; where only this machine can ask, a page from elsewhere that had
    ///     its own name point here is not to read it.
    ///   - services: Asks the services how they are; may block, and is called on a thread of its own.
    ///   - complain: Called with why the database cannot be read, once for each reason until it is another one.
    ///   - text: Asks the services for an article and its analysis; may block for some seconds.
    /// - Throws: `HTTPError`, or why the database cannot be read.
    public init(
        over path: String, at address: HTTPAddress, names: [String]?,
        services: @escaping @Sendable () -> [ServiceReport], complain: @escaping @Sendable (String) -> Void,
        text: @escaping @Sendable (SinkArticle) -> (Article, Analysis)?
    ) throws {
        let readers = SharedReaders(path, count: Self.threads)
        try readers.read { reader in _ = try reader.cursor() }
        let watch = BoardWatch(path, listeners: Self.listeners, asking: services, complain: complain)
        let pages = BoardPages(path: path, readers: readers, watch: watch, text: text)
        self.watch = watch
        server = try HTTPServer(at: address, threads: UInt32(Self.threads), connections: Self.connections) { request in
            var response = Self.response(to: request, pages, names)
            response.headers += [
                ("Content-Security-Policy", Self.policy), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
            ]
            if !response.headers.contains(where: { $0.name == "Cache-Control" }) {
                response.headers.append(("Cache-Control", "no-store"))
            }
            return response
        }
        try watch.start()
    }

    /// Ends.
    public func stop() {
        watch.stop()
        server.stop()
    }

    private static func response(to request: HTTPRequest?, _ pages: BoardPages, _ names: [String]?) -> HTTPResponse {
        do {
            guard let request else { throw BoardError.bad("That is no address: it has a broken escape in it.") }
            if let names, !names.contains(name(of: request.host)) {
                throw BoardError(
                    status: 421,
                    reason: "This board answers to \(names.joined(separator: ", ")) alone; ask by such a name.")
            }
            guard request.method == "GET" || request.method == "HEAD" else {
                throw BoardError(status: 405, reason: "Only GET is answered.")
            }
            if let file = BoardFile.all.first(where: { $0.path == request.path }) { return file.response }
            if request.path == "/live" {
                return HTTPResponse(
                    pages.watch.events, headers: [("Cache-Control", "no-store"), ("X-Accel-Buffering", "no")])
            }
            return try pages.page(request)
        } catch let error as BoardError {
            return page(of: error)
        } catch let error as JournalError where error.code == .tooLong {
            return page(
                of: BoardError(status: 503, reason: "That took too long. Look for rarer words, or for less."), pages)
        } catch {
            // Whoever asks is told no paths.
            pages.watch.complain(error)
            return page(
                of: BoardError(
                    status: 503,
                    reason:
                        "The database cannot be read now; the board's log says why. Once it can, this page shows it."),
                pages, isPassing: true)
        }
    }

    /// The page that says why there is none; a passing reason is looked at again when something changes.
    private static func page(of error: BoardError, _ pages: BoardPages? = nil, isPassing: Bool = false) -> HTTPResponse
    {
        let title =
            switch error.status {
            case 400: "This cannot be asked"
            case 404: "Nothing is here"
            case 410: "It is gone"
            case 503: "Not now"
            default: "This is not answered"
            }
        var frame = pages?.frame ?? PageFrame(title: "")
        frame.title = title
        frame.isPassing = isPassing
        let html = frame.html { page in
            page.element("h1", title)
            page.element("p", ["class": "none"], error.reason)
        }
        return HTTPResponse(
            status: error.status, type: "text/html; charset=utf-8", html,
            headers: error.status == 405 ? [("Allow", "GET, HEAD")] : [])
    }

    /// The host without its port.
    private static func name(of host: String?) -> String {
        guard let host else { return "" }
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" }).lowercased()
    }
}
