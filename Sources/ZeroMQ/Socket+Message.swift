internal import CZeroMQ

extension Socket {
    /// Sends one frame without copying it.
    ///
    /// - Parameters:
    ///   - message: The frame, which is gone afterwards, sent or not: `copy()` it to try again.
    ///   - more: Whether another frame of the same message follows.
    ///   - wait: Whether to wait for room in the queue.
    /// - Returns: False where it was not sent because there is no room.
    /// - Throws: As `send(_:wait:)` for frames.
    @discardableResult
    public mutating func send(
        _ message: consuming Message, more: Bool = false, wait: Bool = true
    ) throws(ZeroMQError) -> Bool {
        let flags = (more ? ZMQ_SNDMORE : 0) | (wait ? 0 : ZMQ_DONTWAIT)
        let frame = message.frame
        let pointer = handle.pointer
        let result = repeatingInterrupted { zmq_msg_send(frame, pointer, flags) == -1 ? -1 : 0 }
        return try succeeded(result, "send")
    }

    /// Receives one frame without copying it; `hasMore` says whether its message goes on.
    ///
    /// - Parameter wait: Whether to wait for one.
    /// - Returns: The frame, or nil where there is none.
    /// - Throws: As `receive(wait:maxFrames:)`.
    public mutating func receiveMessage(wait: Bool = true) throws(ZeroMQError) -> Message? {
        let message = Message()
        let frame = message.frame
        let pointer = handle.pointer
        let result = repeatingInterrupted { zmq_msg_recv(frame, pointer, wait ? 0 : ZMQ_DONTWAIT) == -1 ? -1 : 0 }
        guard try succeeded(result, "receive") else { return nil }
        return message
    }
}
