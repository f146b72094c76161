import Testing
import ZeroMQ

@Suite struct AuthenticatorTests {
    private let context: Context
    private let server: CurveKeys
    private let client: CurveKeys

    init() throws {
        context = try Context()
        server = try CurveKeys.generate()
        client = try CurveKeys.generate()
    }

    /// A bound socket that asks the authenticator, and where it is.
    private func guarded(_ kind: Socket.Kind, domain: String = "fetch") throws -> Socket {
        try Socket(
            kind, in: context,
            options: [.curveServer(server), .zapDomain(domain), .handshakeInterval(.milliseconds(500))])
    }

    /// A socket that introduces itself as `keys`.
    private func client(_ kind: Socket.Kind, _ keys: CurveKeys, to endpoint: Endpoint) throws -> Socket {
        var socket = try Socket(
            kind, in: context,
            options: [
                .curveClient(serverKey: server.publicKey, keys), .handshakeInterval(.milliseconds(500)),
                .reconnect(initial: .milliseconds(10), maximum: .milliseconds(50)),
            ])
        try socket.connect(to: endpoint)
        return socket
    }

    @Test func `a listed key gets in and is named with every message`() throws {
        let authenticator = try Authenticator(in: context, allowing: ["fetch": [client.publicKey]])
        var router = try guarded(.router)
        var dealer = try client(.dealer, client, to: router.bind(to: Endpoint("tcp://127.0.0.1:*")))
        try dealer.send([[1], [2]])
        let received = try #require(try router.receiveWithPeer())
        #expect(received.frames.dropFirst() == [[1], [2]])
        #expect(received.peer == PeerInfo(userID: client.publicKey, address: "127.0.0.1"))
        let counters = authenticator.counters
        #expect([counters.accepted, counters.denied, counters.malformed] == [1, 0, 0])
    }

    @Test func `each handshake asks the list as it is then`() throws {
        let authenticator = try Authenticator(in: context, allowing: ["other domain": [client.publicKey]])
        var pull = try guarded(.pull)
        let events = try Inbox<MonitorEvent>()
        let monitor = try pull.monitor([.handshakeFailedAuthentication]) { events.put($0) }
        let endpoint = try pull.bind(to: Endpoint("tcp://127.0.0.1:*"))
        var push = try client(.push, client, to: endpoint)
        #expect(try events.next()?.kind == .handshakeFailedAuthentication)
        #expect(authenticator.counters.denied >= 1)
        #expect(authenticator.counters.accepted == 0)
        #expect(try pull.receive(wait: false) == nil)

        try authenticator.allow(["fetch": [client.publicKey]])
        try push.send([[1]])
        #expect(try pull.receive() == [[1]])
        #expect(authenticator.counters.accepted == 1)

        try authenticator.allow([:])
        try push.send([[2]])
        #expect(try pull.receive() == [[2]])
        let denied = authenticator.counters.denied
        var again = try client(.push, client, to: endpoint)
        #expect(try events.next()?.kind == .handshakeFailedAuthentication)
        while authenticator.counters.denied == denied { _ = try events.next() }
        #expect(try !again.send([[3]], wait: false) || pull.receive(wait: false) == nil)
        withExtendedLifetime(monitor) {}
    }

    @Test func `a client without CURVE or with another server's key stays out`() throws {
        let authenticator = try Authenticator(in: context, allowing: ["fetch": [client.publicKey]])
        var pull = try guarded(.pull)
        let events = try Inbox<MonitorEvent>()
        let failures: Set<MonitorEvent.Kind> = [.handshakeFailed, .handshakeFailedProtocol]
        let monitor = try pull.monitor(failures) { events.put($0) }
        let endpoint = try pull.bind(to: Endpoint("tcp://127.0.0.1:*"))
        do {
            var plain = try Socket(.push, in: context)
            try plain.connect(to: endpoint)
            #expect(try events.next().map { failures.contains($0.kind) } == true)
        }
        var wrong = try Socket(.push, in: context)
        try wrong.set(.curveClient(serverKey: CurveKeys.generate().publicKey, client))
        try wrong.connect(to: endpoint)
        #expect(try events.next { $0.kind == .handshakeFailedProtocol } != nil)
        #expect(authenticator.counters.accepted == 0)
        withExtendedLifetime(monitor) {}
    }

    @Test func `nobody gets in while no authenticator runs`() throws {
        let authenticator = try Authenticator(in: context, allowing: ["fetch": [client.publicKey]])
        authenticator.stop()
        authenticator.stop()
        var pull = try guarded(.pull)
        let events = try Inbox<MonitorEvent>()
        let monitor = try pull.monitor([.handshakeSucceeded, .handshakeFailed]) { events.put($0) }
        let push = try client(.push, client, to: pull.bind(to: Endpoint("tcp://127.0.0.1:*")))
        #expect(try events.next()?.kind == .handshakeFailed)
        withExtendedLifetime((monitor, push.kind)) {}
    }

    @Test func `requests that are not ZAP are answered and do not stop the handler`() throws {
        let authenticator = try Authenticator(in: context, allowing: ["fetch": [client.publicKey]])
        var asker = try Socket(.req, in: context, options: [])
        try asker.connect(to: Endpoint("inproc://zeromq.zap.01"))
        for request: [[UInt8]] in [[[]], [Array("1.0".utf8)], [Array("2.0".utf8), [7]]] {
            try asker.send(request)
            let reply = try #require(try asker.receive())
            #expect(reply.count == 6)
            #expect(reply[2] == Array("500".utf8))
        }
        #expect(authenticator.counters.malformed == 3)
        var bare = try Socket(.dealer, in: context)
        try bare.connect(to: Endpoint("inproc://zeromq.zap.01"))
        try bare.send([[1]])
        var router = try guarded(.router)
        var dealer = try client(.dealer, client, to: router.bind(to: Endpoint("tcp://127.0.0.1:*")))
        try dealer.send([[1]])
        #expect(try router.receive()?.last == [1])
    }

    @Test func `a context has one authenticator at a time`() throws {
        let first = try Authenticator(in: context)
        #expect(zeroMQError { _ = try Authenticator(in: context) }?.code == .addressInUse)
        first.stop()
        let second = try Authenticator(in: context)
        second.stop()
    }

    @Test func `a malformed key leaves the list as it was`() throws {
        let list: Authenticator.AllowList = ["fetch": [client.publicKey]]
        let authenticator = try Authenticator(in: context, allowing: list)
        #expect(zeroMQError { try authenticator.allow(["fetch": ["nonsense"]]) }?.code == .invalid)
        #expect(authenticator.allowList == list)
        #expect(zeroMQError { _ = try Authenticator(in: Context(), allowing: ["": [""]]) }?.code == .invalid)
    }

    @Test func `shutdown of the context ends the handler`() throws {
        let authenticator = try Authenticator(in: context)
        context.shutdown()
        authenticator.stop()
    }
}
