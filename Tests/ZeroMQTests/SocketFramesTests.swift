import Testing
import ZeroMQ

@Suite struct SocketFramesTests {
    /// Around the sizes where libzmq changes how it keeps a body, and the largest frame of the wire protocol.
    static let sizes = [0, 1, 29, 30, 33, 34, 8 << 20]

    @Test(arguments: sizes, Link.allCases)
    func `a body arrives as it was sent`(size: Int, link: Link) throws {
        let context = try Context()
        var pair = try Pair(.pair, .pair, over: link, in: context)
        let body = pattern(size)
        #expect(try pair.connected.send([body]))
        #expect(try pair.bound.receive() == [body])
    }

    @Test(arguments: Link.allCases)
    func `frames stay together and in order`(link: Link) throws {
        let context = try Context()
        var pair = try Pair(.pull, .push, over: link, in: context)
        let messages = (0..<50).map { number in (0...number % 8).map { pattern(number * 10 + $0) } }
        for message in messages { #expect(try pair.connected.send(message)) }
        for message in messages { #expect(try pair.bound.receive() == message) }
    }

    @Test func `frames beyond the maximum are thrown away and the next message is whole`() throws {
        let context = try Context()
        var pair = try Pair(.pull, .push, in: context)
        try pair.connected.send([[1], [2], [3], [4]])
        try pair.connected.send([[5], [6]])
        #expect(try pair.bound.receive(maxFrames: 2) == [[1], [2]])
        #expect(try pair.bound.receive(maxFrames: 2) == [[5], [6]])
        try pair.connected.send([[7]])
        #expect(try pair.bound.receive(maxFrames: 0) == [])
        #expect(try pair.bound.receive(wait: false) == nil)
    }

    @Test func `without waiting, nothing to receive is nil and no room to send is false`() throws {
        let context = try Context()
        var push = try Socket(.push, in: context)
        #expect(try !push.send([[1], [2]], wait: false))
        let isSent = try push.send(Message([1]), wait: false)
        #expect(!isSent)
        var pull = try Socket(.pull, in: context)
        #expect(try pull.receive(wait: false) == nil)
        let message = try pull.receiveMessage(wait: false)
        if message != nil { Issue.record("a message came from nowhere") }
    }

    @Test func `a time-out ends waiting`() throws {
        let context = try Context()
        var push = try Socket(.push, in: context, options: [.sendTimeout(.milliseconds(1))])
        #expect(try !push.send([[1]]))
        var pull = try Socket(.pull, in: context, options: [.receiveTimeout(.milliseconds(1))])
        #expect(try pull.receive() == nil)
    }

    @Test func `a full queue refuses whole messages and delivers those it took`() throws {
        let context = try Context()
        var pair = try Pair(
            .pull, .push, in: context, boundOptions: [.receiveHighWaterMark(2)],
            connectedOptions: [.sendHighWaterMark(3)])
        var accepted = 0
        while try pair.connected.send([[UInt8(accepted)], [0], [1]], wait: false) { accepted += 1 }
        #expect(accepted == 5)
        for number in 0..<accepted { #expect(try pair.bound.receive() == [[UInt8(number)], [0], [1]]) }
        #expect(try pair.bound.receive(wait: false) == nil)
    }

    @Test func `an unknown peer is unreachable and leaves no half of a message behind`() throws {
        let context = try Context()
        var pair = try Pair(
            .router, .dealer, in: context, boundOptions: [.routerMandatory(true)],
            connectedOptions: [.routingID(Array("known".utf8))])
        try pair.connected.send([[0]])
        #expect(try pair.bound.receive()?.first == Array("known".utf8))
        let error = zeroMQError { try pair.bound.send([Array("unknown".utf8), [1], [2]]) }
        #expect(error?.code == .hostUnreachable)
        #expect(error?.isRetriable == true)
        try pair.bound.send([Array("known".utf8), [3]])
        #expect(try pair.connected.receive() == [[3]])
        #expect(try pair.connected.receive(wait: false) == nil)
    }

    @Test func `a mandatory router that a peer does not read says so instead of dropping`() throws {
        let context = try Context()
        let name = Array("slow".utf8)
        var pair = try Pair(
            .router, .dealer, in: context, boundOptions: [.routerMandatory(true), .sendHighWaterMark(1)],
            connectedOptions: [.routingID(name), .receiveHighWaterMark(1)])
        try pair.connected.send([[0]])
        _ = try pair.bound.receive()
        var accepted = 0
        while try pair.bound.send([name, [UInt8(accepted)]], wait: false) { accepted += 1 }
        #expect(accepted == 2)
        #expect(try pair.connected.receive() == [[0]])
        #expect(try pair.connected.receive() == [[1]])
        #expect(try pair.connected.receive(wait: false) == nil)
    }

    @Test func `subscriptions choose what arrives`() throws {
        let context = try Context()
        var pair = try Pair(.xpub, .sub, over: .tcp, in: context)
        try pair.connected.subscribe(to: "raw/1/")
        #expect(try pair.bound.receive() == [[1] + Array("raw/1/".utf8)])
        try pair.bound.send([Array("res/1/en/".utf8), [1]])
        try pair.bound.send([Array("raw/1/en/".utf8), [2]])
        #expect(try pair.connected.receive() == [Array("raw/1/en/".utf8), [2]])
        try pair.connected.unsubscribe(from: "raw/1/")
        #expect(try pair.bound.receive() == [[0] + Array("raw/1/".utf8)])
    }

    @Test func `a request is answered`() throws {
        let context = try Context()
        var pair = try Pair(.rep, .req, over: .ipc, in: context)
        try pair.connected.send([[1], [2]])
        #expect(try pair.bound.receive() == [[1], [2]])
        try pair.bound.send([[3]])
        #expect(try pair.connected.receive() == [[3]])
    }

    @Test func `an endpoint can be bound again as soon as it is unbound`() throws {
        let context = try Context()
        let endpoint = try Endpoint("inproc://again")
        var first = try Socket(.pull, in: context)
        try first.bind(to: endpoint)
        try first.unbind(from: endpoint)
        var second = try Socket(.pull, in: context)
        try second.bind(to: endpoint)
    }

    @Test func `the sender's address comes with its message`() throws {
        let context = try Context()
        var pair = try Pair(.router, .dealer, over: .tcp, in: context)
        try pair.connected.send([[1]])
        let received = try #require(try pair.bound.receiveWithPeer())
        #expect(received.frames.count == 2)
        #expect(received.peer == PeerInfo(userID: nil, address: "127.0.0.1"))
        #expect(try pair.bound.receiveWithPeer(wait: false) == nil)
    }
}
