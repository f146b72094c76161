import Wire
import ZeroMQ

/// The XPUB socket of a publisher: sends to all who subscribe, and waits for none of them.
struct LiveSocket: ~Copyable, Sendable {
    /// How long to wait for an endpoint that this very process has just left.
    private static let patience: Int64 = 5_000

    private let context: Context
    private let queue: Int
    private let server: CurveServer?
    private var socket: Socket
    /// Since when the socket waits for its endpoint, nil where it has it.
    private var unboundSince: Int64?
    private var revision: Int
    /// The keys that subscribed since the socket was bound; at most as many as were on the list.
    private var subscribers: Set<String> = []

    /// Where it is bound, with the port that was chosen.
    let endpoint: Endpoint

    init(at endpoint: Endpoint, queue: Int, server: CurveServer?, in context: Context) throws(ZeroMQError) {
        revision = server?.authenticator.revision ?? 0
        var socket = try Self.open(for: endpoint, queue: queue, server: server, in: context)
        self.endpoint = try socket.bind(to: endpoint)
        self.socket = socket
        self.context = context
        self.queue = queue
        self.server = server
    }

    private static func open(
        for endpoint: Endpoint, queue: Int, server: CurveServer?, in context: Context
    ) throws(ZeroMQError) -> Socket {
        var socket = try Socket(.xpub, in: context)
        try socket.applyProtocolDefaults(for: endpoint)
        try socket.set(.linger(.seconds(1)))
        try socket.set(.sendHighWaterMark(queue))
        // Subscriptions are all that comes in.
        try socket.set(.maximumMessageSize(Int64(Limits.requestFrameBytes)))
        if let server {
            try socket.admitOnly("sub", of: server)
            // So that each key that subscribes is seen, not only the first to a topic.
            try socket.set(.xpubVerbose(true))
        }
        return socket
    }

    var pollItem: PollItem { socket.pollItem(.readable) }

    /// Milliseconds until `takeSubscriptions` is to be called at the latest, nil where that is of no use.
    var pause: Int64? { unboundSince == nil ? nil : 5 }

    /// Sends a message to whoever subscribed to it and has room for it.
    mutating func send(_ frames: [Frame]) throws(ZeroMQError) { try socket.send(frames, wait: false) }

    /// Takes in subscriptions, and cuts off whoever lost access.
    mutating func takeSubscriptions() throws(ZeroMQError) {
        try bindAgain()
        var isSuspect = false
        // They say nothing here but must not pile up.
        for _ in 0..<10_000 {
            guard let message = try socket.receiveWithPeer(wait: false, maxFrames: 0) else { break }
            if let key = message.peer.userID, subscribers.insert(key).inserted { isSuspect = true }
        }
        guard let authenticator = server?.authenticator else { return }
        isSuspect = isSuspect || authenticator.revision != revision
        revision = authenticator.revision
        guard isSuspect, !subscribers.allSatisfy({ authenticator.admits($0, to: "sub") }) else { return }
        try closeAll()
    }

    /// Ends all connections, of which libzmq cannot end a single one; those that still may come back within milliseconds.
    private mutating func closeAll() throws(ZeroMQError) {
        try socket.set(.linger(.zero))
        // The one before ends here; libzmq closes it in the background.
        socket = try Self.open(for: endpoint, queue: queue, server: server, in: context)
        subscribers = []
        unboundSince = SteadyClock.milliseconds()
        try bindAgain()
    }

    /// Binds the socket where the one before it was, once that has left; what is sent until then goes to nobody.
    private mutating func bindAgain() throws(ZeroMQError) {
        guard let since = unboundSince else { return }
        do {
            try socket.bind(to: endpoint)
            unboundSince = nil
        } catch  where error.code == .addressInUse && SteadyClock.milliseconds() - since < Self.patience {
            return
        }
    }
}
