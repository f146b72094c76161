import Testing
import Wire
import ZeroMQ

@testable import Streams

/// A gate that the macros of tests can use in place.
private final class Door {
    private var gate: Gate

    init(_ gate: Gate) { self.gate = gate }

    func hasNewList() -> Bool { gate.hasNewList() }
    func admits(_ peer: PeerInfo) -> Bool { gate.admits(peer) }
    func verdict(on connection: Frame, of peer: PeerInfo, now: Int64) -> Gate.Verdict {
        gate.verdict(on: connection, of: peer, now: now)
    }
    func note(_ error: WireError, on connection: Frame, of peer: PeerInfo, now: Int64) -> ErrorReply? {
        gate.note(error, on: connection, of: peer, now: now)
    }
}

@Suite struct GateTests {
    private let context: Context
    private let authenticator: Authenticator
    private let keys: CurveKeys

    init() throws {
        context = try Context()
        keys = try CurveKeys.generate()
        authenticator = try Authenticator(in: context, allowing: ["fetch": [keys.publicKey]])
    }

    private func gate() -> Door { Door(Gate(CurveServer(keys: keys, authenticator: authenticator), domain: "fetch")) }

    @Test func `takes from keys on the list and from its own process only`() {
        let gate = gate()
        #expect(gate.verdict(on: [1], of: PeerInfo(userID: keys.publicKey, address: "10.0.0.1"), now: 0) == .take)
        #expect(gate.verdict(on: [2], of: PeerInfo(), now: 0) == .take)
        for stranger in [PeerInfo(userID: "x", address: "10.0.0.2"), PeerInfo(address: "10.0.0.3")] {
            guard case .answer(let error) = gate.verdict(on: [3], of: stranger, now: 0) else {
                Issue.record("\(stranger) is not refused")
                return
            }
            #expect(error.code == 403)
            #expect(gate.verdict(on: [3], of: stranger, now: 999) == .ignore)
        }
    }

    @Test func `asks the list anew for each message`() throws {
        let gate = gate()
        let peer = PeerInfo(userID: keys.publicKey, address: "10.0.0.1")
        #expect(!gate.hasNewList())
        try authenticator.allow([:])
        #expect(gate.hasNewList())
        #expect(!gate.hasNewList())
        #expect(!gate.admits(peer))
        #expect(gate.verdict(on: [1], of: peer, now: 0) != .take)
        try authenticator.allow(["fetch": [keys.publicKey]])
        #expect(gate.verdict(on: [1], of: peer, now: 1) == .take)
    }

    @Test func `mutes a key on all its connections, and no other`() throws {
        let other = try CurveKeys.generate().publicKey
        try authenticator.allow(["fetch": [keys.publicKey, other]])
        let gate = gate()
        let peer = PeerInfo(userID: keys.publicKey, address: "10.0.0.1")
        for n in UInt8(0)..<10 {
            _ = gate.note(WireError(400, "bad-json", "x"), on: [n], of: peer, now: Int64(n))
        }
        #expect(gate.verdict(on: [99], of: peer, now: 100) == .ignore)
        #expect(gate.verdict(on: [99], of: PeerInfo(userID: other, address: "10.0.0.1"), now: 100) == .take)
        #expect(gate.verdict(on: [99], of: peer, now: 60_100) == .take)
    }

    @Test func `without CURVE mutes one connection`() {
        let gate = Door(Gate(nil, domain: "fetch"))
        let peer = PeerInfo(address: "127.0.0.1")
        for n in 0..<10 { _ = gate.note(WireError(400, "bad-json", "x"), on: [1], of: peer, now: Int64(n)) }
        #expect(gate.verdict(on: [1], of: peer, now: 100) == .ignore)
        #expect(gate.verdict(on: [2], of: peer, now: 100) == .take)
    }
}
