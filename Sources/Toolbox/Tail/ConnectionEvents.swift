import Synchronization
import ZeroMQ

/// What a socket's monitor tells, until the thread of the socket takes it up.
final class ConnectionEvents: Sendable {
    private let kinds = Mutex<[MonitorEvent.Kind]>([])

    func add(_ kind: MonitorEvent.Kind) { kinds.withLock { $0.append(kind) } }

    func takeAll() -> [MonitorEvent.Kind] {
        kinds.withLock { kinds in
            defer { kinds = [] }
            return kinds
        }
    }
}
