import Testing
import ZeroMQ

@Suite struct DisturbanceTests {
    @Test func `signals do not end waiting for a message`() throws {
        let context = try Context()
        let pair = try Pair(.pull, .push, in: context)
        let (threads, received) = (try Inbox<UInt>(), try Inbox<[[UInt8]]?>())
        var push = try Socket(.push, in: context, options: [])
        try push.connect(to: pair.endpoint)
        let thread = try DedicatedThread(named: "interrupted", owning: pair) { pair in
            var pair = pair
            threads.put(UInt(interruptibleThread()))
            received.put(try? pair.bound.receive())
        }
        let waiting = try #require(try threads.next())
        interrupt(.init(waiting))
        try push.send([[1], [2]])
        #expect(try received.next() == .some([[1], [2]]))
        thread.join()
    }

    @Test func `a signal ends a poll early and without an error`() throws {
        let waker = try Waker()
        let (threads, results) = (try Inbox<UInt>(), try Inbox<Int>())
        let thread = try DedicatedThread(named: "interrupted") {
            threads.put(UInt(interruptibleThread()))
            var items = [waker.pollItem]
            var result = 0
            while result == 0 { result = (try? poll(&items)) ?? -1 }
            results.put(result)
        }
        let waiting = try #require(try threads.next())
        interrupt(.init(waiting))
        waker.wake()
        #expect(try results.next() == 1)
        thread.join()
    }

    // libzmq takes a message back whose peer leaves between its frames, and may swallow frames of the next.
    @Test func `a peer that leaves in the middle of messages leaves only whole ones to the others`() throws {
        let context = try Context()
        var push = try Socket(.push, in: context, options: [.sendHighWaterMark(2)])
        let endpoint = try push.bind(to: Endpoint("inproc://leaving"))
        let sent = try Inbox<Int>()
        let thread = try DedicatedThread(named: "sender", owning: push) { push in
            var push = push
            var count = 0
            let frames = [[UInt8]](repeating: pattern(100_000), count: 39)
            while (try? push.send([[UInt8(count & 255)]] + frames)) == true { count += 1 }
            sent.put(count)
        }
        for _ in 0..<25 {
            var pull = try Socket(.pull, in: context, options: [.receiveHighWaterMark(1)])
            try pull.connect(to: endpoint)
            for _ in 0..<3 {
                let frames = try #require(try pull.receive())
                #expect(frames.count == 40)
                #expect(frames.first?.count == 1)
            }
        }
        context.shutdown()
        #expect(try sent.next().map { $0 >= 75 } == true)
        thread.join()
    }
}
