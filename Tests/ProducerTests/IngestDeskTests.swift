import TestKit
import Testing
import Wire

@testable import ProducerService

/// A desk that the macros of tests can use in place.
private final class Front {
    private var desk = IngestDesk(
        server: "test", settings: IngestDesk.Settings(clients: 2, credit: 3, bytes: 10, patience: 1_000))

    func receive(_ command: IngestMessage.Command, from peer: Frame, now: Int64) throws -> IngestDesk.Verdict {
        try desk.receive(command, from: peer, now: now)
    }
    func settled(_ peer: Frame, with command: IngestMessage.Command) { desk.settled(peer, with: command) }
}

@Suite struct IngestDeskTests {
    static let hello = IngestMessage.Command.hello(ControlMessage.Hello(role: "put", client: "test"))
    static let put = IngestMessage.Command.put(IngestMessage.Put(), article: Array("{}".utf8))
    static let ack = IngestMessage.Command.ack(IngestMessage.Ack(id: "x", at: nil))
    static let later = IngestMessage.Command.error(ErrorReply(code: 503, text: "", retry: true))

    private let desk = Front()

    private func code(_ command: IngestMessage.Command, from peer: UInt8 = 1, at now: Int64 = 0) throws -> Int? {
        guard case .answer(.error(let error)) = try desk.receive(command, from: [peer], now: now) else { return nil }
        #expect(error.retry == (error.code != 413))
        return error.code
    }

    @Test func `takes as many as the credit says and refuses the next until HELLO`() throws {
        for _ in 0..<3 { #expect(try desk.receive(Self.put, from: [1], now: 0) == .take) }
        #expect(try code(Self.put) == 429)
        for _ in 0..<3 { desk.settled([1], with: Self.ack) }
        // What stands behind the one that was refused must not overtake it.
        #expect(try code(Self.put) == 503)
        _ = try desk.receive(Self.hello, from: [1], now: 0)
        #expect(try desk.receive(Self.put, from: [1], now: 0) == .take)
    }

    @Test func `holds back what stands behind an article that was put off and nobody else's`() throws {
        #expect(try desk.receive(Self.put, from: [1], now: 0) == .take)
        desk.settled([1], with: Self.later)
        #expect(try code(Self.put) == 503)
        #expect(try desk.receive(Self.put, from: [2], now: 0) == .take)
        desk.settled([2], with: .error(ErrorReply(code: 400, text: "no article", retry: false)))
        #expect(try desk.receive(Self.put, from: [2], now: 0) == .take)
    }

    @Test func `has room for so many clients and forgets who is silent or gone`() throws {
        #expect(try desk.receive(Self.put, from: [1], now: 0) == .take)
        #expect(try desk.receive(Self.put, from: [2], now: 0) == .take)
        #expect(try code(Self.put, from: 3, at: 999) == 429)
        // Silent, but with an article under way.
        #expect(try code(Self.hello, from: 3, at: 1_000) == 429)
        desk.settled([1], with: Self.ack)
        #expect(try desk.receive(Self.put, from: [3], now: 1_000) == .take)
        _ = try desk.receive(.bye, from: [3], now: 1_000)
        #expect(try desk.receive(Self.put, from: [4], now: 1_000) == .take)
    }

    @Test func `refuses what is too large for good and a server's commands as an offence`() throws {
        let large = IngestMessage.Command.put(IngestMessage.Put(), article: [UInt8](repeating: 0x20, count: 11))
        #expect(try code(large) == 413)
        #expect(try desk.receive(Self.put, from: [1], now: 0) == .take)
        #expect(throws: WireError.self) { try desk.receive(Self.ack, from: [1], now: 0) }
    }
}
