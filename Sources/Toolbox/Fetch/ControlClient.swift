import Delivery
import Service
import Streams
import Wire
import ZeroMQ

/// Talks to the control socket of a stream's server, one request at a time.
struct ControlClient: ~Copyable {
    /// Milliseconds to wait for a sign of the server.
    static let patience: Int64 = 5_000

    private let patience: Int64
    private var socket: Socket
    private let line: LineWatch
    private var request = 0

    /// Connects in the background; the first answer shows whether anybody is there.
    /// - Parameters:
    ///   - endpoint: The control endpoint.
    ///   - security: Keys, where the endpoint needs them.
    ///   - server: Which of the servers of `security` it is.
    ///   - patience: Milliseconds to wait for a sign of the server.
    ///   - context: The process's ZeroMQ context.
    /// - Throws: `ZeroMQError` where the endpoint cannot be used.
    init(
        _ endpoint: Endpoint, security: Security, server: Int = 0, patience: Int64 = ControlClient.patience,
        in context: Context
    ) throws(ZeroMQError) {
        var socket = try Socket(.dealer, in: context)
        try socket.applyProtocolDefaults(for: endpoint)
        try socket.takeWhatIsTooLarge()
        try security.identify(&socket, to: server)
        let line = try LineWatch(of: &socket)
        try socket.connect(to: endpoint)
        self.patience = patience
        self.socket = socket
        self.line = line
    }

    /// Sends a request; answers to earlier ones are dropped from now on.
    /// - Throws: `WireError` for a request that breaks the protocol, `ZeroMQError` if the socket fails.
    mutating func ask(_ command: ControlMessage.Command) throws {
        request += 1
        try socket.send(ControlMessage(request: identifier, command).frames(), wait: false)
    }

    /// What one wait brought.
    enum Answer {
        /// An answer to the last request.
        case command(ControlMessage.Command)
        /// A message that was asked for and cannot be read.
        case unreadable(UnreadableItem)
        /// Something that is no answer of the protocol.
        case malformed(WireError)
        /// The server gave no sign for too long; how the connection stands.
        case silence(LineState)
    }

    /// The next answer to the last request.
    /// - Parameter deadline: When it is too late, on the steady clock; nil for when the patience is over.
    /// - Returns: The answer, or that there was none.
    /// - Throws: `ZeroMQError` if the socket fails.
    mutating func answer(by deadline: Int64? = nil) throws(ZeroMQError) -> Answer {
        var items = [socket.pollItem(.readable)]
        let deadline = deadline ?? SteadyClock.milliseconds() + patience
        while true {
            if let frames = try socket.receive(wait: false, maxFrames: Limits.frames + 1) {
                do {
                    let message = try ControlMessage(frames: frames)
                    if message.request == identifier || message.request.isEmpty { return .command(message.command) }
                } catch {
                    guard ControlMessage.request(in: frames) == identifier,
                        let item = UnreadableItem(frames: frames, error: error)
                    else { return .malformed(error) }
                    return .unreadable(item)
                }
                continue
            }
            let left = deadline - SteadyClock.milliseconds()
            guard left > 0 else { return .silence(line.state) }
            _ = try poll(&items, timeout: .milliseconds(left))
        }
    }

    private var identifier: [UInt8] { Array(String(request).utf8) }
}
