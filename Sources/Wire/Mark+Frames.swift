extension Mark {
    /// The mark as three frames: its topic, itself, and an empty one.
    ///
    /// - Throws: The same errors as reading them would.
    public func frames() throws(WireError) -> [Frame] {
        try check()
        return [Array(Topic.mark(of: s).text.utf8), try JSON.encode(self), []]
    }

    /// Reads a mark; frames beyond the second are ignored.
    ///
    /// - Throws: `frame-count`, `bad-topic`, `bad-position`, `too-big`, or an error of `JSON.decode`.
    public init(frames: [Frame]) throws(WireError) {
        let frames = try frames[...].bounded(atLeast: 2, in: "a mark")
        let topic = try Topic(try frames[0].text("topic"))
        self = try JSON.decode(Mark.self, from: frames[1], limit: Limits.positionBytes)
        try check()
        guard topic == Topic.mark(of: s) else {
            throw WireError(400, "bad-topic", "a mark of the stream \(s) under the topic \(topic)")
        }
    }

    private func check() throws(WireError) {
        try Stream.check(version: v, stream: s, epoch: e)
        guard n >= 0, n < .max, lo >= 1, lo <= n + 1 else {
            throw WireError(
                400, "bad-position", "a mark with n = \(n) and lo = \(lo); 0 <= n and 1 <= lo <= n + 1 are wanted")
        }
    }
}
