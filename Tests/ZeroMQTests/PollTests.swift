import Testing
import ZeroMQ

@Suite struct PollTests {
    @Test func `only what is ready is marked`() throws {
        let context = try Context()
        var pair = try Pair(.pair, .pair, in: context)
        let waker = try Waker()
        var items = [pair.bound.pollItem(.readable), pair.connected.pollItem([.readable, .writable]), waker.pollItem]
        #expect(try poll(&items, timeout: .zero) == 1)
        #expect(items.map(\.ready) == [[], .writable, []])
        try pair.connected.send([[1]])
        waker.wake()
        #expect(try poll(&items, timeout: patience) == 3)
        #expect(items.map(\.ready) == [.readable, .writable, .readable])
        waker.clear()
        _ = try pair.bound.receive()
        #expect(try poll(&items, timeout: .zero) == 1)
        #expect(items.map(\.ready) == [[], .writable, []])
    }

    @Test func `a waker ends a poll without end from another thread`() throws {
        let waker = try Waker()
        let context = try Context()
        let idle = try Socket(.pull, in: context)
        let thread = try DedicatedThread(named: "waker") { waker.wake() }
        var items = [idle.pollItem(), waker.pollItem]
        #expect(try poll(&items) == 1)
        #expect(items[1].ready == .readable)
        thread.join()
    }

    @Test func `waking often is the same as waking once`() throws {
        let waker = try Waker()
        for _ in 0..<1000 { waker.wake() }
        waker.clear()
        waker.clear()
        var items = [waker.pollItem]
        #expect(try poll(&items, timeout: .zero) == 0)
    }

    @Test func `a socket let go is not polled`() throws {
        let context = try Context()
        func item() throws -> PollItem {
            let socket = try Socket(.pull, in: context)
            return socket.pollItem()
        }
        var items = [try item()]
        #expect(zeroMQError { _ = try poll(&items, timeout: .zero) }?.code == .notSocket)
    }

    @Test func `nothing to wait for and negative times are refused`() throws {
        var items: [PollItem] = []
        #expect(zeroMQError { _ = try poll(&items) }?.code == .invalid)
        items = [try Waker().pollItem]
        #expect(zeroMQError { _ = try poll(&items, timeout: .milliseconds(-1)) }?.code == .invalid)
        #expect(zeroMQError { _ = try poll(&items, timeout: .seconds(1 << 40)) }?.code == .invalid)
    }
}
