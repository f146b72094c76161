internal import CMicroHTTPD
internal import Synchronization

/// Server-sent events of which only the latest counts: what everybody is told who listens.
///
/// A client that is slow gets the latest when it can take it, and what came before is left out, so nothing is kept for anybody.
/// At most `limit` clients listen at a time.
package final class HTTPEvents: Sendable {
    private struct State {
        /// What is told, and its number; nothing yet at 0.
        var latest: (number: Int, text: String) = (0, "")
        /// How many signs of life were given.
        var beats = 0
        var isStopped = false
        var clients: [ObjectIdentifier: Client] = [:]
    }

    /// What a connection was told; only to be touched while the state is held.
    final class Client: @unchecked Sendable {
        fileprivate let events: HTTPEvents
        fileprivate let connection: OpaquePointer?
        fileprivate var seen = 0
        fileprivate var beats = 0
        fileprivate var isSuspended = false

        fileprivate init(_ events: HTTPEvents, _ connection: OpaquePointer?, beats: Int) {
            self.events = events
            self.connection = connection
            self.beats = beats
        }
    }

    /// How many may listen.
    package let limit: Int
    private let state = Mutex(State())

    /// Events for at most `limit` clients at a time.
    package init(limit: Int) { self.limit = limit }

    /// How many listen.
    package var count: Int { state.withLock { $0.clients.count } }

    /// Tells everybody, and whoever comes later, a line of text.
    package func send(_ line: String) {
        state.withLock { state in
            state.latest = (state.latest.number + 1, line)
            Self.resumeAll(&state)
        }
    }

    /// Sends everybody a sign of life, by which connections are found that are none any more.
    package func beat() {
        state.withLock { state in
            state.beats += 1
            Self.resumeAll(&state)
        }
    }

    /// Ends all connections, for good.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            Self.resumeAll(&state)
        }
    }

    private static func resumeAll(_ state: inout State) {
        for client in state.clients.values where client.isSuspended {
            client.isSuspended = false
            MHD_resume_connection(client.connection)
        }
    }

    /// A client more, nil where there are enough.
    func join(_ connection: OpaquePointer?) -> Client? {
        state.withLock { state in
            guard state.clients.count < limit, !state.isStopped else { return nil }
            let client = Client(self, connection, beats: state.beats)
            state.clients[ObjectIdentifier(client)] = client
            return client
        }
    }

    private func leave(_ client: Client) {
        state.withLock { state in _ = state.clients.removeValue(forKey: ObjectIdentifier(client)) }
    }

    /// What the client is to be told next, nil at the end; where it is empty, the connection waits.
    private func next(for client: Client) -> String? {
        state.withLock { state in
            if state.isStopped { return nil }
            defer { (client.seen, client.beats) = (state.latest.number, state.beats) }
            if client.seen < state.latest.number { return "data: \(state.latest.text)\n\n" }
            if client.beats < state.beats { return ":\n\n" }
            client.isSuspended = true
            MHD_suspend_connection(client.connection)
            return ""
        }
    }

    static let read: MHD_ContentReaderCallback = { client, _, buffer, room in
        guard let client, let buffer else { return onrecord_http_over() }
        let reader = Unmanaged<Client>.fromOpaque(client).takeUnretainedValue()
        guard let text = reader.events.next(for: reader) else { return onrecord_http_over() }
        let bytes = Array(text.utf8)
        guard bytes.count <= room else { return onrecord_http_over() }
        bytes.withUnsafeBytes { if let base = $0.baseAddress { _ = memcpy(buffer, base, $0.count) } }
        return bytes.count
    }

    static let release: MHD_ContentReaderFreeCallback = { client in
        guard let client else { return }
        let reader = Unmanaged<Client>.fromOpaque(client).takeRetainedValue()
        reader.events.leave(reader)
    }
}
