import Delivery
import Service
import Streams
import Wire
import ZeroMQ

extension Tail {
    /// Shows what is published from now on, by a plain subscription.
    mutating func listen() throws {
        let endpoint = try configuration.publishEndpoint
        var subscriber = try Socket(.sub, in: context)
        try subscriber.applyProtocolDefaults(for: endpoint)
        try subscriber.takeWhatIsTooLarge()
        // Somebody watches: what is published before the connection is back is not shown.
        try subscriber.set(.reconnect(initial: .milliseconds(100), maximum: .milliseconds(400)))
        try subscriber.set(.receiveHighWaterMark(10_000))
        try security.identify(&subscriber)
        try subscriber.subscribe(to: Topic.prefix(of: configuration.stream.rawValue))
        try subscriber.subscribe(to: Topic.notices(of: configuration.stream.rawValue))
        let line = Condition(
            Line(to: endpoint, service: configuration.stream.service, since: SteadyClock.milliseconds()))
        let monitor = try subscriber.monitor(LineStanding.events) { [console] event in
            let now = SteadyClock.milliseconds()
            if let remark = line.update({ $0.take(event, at: now) }) { console.remark(remark) }
        }
        defer { withExtendedLifetime(monitor) {} }
        try subscriber.connect(to: endpoint)

        var items = [subscriber.pollItem(.readable), signal.waker.pollItem]
        var gaps = Gaps()
        while !isDone {
            let patience = line.read { $0.patience(at: SteadyClock.milliseconds()) }
            _ = try poll(&items, timeout: patience.map { .milliseconds($0) })
            if let remark = line.update({ $0.tick(at: SteadyClock.milliseconds()) }) { console.remark(remark) }
            // A bounded number at a time, so that signals are heard under any load.
            for _ in 0..<256 {
                guard !isDone, let frames = try subscriber.receive(wait: false, maxFrames: Limits.frames + 1) else {
                    break
                }
                do {
                    let message = try StreamMessage(frames: frames)
                    if let remark = gaps.take(message.position) { console.remark(remark) }
                    try printer.show(message)
                } catch let error as WireError {
                    console.remark("\(endpoint) sent something that is no message: \(error)")
                }
            }
        }
    }
}

/// What is said about the connection of a plain subscription.
struct Line: Sendable {
    /// Milliseconds to wait for a connection before saying so.
    static let patience: Int64 = 2_000

    private let endpoint: Endpoint
    private let service: String
    private let since: Int64
    private var isUp = false
    private var isSaid = false
    private var isRefused = false
    private var standing = LineStanding()

    init(to endpoint: Endpoint, service: String, since: Int64) {
        self.endpoint = endpoint
        self.service = service
        self.since = since
    }

    /// Milliseconds until `tick` has something to say, or nil.
    func patience(at now: Int64) -> Int64? { isUp || isSaid ? nil : max(0, since + Self.patience - now) }

    /// A remark once nobody has answered for too long.
    mutating func tick(at now: Int64) -> String? {
        guard patience(at: now) == 0 else { return nil }
        isSaid = true
        standing.look()
        if standing.state == .refused { return refusal() }
        let (text, remedy) = standing.state.silence(of: endpoint, service)
        return "\(text) yet; waiting: \(remedy)"
    }

    private mutating func refusal() -> String? {
        guard !isRefused, !isUp else { return nil }
        (isRefused, isSaid) = (true, true)
        return "\(endpoint) does not let this client in: give --key and --server-key, and have the \(service) put "
            + "your public key on its allow list"
    }

    /// A remark on what happened to the connection.
    mutating func take(_ event: MonitorEvent, at now: Int64) -> String? {
        standing.look()
        standing.take(event, now: now)
        switch event.kind {
        case .handshakeSucceeded where !isUp:
            isUp = true
            defer { isSaid = false }
            return isSaid ? "connected to \(endpoint)" : nil
        case .disconnected where isUp:
            isUp = false
            isSaid = true
            return "the connection to \(endpoint) is lost; waiting for it to come back"
        case .handshakeFailed, .handshakeFailedProtocol, .handshakeFailedAuthentication:
            return standing.state == .refused ? refusal() : nil
        default: return nil
        }
    }
}

/// Notices what a plain subscription did not get.
struct Gaps {
    private var last: Position?

    /// A remark where messages are missing before this one.
    mutating func take(_ position: Position) -> String? {
        defer { last = position }
        guard let last, last.e == position.e, position.n - 1 > last.n else { return nil }
        return "messages \(last.n + 1) to \(position.n - 1) were missed; --from \(last.n + 1) shows them"
    }
}
