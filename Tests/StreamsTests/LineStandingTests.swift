import Testing
import ZeroMQ

@testable import Streams

@Suite struct `How a connection stands` {
    private func standing(_ events: [(MonitorEvent.Kind, at: Int64)]) -> LineState {
        var standing = LineStanding()
        for (kind, time) in events { standing.take(MonitorEvent(kind, value: -1), now: time) }
        return standing.state
    }

    @Test(
        arguments: [
            ([], .down), ([(.connected, 0), (.handshakeSucceeded, 1)], .up),
            ([(.connected, 0), (.handshakeSucceeded, 1), (.disconnected, 2)], .down),
            ([(.connected, 0), (.handshakeFailedAuthentication, 1), (.disconnected, 1)], .refused),
            ([(.connected, 0), (.disconnected, 1)], .closed), ([(.closed, 0)], .down),
            ([(.connected, 0), (.disconnected, 1), (.closed, 9)], .down),
        ] as [([(MonitorEvent.Kind, Int64)], LineState)])
    func `follows its events`(events: [(MonitorEvent.Kind, Int64)], state: LineState) {
        #expect(standing(events.map { ($0.0, at: $0.1) }) == state)
    }

    @Test func `is no refusal where somebody takes connections and says nothing`() {
        #expect(standing([(.connected, 0)]) == .up)
        #expect(standing([(.connected, 0), (.handshakeFailed, 5_000), (.disconnected, 5_000)]) == .up)
        let timedOut: [(MonitorEvent.Kind, at: Int64)] = [
            (.connected, 0), (.handshakeFailed, 5_000), (.disconnected, 5_000), (.connected, 5_100),
        ]
        #expect(standing(timedOut) == .up)
    }
}
