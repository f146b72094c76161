import Testing
import ZeroMQ

@Suite struct SocketMonitorTests {
    @Test func `both ends hear of a connection's life`() throws {
        let context = try Context()
        let (atServer, atClient) = (try Inbox<MonitorEvent>(), try Inbox<MonitorEvent>())
        var server = try Socket(.pull, in: context, options: [])
        let serverMonitor = try server.monitor { atServer.put($0) }
        let endpoint = try server.bind(to: Endpoint("tcp://127.0.0.1:*"))
        let listening = try #require(try atServer.next())
        #expect(listening.kind == .listening)
        #expect(listening.endpoint == endpoint.description)
        do {
            var client = try Socket(.push, in: context, options: [])
            let clientMonitor = try client.monitor([.connected, .handshakeSucceeded]) { atClient.put($0) }
            try client.connect(to: endpoint)
            #expect(try atClient.next()?.kind == .connected)
            #expect(try atClient.next()?.kind == .handshakeSucceeded)
            #expect(try atServer.next()?.kind == .accepted)
            #expect(try atServer.next()?.kind == .handshakeSucceeded)
            _ = consume client
            #expect(try atClient.next()?.kind == .stopped)
            withExtendedLifetime(clientMonitor) {}
        }
        #expect(try atServer.next()?.kind == .disconnected)
        withExtendedLifetime(serverMonitor) {}
    }

    @Test func `a connection that fails is tried again`() throws {
        let context = try Context()
        let events = try Inbox<MonitorEvent>()
        var client = try Socket(.push, in: context)
        let monitor = try client.monitor([.connectRetried]) { events.put($0) }
        try client.connect(to: Endpoint("tcp://127.0.0.1:9"))
        let retried = try #require(try events.next())
        #expect(retried.kind == .connectRetried)
        #expect(retried.value >= 100)
        withExtendedLifetime(monitor) {}
    }

    @Test func `a monitor let go tells nothing more, and the socket goes on`() throws {
        let context = try Context()
        let events = try Inbox<MonitorEvent>()
        var pull = try Socket(.pull, in: context, options: [])
        var monitor: SocketMonitor? = try pull.monitor { events.put($0) }
        withExtendedLifetime(monitor) {}
        monitor = nil
        #expect(try events.next()?.kind == .stopped)
        let endpoint = try pull.bind(to: Endpoint("tcp://127.0.0.1:*"))
        var push = try Socket(.push, in: context, options: [])
        try push.connect(to: endpoint)
        try push.send([[1]])
        #expect(try pull.receive() == [[1]])
    }

    @Test func `shutdown ends a monitor`() throws {
        let context = try Context()
        let events = try Inbox<MonitorEvent>()
        var pull = try Socket(.pull, in: context)
        let monitor = try pull.monitor { events.put($0) }
        context.shutdown()
        #expect(zeroMQError { _ = try pull.receive(wait: false) }?.code == .terminated)
        #expect(try events.next()?.kind == .stopped)
        withExtendedLifetime(monitor) {}
    }

    // libzmq's own queue for events holds 2,000; beyond, it stops all traffic of the context.
    @Test func `a slow reader of events holds up nothing`() throws {
        let context = try Context()
        let (release, done) = (try Inbox<Bool>(), try Inbox<Int>())
        var server = try Socket(.pull, in: context, options: [])
        let endpoint = try server.bind(to: Endpoint("tcp://127.0.0.1:*"))
        let monitor = try server.monitor([.accepted, .handshakeSucceeded, .disconnected]) { event in
            if event.kind == .stopped { return done.put(1) }
            if event.kind == .accepted, event.value >= 0, (try? release.next()) == nil { done.put(0) }
        }
        for number in 0..<900 {
            var client = try Socket(.push, in: context, options: [.linger(patience)])
            try client.connect(to: endpoint)
            try client.send([[UInt8(number & 255)]])
            #expect(try server.receive() == [[UInt8(number & 255)]])
        }
        for _ in 0..<900 { release.put(true) }
        _ = consume server
        #expect(try done.next() == 1)
        withExtendedLifetime(monitor) {}
    }
}
