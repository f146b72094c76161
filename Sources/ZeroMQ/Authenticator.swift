internal import Synchronization

/// Decides which CURVE clients may connect: the ZAP 1.0 handler (ZeroMQ RFC 27) of a context.
///
/// Make it before the first `bind(to:)` of a socket with a `zapDomain`: while none runs, those admit nobody. It works on a
/// thread of its own.
///
/// The list may change at any time, from any thread. Those already connected stay: ask `admits(_:to:)` about the sender of each
/// message where that matters. Those refused try again at most a `handshakeInterval` later, and get in once the list has them.
public final class Authenticator: Sendable {
    /// Whom to admit: for each `zapDomain`, the public keys in Z85.
    ///
    /// A domain not listed admits nobody.
    public typealias AllowList = [String: Set<String>]

    /// How many requests were answered how.
    public struct Counters: Sendable, Hashable {
        /// Clients admitted.
        public var accepted: UInt64 = 0
        /// Clients refused, because their key is not on the domain's list or they do not use CURVE.
        public var denied: UInt64 = 0
        /// Requests that do not follow ZAP.
        public var malformed: UInt64 = 0
    }

    /// A client that was refused.
    public struct Denial: Sendable, Hashable {
        /// The list that it would have had to be on.
        public var domain: String
        /// Its public key in Z85, nil where it does not use CURVE.
        public var key: String?
        /// Its IP address.
        public var address: String
    }

    private let register: Register
    private let waker: Waker
    private let thread: DedicatedThread

    /// Starts the handler.
    ///
    /// - Parameters:
    ///   - context: The context whose sockets ask it; one handler each.
    ///   - allowList: Whom to admit.
    ///   - denied: Hears of each client that is refused, on the handler's thread.
    /// - Throws: `.addressInUse` where the context has one already, `.invalid` for a malformed key, `.terminated`.
    public init(
        in context: Context, allowing allowList: AllowList = [:],
        denied: @escaping @Sendable (Denial) -> Void = { _ in }
    ) throws(ZeroMQError) {
        try Self.validate(allowList)
        var socket = try Socket(.router, in: context)
        let endpoint = try socket.bind(to: Endpoint("inproc://zeromq.zap.01"))
        let register = Register(allowList, denied)
        let waker = try Waker()
        thread = try DedicatedThread(named: "zap", owning: socket) { socket in
            var socket = socket
            serve(&socket, from: register, until: waker)
            // Closing frees the endpoint only some time later.
            try? socket.unbind(from: endpoint)
        }
        self.register = register
        self.waker = waker
    }

    /// Whom it admits.
    public var allowList: AllowList { register.state.withLock { $0.allowList } }

    /// How often the list was replaced.
    public var revision: Int { register.state.withLock { $0.revision } }

    /// Whether the sender of a message that came through a guarded socket is still on the list.
    ///
    /// A sender without key and address is one in this process, which needs no admission.
    ///
    /// - Parameters:
    ///   - peer: The sender.
    ///   - domain: The socket's `zapDomain`.
    /// - Returns: Whether it may go on.
    public func admits(_ peer: PeerInfo, to domain: String) -> Bool {
        guard let key = peer.userID else { return peer.address == nil }
        return admits(key, to: domain)
    }

    /// Whether a public key is on the list of `domain` now.
    public func admits(_ key: String, to domain: String) -> Bool {
        register.state.withLock { $0.allowList[domain]?.contains(key) == true }
    }

    /// How many requests were answered how.
    public var counters: Counters { register.state.withLock { $0.counters } }

    /// Replaces the list; it holds from the next handshake on.
    ///
    /// - Parameter allowList: Whom to admit from now on.
    /// - Throws: `.invalid` for a malformed key; the list then stays as it was.
    public func allow(_ allowList: AllowList) throws(ZeroMQError) {
        try Self.validate(allowList)
        register.state.withLock {
            $0.allowList = allowList
            $0.revision += 1
        }
    }

    /// Stops the handler and waits until its thread is gone; a second call does nothing.
    public func stop() {
        waker.wake()
        thread.join()
    }

    deinit {
        stop()
    }

    private static func validate(_ allowList: AllowList) throws(ZeroMQError) {
        for (domain, keys) in allowList {
            for key in keys {
                _ = try CurveKeys.validated(key, as: "public key", for: "allow keys in domain \(domain)")
            }
        }
    }
}

/// What the handler's thread shares with others.
private final class Register: Sendable {
    struct State {
        var allowList: Authenticator.AllowList
        var revision = 0
        var counters = Authenticator.Counters()
    }

    let state: Mutex<State>
    private let denied: @Sendable (Authenticator.Denial) -> Void

    init(_ allowList: Authenticator.AllowList, _ denied: @escaping @Sendable (Authenticator.Denial) -> Void) {
        state = Mutex(State(allowList: allowList))
        self.denied = denied
    }

    func reply(to frames: [[UInt8]]) -> ZAPReply {
        let reply = judge(frames)
        if reply.verdict == .denied, case .success(let request) = ZAPRequest.read(frames) {
            denied(Authenticator.Denial(domain: request.domain, key: request.curveKey, address: request.address))
        }
        return reply
    }

    private func judge(_ request: [[UInt8]]) -> ZAPReply {
        state.withLock { state in
            switch ZAPRequest.read(request) {
            case .failure(let reply):
                state.counters.malformed += 1
                return reply
            case .success(let request):
                guard let key = request.curveKey, state.allowList[request.domain]?.contains(key) == true else {
                    state.counters.denied += 1
                    return ZAPReply(to: request.id, .denied)
                }
                state.counters.accepted += 1
                return ZAPReply(to: request.id, .accepted(userID: key))
            }
        }
    }
}

/// Answers requests until `waker` is awake or the context is shut down.
private func serve(_ socket: inout Socket, from register: Register, until waker: Waker) {
    var items = [socket.pollItem(.readable), waker.pollItem]
    do {
        while true {
            _ = try poll(&items)
            if !items[1].ready.isEmpty { return }
            // The routing id and an empty frame lead back to whoever asks.
            if let frames = try socket.receive(wait: false, maxFrames: 16), frames.count >= 2 {
                try socket.send(frames[..<2] + register.reply(to: Array(frames[2...])).frames, wait: false)
            }
        }
    } catch {
        // The context is shut down: nobody asks any more.
    }
}
