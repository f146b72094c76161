internal import CZeroMQ
internal import Glibc

extension Socket {
    /// Sends one message, all frames or none; each is copied once.
    ///
    /// - Parameters:
    ///   - frames: At least one frame; for a `router`, the first is the routing id of the peer.
    ///   - wait: Whether to wait for room in the queue.
    /// - Returns: False where nothing was sent because there is no room.
    /// - Throws: `.hostUnreachable` for a peer that a mandatory `router` does not know, `.wrongState`, `.terminated`,
    ///   `.invalid` for no frame at all.
    @discardableResult
    public mutating func send(_ frames: [[UInt8]], wait: Bool = true) throws(ZeroMQError) -> Bool {
        guard !frames.isEmpty else {
            throw ZeroMQError(invalid: "\(kind) socket: send", "a message has at least one frame")
        }
        while true {
            guard try transmit(frames[0], more: frames.count > 1, wait: wait) else { return false }
            if try transmitRest(frames.dropFirst()) { return true }
            if !wait { return false }
        }
    }

    /// Sends the frames behind the first.
    ///
    /// They never lack room, so libzmq refuses one only where the peer left in the middle: it takes back what it has of
    /// the message, and swallows the frames that follow, which it must be given so that it knows the next message.
    ///
    /// - Returns: False where the message was taken back.
    private func transmitRest(_ frames: ArraySlice<[UInt8]>) throws(ZeroMQError) -> Bool {
        var isWhole = true
        for index in frames.indices {
            let isSent = try transmit(frames[index], more: index < frames.endIndex - 1, wait: false)
            isWhole = isWhole && isSent
        }
        return isWhole
    }

    private func transmit(_ frame: [UInt8], more: Bool, wait: Bool) throws(ZeroMQError) -> Bool {
        let flags = (more ? ZMQ_SNDMORE : 0) | (wait ? 0 : ZMQ_DONTWAIT)
        let result = repeatingInterrupted {
            frame.withUnsafeBytes { zmq_send(handle.pointer, $0.baseAddress, $0.count, flags) == -1 ? -1 : 0 }
        }
        return try succeeded(result, "send")
    }

    /// Receives one message; each frame is copied once.
    ///
    /// - Parameters:
    ///   - wait: Whether to wait for one.
    ///   - maxFrames: Frames to return at most; what follows them in the message is read and thrown away.
    /// - Returns: The frames, or nil where there is no message.
    /// - Throws: `.wrongState`, `.terminated`, `.notSupported` for a socket that only sends.
    public mutating func receive(wait: Bool = true, maxFrames: Int = 64) throws(ZeroMQError) -> [[UInt8]]? {
        var frames: [[UInt8]] = []
        return try collect(into: &frames, wait: wait, maxFrames: maxFrames) { _ in } ? frames : nil
    }

    /// Receives one message and what is known of its sender.
    ///
    /// - Parameters:
    ///   - wait: Whether to wait for one.
    ///   - maxFrames: Frames to return at most; what follows them in the message is read and thrown away.
    /// - Returns: The frames and their sender, or nil where there is no message.
    /// - Throws: As `receive(wait:maxFrames:)`.
    public mutating func receiveWithPeer(
        wait: Bool = true, maxFrames: Int = 64
    ) throws(ZeroMQError) -> (frames: [[UInt8]], peer: PeerInfo)? {
        var frames: [[UInt8]] = []
        var peer = PeerInfo()
        // Sockets that make a first frame of their own may leave the sender to the next.
        let found = try collect(into: &frames, wait: wait, maxFrames: maxFrames) { frame in
            if peer.address == nil { peer = PeerInfo(of: frame) }
        }
        return found ? (frames, peer) : nil
    }

    private func collect(
        into frames: inout [[UInt8]], wait: Bool, maxFrames: Int, look: (UnsafeMutablePointer<zmq_msg_t>) -> Void
    ) throws(ZeroMQError) -> Bool {
        let frame = handle.frame
        var flags = wait ? 0 : ZMQ_DONTWAIT
        repeat {
            let result = repeatingInterrupted { zmq_msg_recv(frame, handle.pointer, flags) == -1 ? -1 : 0 }
            guard try succeeded(result, "receive") else { return false }
            look(frame)
            if frames.count < maxFrames {
                frames.append([UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(frame), count: zmq_msg_size(frame))))
            }
            // The rest of a message is always there already.
            flags = 0
        } while zmq_msg_more(frame) == 1
        // A big body is not kept until the next message comes.
        zmq_msg_close(frame)
        zmq_msg_init(frame)
        return true
    }

    /// Whether `result` is success rather than a lack of room or messages; other failures are thrown.
    func succeeded(_ result: Int32, _ operation: @autoclosure () -> String) throws(ZeroMQError) -> Bool {
        if result == -1, zmq_errno() == EAGAIN { return false }
        try check(result, operation())
        return true
    }
}
