public import HTTP

/// Answers HTTP with `MonitoringPages`: at most 32 connections at a time.
public final class MonitoringServer: Sendable {
    private let server: HTTPServer

    /// Listens at `address`.
    ///
    /// - Throws: `HTTPError` where that is not possible.
    public init(at address: HTTPAddress, _ pages: MonitoringPages) throws(HTTPError) {
        server = try HTTPServer(at: address) { request in
            let page =
                request.map { pages.page(for: $0.method, $0.path) }
                ?? MonitoringPages.Page(status: 400, text: "that is no address\n")
            var headers = [("Cache-Control", "no-store")]
            if page.status == 405 { headers.append(("Allow", "GET, HEAD")) }
            return HTTPResponse(status: page.status, type: page.type, page.text, headers: headers)
        }
    }

    /// Where it listens, with the port that was chosen.
    public var address: HTTPAddress { server.address }

    /// Answers nothing any more; waits for answers that are under way.
    public func stop() { server.stop() }
}
