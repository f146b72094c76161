public import Service

/// What a service answers to whoever looks after it: `/metrics`, `/livez` and `/readyz`.
public struct MonitoringPages: Sendable {
    /// An answer.
    public struct Page: Sendable, Hashable {
        /// The HTTP status.
        public var status: UInt32
        /// The media type.
        public var type = "text/plain; charset=utf-8"
        /// The text.
        public var text: String
    }

    private let metrics: Metrics
    private let health: Health

    /// Pages about this health and these numbers.
    public init(metrics: Metrics, health: Health) {
        self.metrics = metrics
        self.health = health
    }

    /// The answer to a request.
    public func page(for method: String, _ path: String) -> Page {
        guard method == "GET" || method == "HEAD" else { return Page(status: 405, text: "only GET is answered\n") }
        switch path {
        case "/metrics":
            return Page(status: 200, type: "text/plain; version=0.0.4; charset=utf-8", text: metrics.text)
        case "/livez":
            let stuck = health.stuck
            return stuck.isEmpty
                ? Page(status: 200, text: "ok\n")
                : Page(status: 503, text: stuck.map { "\($0): it makes no progress\n" }.joined())
        case "/readyz":
            let waits = health.waits
            return waits.isEmpty
                ? Page(status: 200, text: "ok\n") : Page(status: 503, text: waits.map { "\($0)\n" }.joined())
        default: return Page(status: 404, text: "there are /metrics, /livez and /readyz\n")
        }
    }
}
