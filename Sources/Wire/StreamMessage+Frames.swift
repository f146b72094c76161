extension StreamMessage {
    /// The message as three frames.
    ///
    /// - Throws: The same errors as reading them would.
    public func frames() throws(WireError) -> [Frame] {
        try check()
        let second = try JSON.encode(position)
        guard second.count <= Limits.positionBytes else {
            throw WireError(413, "too-big", "a position of \(second.count) bytes, more than \(Limits.positionBytes)")
        }
        return [Array(topic.utf8), second, body]
    }

    /// Reads a message; frames beyond the third are reserved and ignored.
    ///
    /// The body is not looked into: whoever reads it decodes it with `JSON`.
    /// - Throws: `frame-count`, `bad-topic`, `bad-position`, `too-big`, or an error of `JSON.decode`.
    public init(frames: [Frame]) throws(WireError) {
        try self.init(frames: frames[...])
    }

    init(frames: ArraySlice<Frame>) throws(WireError) {
        let frames = try frames.bounded(atLeast: 3, in: "a stream message")
        self.init(
            topic: try frames[0].text("topic"),
            position: try JSON.decode(Position.self, from: frames[1], limit: Limits.positionBytes), body: frames[2])
        try check()
    }

    private func check() throws(WireError) {
        let stream = try Topic(topic).stream
        try position.check()
        guard stream == position.s else {
            throw WireError(400, "bad-position", "a position in the stream \(position.s) under the topic \(topic)")
        }
        guard !body.isEmpty else { throw WireError(400, "empty-body", "a stream message without a body") }
        guard body.count <= Limits.bodyBytes else {
            throw WireError(413, "too-big", "a body of \(body.count) bytes, more than \(Limits.bodyBytes)")
        }
    }
}

extension Position {
    func check() throws(WireError) {
        try Stream.check(version: v, stream: s, epoch: e)
        guard n >= 1, p >= 0, p < n else {
            throw WireError(
                400, "bad-position", "a position with n = \(n) and p = \(p); 1 <= n and 0 <= p < n are wanted")
        }
        guard !id.isEmpty else { throw WireError(400, "bad-position", "a position with an empty id") }
    }
}
