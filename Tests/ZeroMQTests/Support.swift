import Synchronization
import ZeroMQ

/// How long a test waits for something that must happen before it fails; nothing depends on its length.
let patience = Duration.seconds(60)

/// A transport that two sockets of one context can talk over.
enum Link: CaseIterable {
    case inproc, tcp, ipc

    /// An endpoint that nothing else is bound to.
    func endpoint() throws -> Endpoint {
        switch self {
        case .inproc: try Endpoint("inproc://test")
        case .tcp: try Endpoint("tcp://127.0.0.1:*")
        case .ipc: try Endpoint("ipc://*")
        }
    }
}

/// Two sockets that are connected, the first bound.
struct Pair: ~Copyable {
    var bound: Socket
    var connected: Socket
    let endpoint: Endpoint

    init(
        _ bound: Socket.Kind, _ connected: Socket.Kind, over link: Link = .inproc, in context: Context,
        boundOptions: [SocketOption] = [], connectedOptions: [SocketOption] = []
    ) throws {
        var server = try Socket(bound, in: context, options: boundOptions)
        let endpoint = try server.bind(to: link.endpoint())
        var client = try Socket(connected, in: context, options: connectedOptions)
        try client.connect(to: endpoint)
        self.endpoint = endpoint
        self.bound = server
        self.connected = client
    }
}

extension Socket {
    /// A socket that gives up after `patience`, so that what never comes fails a test instead of hanging it.
    init(_ kind: Kind, in context: Context, options: [SocketOption]) throws {
        var socket = try Socket(kind, in: context)
        try socket.set(.receiveTimeout(patience))
        try socket.set(.sendTimeout(patience))
        for option in options { try socket.set(option) }
        self = socket
    }
}

/// What a test that waited in vain throws.
struct NothingCame: Error {}

extension Socket {
    /// The next frame; there must be one.
    mutating func message() throws -> Message {
        guard let message = try receiveMessage() else { throw NothingCame() }
        return message
    }
}

/// Values that one thread leaves and another waits for.
final class Inbox<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let waker: Waker

    init() throws {
        waker = try Waker()
    }

    func put(_ value: Value) {
        values.withLock { $0.append(value) }
        waker.wake()
    }

    /// The oldest value that fits, taken out with all before it; nil after `patience`.
    func next(where fits: (Value) -> Bool = { _ in true }) throws -> Value? {
        var items = [waker.pollItem]
        while true {
            waker.clear()
            let found: Value? = values.withLock { values in
                guard let index = values.firstIndex(where: fits) else { return nil }
                defer { values.removeFirst(index + 1) }
                return values[index]
            }
            if let found { return found }
            if try poll(&items, timeout: patience) == 0 { return nil }
        }
    }
}

/// The error that `body` throws, or nil.
func zeroMQError(_ body: () throws -> Void) -> ZeroMQError? {
    do {
        try body()
        return nil
    } catch {
        return error as? ZeroMQError
    }
}

/// Bytes that show when a part is missing, twice there or elsewhere: doubled up, since unoptimised loops are slow.
func pattern(_ count: Int) -> [UInt8] {
    var bytes = (0..<251).map { UInt8($0) }
    while bytes.count < count { bytes += bytes + [UInt8(truncatingIfNeeded: bytes.count)] }
    return Array(bytes.prefix(count))
}
