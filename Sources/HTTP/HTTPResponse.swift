/// What a client is told.
package struct HTTPResponse: Sendable {
    /// What it says.
    package enum Content: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Events, as they come.
        case events(HTTPEvents)
    }

    /// The HTTP status.
    package var status: UInt32
    /// Headers beside the length, in order.
    package var headers: [(name: String, value: String)]
    /// What it says.
    package var content: Content

    /// An answer of text.
    package init(status: UInt32 = 200, type: String, _ text: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = [("Content-Type", type)] + headers
        content = .bytes(Array(text.utf8))
    }

    /// An answer of bytes.
    package init(status: UInt32 = 200, type: String, bytes: [UInt8], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = [("Content-Type", type)] + headers
        content = .bytes(bytes)
    }

    /// An answer that goes on as long as the client listens.
    package init(_ events: HTTPEvents, headers: [(name: String, value: String)] = []) {
        status = 200
        self.headers = [("Content-Type", "text/event-stream")] + headers
        content = .events(events)
    }
}
