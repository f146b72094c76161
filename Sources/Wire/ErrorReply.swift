/// The arguments of `ERR`, on the control, the ingest and the pool protocol.
public struct ErrorReply: Sendable, Hashable, Codable {
    /// A code of `WireError`.
    public var code: Int
    /// What is wrong, for a person; cut to `Limits.textBytes`.
    public var text: String
    /// Whether the same article may be taken later, in answers to PUT; nil elsewhere.
    public var retry: Bool?

    /// Creates a reply.
    public init(code: Int, text: String, retry: Bool? = nil) {
        self.code = code
        self.text = text.clipped(to: Limits.textBytes)
        self.retry = retry
    }

    /// The reply that tells a peer of `error`.
    public init(_ error: WireError) {
        self.init(code: error.code, text: error.message)
    }
}

extension String {
    /// The longest start of the string that takes at most `limit` bytes of UTF-8.
    func clipped(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { utf8.formIndex(before: &end) }
        return String(self[..<end])
    }
}
