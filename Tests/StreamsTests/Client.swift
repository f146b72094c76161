import Streams
import Wire
import ZeroMQ

/// No answer came in a long time.
struct Silence: Error {}

/// A client of the control socket that says what it is told to say.
final class Client {
    private var socket: Socket

    init(of publisher: FollowerConnection.Address, in context: Context) throws {
        socket = try Socket(.dealer, in: context)
        try socket.set(.receiveTimeout(.seconds(20)))
        try socket.connect(to: publisher.control)
    }

    func say(_ command: ControlMessage.Command, request: String = "1") throws {
        try socket.send(try ControlMessage(request: Array(request.utf8), command).frames())
    }

    func say(frames: [Frame]) throws { try socket.send(frames) }

    /// The next answer; nil where there is none, at once or in a long time.
    func hear(wait: Bool = true) throws -> ControlMessage? {
        guard let frames = try socket.receive(wait: wait) else { return nil }
        return try ControlMessage(frames: frames)
    }

    /// The next answer as a short text.
    func next() throws -> String {
        guard let answer = try hear() else { throw Silence() }
        return switch answer.command {
        case .item(let message): "\(message.position.n)"
        case .end(let end): "end \(end.next) of \(end.hi)"
        case .gone(let gone): "gone below \(gone.lo)"
        case .error(let error): "error \(error.code)"
        case .welcome(let welcome): "welcome v\(welcome.v)"
        case .pong: "pong"
        default: "?"
        }
    }

    func next(_ count: Int) throws -> [String] { try (0..<count).map { _ in try next() } }
}
