import Testing
import ZeroMQ

/// The examples of the library's documentation, word for word as far as they go.
@Suite struct DocumentationTests {
    @Test func `the examples of publishing and waiting work`() throws {
        let context = try Context()
        var publisher = try Socket(.xpub, in: context)
        try publisher.set(.linger(.seconds(1)))
        let endpoint = try publisher.bind(to: Endpoint("tcp://127.0.0.1:*"))

        var subscriber = try Socket(.sub, in: context)
        try subscriber.connect(to: endpoint)
        try subscriber.subscribe(to: "news/")

        _ = try publisher.receive()  // the subscription has arrived
        try publisher.send([Array("news/sport".utf8), Array("1 : 0".utf8)])
        let frames = try subscriber.receive()
        #expect(frames?.count == 2)

        let waker = try Waker()
        let thread = try DedicatedThread(named: "reader", owning: subscriber) { socket in
            var socket = socket
            var items = [socket.pollItem(), waker.pollItem]
            while (try? poll(&items)) != nil, items[1].ready.isEmpty {
                _ = try? socket.receive(wait: false)
            }
        }
        waker.wake()
        thread.join()
    }

    @Test func `the example of admission works`() throws {
        let context = try Context()
        let (serverKeys, workerKeys) = (try CurveKeys.generate(), try CurveKeys.generate())
        let authenticator = try Authenticator(in: context, allowing: ["work": [workerKeys.publicKey]])
        var pool = try Socket(.router, in: context)
        try pool.set(.curveServer(serverKeys))
        try pool.set(.zapDomain("work"))
        let endpoint = try pool.bind(to: Endpoint("tcp://127.0.0.1:*"))

        var worker = try Socket(.dealer, in: context)
        try worker.set(.curveClient(serverKey: serverKeys.publicKey, workerKeys))
        try worker.connect(to: endpoint)
        try worker.send([[1]])
        let peer = try pool.receiveWithPeer()?.peer
        #expect(peer?.userID == workerKeys.publicKey)
        #expect(authenticator.counters.accepted == 1)
    }
}
