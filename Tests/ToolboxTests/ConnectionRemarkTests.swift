import Testing
import Wire
import ZeroMQ

@testable import Toolbox

@Suite struct `What tail says of its connection` {
    private func line() throws -> Line { Line(to: try Endpoint("tcp://h:1"), service: "analyzer", since: 1_000) }

    @Test func `is nothing while all is well`() throws {
        var line = try line()
        #expect(line.tick(at: 2_999) == nil)
        #expect(line.patience(at: 2_999) == 1)
        #expect(line.take(MonitorEvent(.handshakeSucceeded), at: 2_000) == nil)
        #expect(line.patience(at: 3_000) == nil)
        #expect(line.tick(at: 9_000) == nil)
    }

    @Test func `is that nobody answers, once, and then that somebody does`() throws {
        var line = try line()
        let remark = line.tick(at: 3_000)
        #expect(remark?.contains("tcp://h:1") == true)
        #expect(remark?.contains("analyzer") == true)
        #expect(line.tick(at: 10_000) == nil)
        #expect(line.take(MonitorEvent(.handshakeSucceeded), at: 2_000)?.contains("connected") == true)
        #expect(line.take(MonitorEvent(.handshakeSucceeded), at: 2_000) == nil)
    }

    @Test func `is that the connection is lost, and back`() throws {
        var line = try line()
        #expect(line.take(MonitorEvent(.handshakeSucceeded), at: 2_000) == nil)
        #expect(line.take(MonitorEvent(.disconnected), at: 2_000)?.contains("lost") == true)
        #expect(line.take(MonitorEvent(.disconnected), at: 2_000) == nil)
        #expect(line.tick(at: 99_000) == nil)
        #expect(line.take(MonitorEvent(.handshakeSucceeded), at: 2_000)?.contains("connected") == true)
    }

    @Test func `is which messages were missed`() throws {
        var gaps = Gaps()
        func position(_ n: Int64, _ epoch: String = Samples.epoch) -> Position {
            Position(s: "res", e: epoch, n: n, p: 0, id: "x", ts: "")
        }
        #expect(gaps.take(position(7)) == nil)
        #expect(gaps.take(position(8)) == nil)
        #expect(gaps.take(position(11)) == "messages 9 to 10 were missed; --from 9 shows them")
        #expect(gaps.take(position(11)) == nil)
        #expect(gaps.take(position(1, "00000000000000e2")) == nil)
        #expect(gaps.take(position(.max, "00000000000000e2")) != nil)
    }
}
