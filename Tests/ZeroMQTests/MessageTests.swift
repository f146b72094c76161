import Testing
import ZeroMQ

@Suite struct MessageTests {
    @Test(arguments: SocketFramesTests.sizes, Link.allCases)
    func `an owned message arrives as it was sent`(size: Int, link: Link) throws {
        let context = try Context()
        var pair = try Pair(.pair, .pair, over: link, in: context)
        let body = pattern(size)
        let isSent = try pair.connected.send(Message(body))
        #expect(isSent)
        let message = try pair.bound.message()
        let (bytes, count, hasMore) = (message.bytes, message.count, message.hasMore)
        #expect(bytes == body)
        #expect(count == size)
        #expect(!hasMore)
    }

    // In release builds a span over a body that lies in the stack showed garbage.
    @Test(arguments: [0, 1, 29, 30, 33, 34, 5000])
    func `the body can be read in place`(size: Int) throws {
        let message = try Message(pattern(size))
        let isSame = message.withBytes { body in body.withUnsafeBytes { $0.elementsEqual(pattern(size)) } }
        #expect(isSame)
    }

    @Test func `a body is written in place and zero elsewhere`() throws {
        let message = try Message(count: 40) { $0[1] = 7 }
        let bytes = message.bytes
        #expect(bytes == [0, 7] + [UInt8](repeating: 0, count: 38))
        #expect(zeroMQError { _ = try Message(count: -1) { _ in } }?.code == .invalid)
        let empty = Message().bytes
        #expect(empty.isEmpty)
    }

    @Test(arguments: [3, 3000])
    func `a copy outlives the original`(size: Int) throws {
        let context = try Context()
        var pair = try Pair(.pair, .pair, in: context)
        let message = try Message(pattern(size))
        let copy = try message.copy()
        try pair.connected.send(message)
        #expect(try pair.bound.receive() == [pattern(size)])
        let bytes = copy.bytes
        #expect(bytes == pattern(size))
    }

    @Test func `frames of one message say that more follow`() throws {
        let context = try Context()
        var pair = try Pair(.pair, .pair, over: .tcp, in: context)
        try pair.connected.send(Message([1]), more: true)
        try pair.connected.send(Message([2]))
        let first = try pair.bound.message()
        let second = try pair.bound.message()
        let (isFirstMore, isSecondMore) = (first.hasMore, second.hasMore)
        #expect(isFirstMore)
        #expect(!isSecondMore)
        let (peer, bytes) = (first.peer, second.bytes)
        #expect(peer.address == "127.0.0.1")
        #expect(bytes == [2])
    }
}
