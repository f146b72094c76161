internal import CZeroMQ

extension Socket {
    /// Sets an option; most hold for later binds and connects only, so set them first.
    ///
    /// - Parameter option: The option and its value.
    /// - Throws: `.invalid` for a value out of range or an option that this kind of socket does not have.
    public mutating func set(_ option: SocketOption) throws(ZeroMQError) {
        for setting in option.settings {
            try check(assign(try setting.value.encoded(for: option.name), to: setting.number), "set \(option.name)")
        }
    }

    /// Asks for the messages whose first frame starts with a prefix; `sub` sockets only.
    ///
    /// - Parameter prefix: The start of the topic; an empty one asks for all.
    /// - Throws: `.invalid` for another kind of socket, `.terminated`.
    public mutating func subscribe(to prefix: String) throws(ZeroMQError) {
        try check(assign(Array(prefix.utf8), to: ZMQ_SUBSCRIBE), "subscribe to \"\(prefix)\"")
    }

    /// Takes back one `subscribe(to:)`.
    ///
    /// - Parameter prefix: As it was given there.
    /// - Throws: `.invalid` for another kind of socket or a prefix not subscribed to, `.terminated`.
    public mutating func unsubscribe(from prefix: String) throws(ZeroMQError) {
        try check(assign(Array(prefix.utf8), to: ZMQ_UNSUBSCRIBE), "unsubscribe from \"\(prefix)\"")
    }

    private func assign(_ value: [UInt8], to option: Int32) -> Int32 {
        repeatingInterrupted {
            value.withUnsafeBytes { zmq_setsockopt(handle.pointer, option, $0.baseAddress, $0.count) }
        }
    }
}
