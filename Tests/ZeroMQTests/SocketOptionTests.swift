import Testing
import ZeroMQ

@Suite struct SocketOptionTests {
    static let general: [SocketOption] = [
        .linger(.seconds(1)), .sendHighWaterMark(10_000), .receiveHighWaterMark(1), .sendTimeout(.milliseconds(5)),
        .receiveTimeout(.zero), .maximumMessageSize(8 << 20), .immediate(true),
        .heartbeat(interval: .seconds(2), timeout: .seconds(6)), .handshakeInterval(.seconds(5)),
        .reconnect(initial: .milliseconds(100), maximum: .seconds(5)), .connectTimeout(.seconds(3)), .backlog(7),
        .ipv6(true), .tcpKeepalive(idle: .seconds(60), interval: .seconds(10), count: 3), .tcpUserTimeout(.seconds(10)),
        .zapDomain("raw"),
    ]

    @Test(arguments: Socket.Kind.allCases)
    func `every kind of socket takes the general options`(kind: Socket.Kind) throws {
        var socket = try Socket(kind, in: Context())
        for option in Self.general { try socket.set(option) }
    }

    @Test func `options of one kind are taken by it and refused by others`() throws {
        let context = try Context()
        var router = try Socket(.router, in: context)
        try router.set(.routerMandatory(true))
        try router.set(.routerHandover(true))
        try router.set(.routingID([1, 2, 3]))
        var xpub = try Socket(.xpub, in: context)
        try xpub.set(.xpubVerbose(true))
        try xpub.set(.xpubNoDrop(true))
        var pull = try Socket(.pull, in: context)
        try pull.set(.conflate(true))
        #expect(zeroMQError { try pull.set(.routerMandatory(true)) }?.code == .invalid)
        #expect(zeroMQError { try router.set(.xpubVerbose(true)) }?.code == .invalid)
    }

    static let refused: [SocketOption] = [
        .linger(.milliseconds(-1)), .linger(.seconds(Int64.max)), .sendHighWaterMark(0), .receiveHighWaterMark(-1),
        .sendHighWaterMark(1 << 40), .maximumMessageSize(-1), .reconnect(initial: .seconds(-1), maximum: .zero),
        .heartbeat(interval: .seconds(1), timeout: .seconds(-1)), .backlog(0), .routingID([]),
        .routingID([UInt8](repeating: 1, count: 256)), .zapDomain(String(repeating: "x", count: 256)),
        .tcpKeepalive(idle: .seconds(1), interval: .seconds(1), count: 0),
    ]

    @Test(arguments: refused.indices)
    func `a value out of range is refused with the option's name`(index: Int) throws {
        let option = Self.refused[index]
        var socket = try Socket(.dealer, in: Context())
        let error = try #require(zeroMQError { try socket.set(option) })
        #expect(error.code == .invalid)
        #expect(error.operation.contains("set "))
    }

    @Test func `a message beyond the size limit never arrives and the peer is cut off`() throws {
        let context = try Context()
        var pair = try Pair(.pull, .push, over: .tcp, in: context, boundOptions: [.maximumMessageSize(100)])
        try pair.connected.send([pattern(100)])
        #expect(try pair.bound.receive() == [pattern(100)])
        try pair.connected.send([pattern(101)])
        var other = try Socket(.push, in: context, options: [])
        try other.connect(to: pair.endpoint)
        try other.send([[1]])
        #expect(try pair.bound.receive() == [[1]])
    }
}
