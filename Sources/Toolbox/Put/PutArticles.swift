import Delivery
import Ingest
import Service
import Streams
import Wire
import ZeroMQ

/// `onrecord put`: hands articles to a producer, and ends once each is acknowledged.
struct PutArticles: ~Copyable {
    /// Milliseconds without an answer after which the conversation begins anew.
    private static let silence: Int64 = 5_000

    private struct Counts {
        var published = 0
        var known = 0
        var refused = 0
        var missing = 0
        var skipped = 0
    }

    private let configuration: PutConfiguration
    private let console: Console
    private let signal: LoopSignal
    private let context: Context
    private let security: Security
    private let endpoint: Endpoint
    private var socket: Socket
    private var line: LineWatch?
    private var window = PutWindow()
    private var counts = Counts()
    /// When the producer last said anything, and when it last took something or had nothing to take.
    private var heard: Int64
    private var progressed: Int64
    /// When to say HELLO after a refusal that does not last; nil where none is waited out.
    private var resumeAt: Int64?
    private var pause: Int64 = 250
    /// What the producer said last of why it takes nothing.
    private var obstacle: ErrorReply?
    private var rejection: ErrorReply?
    private var isAtEnd = false

    /// Connects in the background.
    /// - Throws: `ZeroMQError` where the endpoint cannot be used, `SecurityError` for keys that cannot.
    init(
        _ configuration: PutConfiguration, console: Console, until signal: LoopSignal, in context: Context
    ) throws {
        let endpoint = try configuration.endpoint
        let security = try Security(configuration.security, in: context)
        var line: LineWatch?
        let socket = try Self.dial(endpoint, security, watchedBy: &line, in: context)
        self.configuration = configuration
        self.console = console
        self.signal = signal
        self.context = context
        self.endpoint = endpoint
        self.security = security
        self.socket = socket
        self.line = line
        heard = SteadyClock.milliseconds()
        progressed = heard
    }

    private static func dial(
        _ endpoint: Endpoint, _ security: Security, watchedBy line: inout LineWatch?, in context: Context
    ) throws -> Socket {
        var socket = try Socket(.dealer, in: context)
        try socket.applyProtocolDefaults(for: endpoint)
        try security.identify(&socket)
        line = try LineWatch(of: &socket)
        try socket.connect(to: endpoint)
        return socket
    }

    /// Hands over everything; blocks.
    /// - Returns: The code to exit with.
    /// - Throws: `ToolError`, `ZeroMQError`, or what the console throws.
    mutating func run() throws -> ExitCode {
        var intake = Intake(
            configuration.paths.isEmpty ? ["-"] : configuration.paths, followsLinks: configuration.followLinks,
            web: .toolbox(allowPrivate: configuration.allowPrivate))
        try hello()
        var failure: ToolError?
        while !signal.isStopping, !(isAtEnd && window.count == 0), failure == nil {
            if !isAtEnd, window.hasRoom {
                take(intake.next(waitingAtMost: window.count == 0 ? .milliseconds(200) : .zero))
            }
            try exchange(waitingAtMost: isAtEnd || !window.hasRoom ? 50 : 0)
            failure = try lookAtTime()
        }
        try console.write(
            Array(
                """
                published \(counts.published), known \(counts.known), refused \(counts.refused), missing \(counts.missing), \
                skipped \(counts.skipped), unacknowledged \(window.count)

                """.utf8))
        if let failure { throw failure }
        if window.count > 0 || !isAtEnd { return .tempFail }
        return counts.refused > 0 ? .dataError : counts.missing > 0 ? .noInput : .ok
    }

