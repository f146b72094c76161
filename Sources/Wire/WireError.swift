/// What is wrong with a message, in a form that can be counted, answered and read.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What to do about it, numbered as in the section "Errors" of `protocols/nwp-1.md`.
    ///
    /// 400 malformed, 401 and 403 not allowed, 404 no such stream, 409 another epoch, 410 no longer kept, 413 too big,
    /// 426 no common version, 429 too fast, 501 unknown command, 503 not now.
    public var code: Int
    /// The kind of fault as a short constant token such as `frame-count`, fit to be the label of a counter.
    public var reason: String
    /// What is wrong, where, and what was expected.
    public var message: String

    /// Creates an error.
    public init(_ code: Int, _ reason: String, _ message: String) {
        self.code = code
        self.reason = reason
        self.message = message
    }

    /// Whether the same message may succeed later.
    public var isRetriable: Bool { code == 429 || code == 503 }

    /// Code, reason and message in one line.
    public var description: String { "\(message) (\(code) \(reason))" }
}
