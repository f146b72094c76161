import Testing
import ZeroMQ

@Suite struct ContextTests {
    @Test func `a context without threads is refused`() {
        #expect(zeroMQError { _ = try Context(ioThreads: 0) }?.code == .invalid)
        #expect(zeroMQError { _ = try Context(ioThreads: 65) }?.code == .invalid)
    }

    @Test func `a context ends although messages are undelivered`() throws {
        for _ in 0..<20 {
            let context = try Context(ioThreads: 2)
            var push = try Socket(.push, in: context)
            // Nobody listens on the discard port.
            try push.connect(to: Endpoint("tcp://127.0.0.1:9"))
            for _ in 0..<100 { try push.send([pattern(1000)], wait: false) }
        }
    }

    @Test func `what a closed socket sent is delivered within its linger`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context, options: [])
        let endpoint = try pull.bind(to: Endpoint("tcp://127.0.0.1:*"))
        do {
            var push = try Socket(.push, in: context)
            try push.set(.linger(patience))
            try push.connect(to: endpoint)
            try push.send([[1]])
        }
        #expect(try pull.receive() == [[1]])
    }

    @Test func `a socket keeps its context alive`() throws {
        func pull() throws -> Socket { try Socket(.pull, in: Context()) }
        var socket = try pull()
        try socket.bind(to: Endpoint("inproc://alive"))
        #expect(try socket.receive(wait: false) == nil)
    }

    @Test func `shutdown ends calls that wait, and refuses later ones`() throws {
        let context = try Context()
        let inbox = try Inbox<ZeroMQError?>()
        let waiting = try Inbox<Bool>()
        let socket = try Socket(.pull, in: context)
        let thread = try DedicatedThread(named: "blocked", owning: socket) { socket in
            var socket = socket
            waiting.put(true)
            inbox.put(zeroMQError { _ = try socket.receive() })
            var items = [socket.pollItem()]
            inbox.put(zeroMQError { _ = try poll(&items) })
        }
        #expect(try waiting.next() == true)
        context.shutdown()
        #expect(try inbox.next()??.code == .terminated)
        #expect(try inbox.next()??.code == .terminated)
        thread.join()
        #expect(zeroMQError { _ = try Socket(.pull, in: context) }?.code == .terminated)
    }

    @Test func `a socket moves to another thread and back`() throws {
        let context = try Context()
        let pair = try Pair(.pair, .pair, in: context)
        let bodies = try Inbox<[[UInt8]]?>()
        let thread = try DedicatedThread(named: "a name of more than fifteen bytes", owning: pair) { pair in
            var pair = pair
            _ = try? pair.connected.send([[1]])
            bodies.put(try? pair.bound.receive())
        }
        #expect(try bodies.next() == .some([[1]]))
        thread.join()
        thread.join()
    }
}