    private mutating func take(_ event: IngestEvent) {
        switch event {
        case .article(let incoming):
            guard let bytes = try? ArticleItem.bytes(of: incoming),
                window.add(.init(place: incoming.place, bytes: bytes))
            else {
                refuse(
                    "\(incoming.place): the article is larger than the producer takes; have its own --source read it")
                return
            }
        case .remark(let place, let text), .note(_, let place, let text): console.remark("\(place): \(text)")
        case .failure(let error):
            if error.isMissing { counts.missing += 1 } else { counts.refused += 1 }
            console.remark(error.description)
        case .ignored(let place, let reason):
            counts.skipped += 1
            console.remark("\(place): not read, since it is \(reason)")
        case .hidden, .idle: break
        case .end: isAtEnd = true
        }
    }

    private mutating func refuse(_ text: String) {
        counts.refused += 1
        console.remark(text)
    }

    /// Sends what may be sent, and takes in answers.
    private mutating func exchange(waitingAtMost milliseconds: Int64) throws {
        while let message = window.toSend() { try socket.send(message.frames(), wait: true) }
        var items = [socket.pollItem(.readable), signal.waker.pollItem]
        _ = try poll(&items, timeout: .milliseconds(milliseconds))
        while let frames = try socket.receive(wait: false, maxFrames: Limits.frames + 1) {
            let message: IngestMessage
            do {
                message = try IngestMessage(frames: frames)
            } catch {
                console.remark("\(endpoint) sent something that breaks the protocol: \(error)")
                continue
            }
            heard = SteadyClock.milliseconds()
            if let news = window.receive(message) { tell(news) }
        }
    }

    private mutating func tell(_ news: PutWindow.News) {
        switch news {
        case .published(let item, let remarks):
            counts.published += 1
            for remark in remarks { console.remark("\(item.place): \(remark)") }
        case .known(let item, let remarks):
            counts.known += 1
            for remark in remarks { console.remark("\(item.place): \(remark)") }
        case .refused(let item, let error): refuse("\(item.place): \(error.text)")
        case .putOff(let error):
            obstacle = error
            window.begin()
            resumeAt = SteadyClock.milliseconds() + pause
            pause = min(2 * pause, 5_000)
            return
        case .rejected(let error):
            rejection = error
            return
        case .ended:
            // At once, for whoever follows may be there already.
            heard = .min
            return
        }
        progressed = heard
        pause = 250
        obstacle = nil
    }

    private mutating func hello() throws {
        window.begin()
        try socket.send(
            IngestMessage(
                request: Array("hello".utf8),
                .hello(ControlMessage.Hello(role: "put", client: "onrecord/\(Release.version)"))
            ).frames(), wait: false)
        heard = max(heard, SteadyClock.milliseconds())
    }

    /// Begins anew where that is due, and gives up where nothing got on for too long.
    private mutating func lookAtTime() throws -> ToolError? {
        let now = SteadyClock.milliseconds()
        if let rejection {
            return ToolError(
                "\(endpoint) refuses: \(rejection.text)", remedy: "ask whoever runs it for access", .noPermission)
        }
        let isWaiting = window.count > 0 || !window.isWelcome
        if !isWaiting { progressed = now }
        if now - progressed >= Int64(configuration.patience / .milliseconds(1)) {
            if let obstacle {
                return ToolError(
                    "\(endpoint) takes no articles: \(obstacle.text)", remedy: "repeat this later", .tempFail)
            }
            if window.isWelcome || counts.published + counts.known > 0 {
                return ToolError("\(endpoint) no longer answers", remedy: "repeat this once it does", .unavailable)
            }
            let (text, remedy) = (line?.state ?? .down).silence(
                of: endpoint, "producer", mode: " with --ingest", role: "put")
            return ToolError(text, remedy: remedy + "; then repeat this", .unavailable)
        }
        if let at = resumeAt {
            guard now >= at else { return nil }
            resumeAt = nil
            try hello()
        } else if isWaiting, heard == .min || now - heard >= Self.silence {
            socket = try Self.dial(endpoint, security, watchedBy: &line, in: context)
            heard = now
            try hello()
        }
        return nil
    }
}
