import Delivery
import Service
import Streams
import Wire
import ZeroMQ

/// `onrecord fetch`: replays a stretch of a stream, and ends.
struct Fetch: ~Copyable {
    /// Messages asked for at a time.
    private static let window: Int64 = 256
    /// Bytes of bodies asked for at a time; what libzmq holds of a window stays within this and one message.
    private static let windowBytes = 8 << 20

    private let configuration: FetchConfiguration
    private let console: Console
    private let endpoint: Endpoint
    private let progress: Progress?
    private var client: ControlClient
    private var printer: MessagePrinter
    private var malformed = 0

    /// Connects to the server.
    /// - Throws: `ZeroMQError` where the endpoint cannot be used.
    init(
        _ configuration: FetchConfiguration, console: Console, progress: Progress? = nil,
        patience: Int64 = ControlClient.patience, in context: Context
    ) throws {
        let endpoint = try configuration.controlEndpoint
        client = try ControlClient(
            endpoint, security: Security(configuration.security, in: context), patience: patience, in: context)
        self.configuration = configuration
        self.console = console
        self.progress = progress
        self.endpoint = endpoint
        printer = MessagePrinter(
            format: configuration.format, selection: configuration.selection, console: console)
    }

    /// Shows what was asked for; blocks.
    /// - Returns: The code to exit with.
    /// - Throws: `ToolError`, `ZeroMQError`, or what the console throws.
    mutating func run() throws -> ExitCode {
        let bounds = try greet()
        let first = configuration.from.map { Int64($0) } ?? bounds.lo
        let last = min(configuration.to.map { Int64($0) } ?? .max, bounds.hi)
        if first > bounds.hi {
            let end = bounds.lo > bounds.hi ? "holds no messages" : "ends with message \(bounds.hi)"
            console.remark("the stream \(configuration.stream.rawValue) at \(endpoint) \(end)")
        }
        var next = first
        while next <= last {
            let end = try window(from: next, to: min(last, next + Self.window - 1), epoch: bounds.e)
            // A server that does not get on would be asked for ever.
            guard end > next else { throw broken("its answer to FETCH does not get beyond message \(next)") }
            next = end
        }
        return malformed + printer.failures > 0 ? .dataError : .ok
    }

    /// Introduces this client.
    /// - Returns: Epoch and extent of the stream.
    private mutating func greet() throws -> ControlMessage.Bounds {
        try client.ask(.hello(ControlMessage.Hello(role: "reader", client: "onrecord/\(Release.version)")))
        while true {
            guard case .welcome(let welcome) = try next(shownThrough: nil) else { continue }
            let stream = configuration.stream.rawValue
            guard let bounds = welcome.streams[stream] else {
                let others = welcome.streams.keys.sorted().joined(separator: ", ")
                throw ToolError(
                    "\(endpoint) has no stream \(stream), only: \(others)",
                    remedy: "name the control endpoint of the \(configuration.stream.service) with --connect", .noInput)
            }
            // No stream gets near 2^53, beyond which JSON is not exact, and no sum below overflows.
            guard bounds.lo >= 1, bounds.lo - 1 <= bounds.hi, bounds.hi <= 1 << 53 else {
                throw broken("a stream from message \(bounds.lo) to \(bounds.hi)")
            }
            if let epoch = configuration.epoch, epoch != bounds.e { throw otherEpoch(bounds.e) }
            return bounds
        }
    }

    /// Shows one window of messages.
    /// - Returns: The message to go on with.
    private mutating func window(from first: Int64, to last: Int64, epoch: String) throws -> Int64 {
        try client.ask(
            .fetch(
                ControlMessage.Fetch(
                    s: configuration.stream.rawValue, e: epoch, from: first, to: last, prefix: configuration.prefix,
                    credit: Int(Self.window), bytes: Self.windowBytes)))
        var shown = first - 1
        while true {
            switch try next(shownThrough: shown) {
            case .item(let message):
                let position = message.position
                guard position.s == configuration.stream.rawValue, position.e == epoch, position.n > shown,
                    position.n <= last
                else { continue }
                shown = position.n
                try printer.show(message)
                progress?.advance()
            case .end(let end): return end.next
            case .gone(let gone):
                throw ToolError(
                    "messages before \(gone.lo) are no longer kept by \(endpoint)",
                    remedy: "begin with --from \(gone.lo)",
                    .noInput)
            default: continue
            }
        }
    }

    /// The next answer that is no error.
    private mutating func next(shownThrough shown: Int64?) throws -> ControlMessage.Command {
        while true {
            switch try client.answer() {
            case .command(.error(let error)): throw refused(error)
            case .command(let command): return command
            case .silence(let line): throw silent(shownThrough: shown, line)
            case .unreadable(let item):
                malformed += 1
                let name = item.position.map { "message \($0.n)" } ?? "a message"
                console.remark("\(name) of \(endpoint) cannot be read: \(item.error)")
            case .malformed(let error):
                malformed += 1
                console.remark("\(endpoint) sent something that breaks the protocol: \(error)")
            }
        }
    }
}

extension Fetch {
    private func silent(shownThrough shown: Int64?, _ line: LineState) -> ToolError {
        guard let shown else {
            let (text, remedy) = line.silence(of: endpoint, configuration.stream.service)
            return ToolError(text, remedy: remedy, .unavailable)
        }
        return ToolError(
            "\(endpoint) no longer answers", remedy: "go on later with --from \(shown + 1)", .unavailable)
    }

    private func refused(_ error: ErrorReply) -> ToolError {
        switch error.code {
        case 401, 403:
            ToolError("\(endpoint) refuses: \(error.text)", remedy: "ask whoever runs it for access", .noPermission)
        case 404:
            ToolError("\(endpoint): \(error.text)", remedy: "name another endpoint with --connect", .noInput)
        case 409:
            ToolError("\(endpoint): \(error.text)", remedy: "fetch again: the journal was just replaced", .dataError)
        case 429, 503: ToolError("\(endpoint) is busy: \(error.text)", remedy: "try again later", .tempFail)
        case 426:
            ToolError("\(endpoint): \(error.text)", remedy: "use the release of onrecord that it runs", .unavailable)
        default: broken("error \(error.code): \(error.text)")
        }
    }

    private func otherEpoch(_ epoch: String) -> ToolError {
        ToolError(
            "the stream \(configuration.stream.rawValue) at \(endpoint) has epoch \(epoch): its journal is another one",
            remedy: "leave out --epoch, and begin anew with its first message", .dataError)
    }

    private func broken(_ text: String) -> ToolError {
        ToolError(
            "\(endpoint) does not keep to the protocol: \(text)", remedy: "check what listens there", .unavailable)
    }
}
