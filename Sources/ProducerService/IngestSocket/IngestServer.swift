import Delivery
import Ingest
import Journal
import Service
import Streams
import Wire
import ZeroMQ

/// The socket on which other programs hand over articles.
///
/// What has arrived by the time that the journal is free is recorded in one transaction and then acknowledged; so one article
/// alone waits for nothing, and many share a commit. The server belongs to one thread, which calls `run`.
struct IngestServer: ~Copyable, Sendable {
    /// PUTs that share a transaction at most; fewer than a client's credit, so that it sends the next ones meanwhile.
    private static let turnCount = 256
    /// Bytes of articles that share a transaction at most.
    private static let turnBytes = 8 << 20
    /// Milliseconds for which articles are read before those at hand are recorded and answered.
    private static let turnTime: Int64 = 20
    /// Articles queued for each connection that the server has not yet got to.
    private static let queue = 2

    private struct Waiting {
        let peer: Frame
        let request: Frame
        let article: IncomingArticle
        let remarks: [String]
    }

    /// Where it is bound, with the port that was chosen.
    let endpoint: Endpoint
    private let recording: Recording
    private let log: Log
    private let metrics: Metrics
    private var rejects: BoundedRejects?
    private var socket: Socket
    private var desk: IngestDesk
    private var gate: Gate
    /// Whether the journal did not take what was put last.
    private var isWaiting = false

    /// Binds the socket.
    ///
    /// - Parameters:
    ///   - endpoint: Where.
    ///   - recording: What makes articles durable.
    ///   - curve: Keys and allow list, nil for a plain socket.
    ///   - settings: Bounds.
    ///   - rejects: Where articles are kept that are refused for good, or nil.
    ///   - context: The process's ZeroMQ context.
    ///   - log: Where it says what it refuses.
    ///   - metrics: Where it counts.
    /// - Throws: `ZeroMQError` if the endpoint cannot be bound; its description names it.
    init(
        at endpoint: Endpoint, _ recording: Recording, curve: CurveServer?,
        settings: IngestDesk.Settings = IngestDesk.Settings(), rejects: RejectFolder? = nil, in context: Context,
        log: Log, metrics: Metrics
    ) throws(ZeroMQError) {
        var router = try Socket(.router, in: context)
        try router.applyProtocolDefaults(for: endpoint)
        try router.set(.routerMandatory(true))
        // Whoever sends a little too much is told so; more ends the connection.
        try router.set(.maximumMessageSize(Int64(settings.bytes + Limits.requestFrameBytes)))
        try router.set(.receiveHighWaterMark(Self.queue))
        try router.set(.sendHighWaterMark(2 * settings.credit))
        try router.set(.linger(.milliseconds(500)))
        if let curve { try router.admitOnly("put", of: curve) }
        self.endpoint = try router.bind(to: endpoint)
        self.recording = recording
        self.log = log
        self.metrics = metrics
        self.rejects = rejects.map { BoundedRejects($0) }
        socket = router
        desk = IngestDesk(server: "producer/\(Release.version)", settings: settings)
        gate = Gate(curve, domain: "put")
    }

    /// Takes articles until `signal` asks to stop; blocks.
    /// - Throws: `ZeroMQError` if the socket fails, `JournalError` if the journal fails for good.
    mutating func run(until signal: LoopSignal) throws {
        var mayHaveMore = false
        while true {
            var items = [socket.pollItem(.readable), signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(mayHaveMore ? 0 : 1_000))
            signal.waker.clear()
            if signal.isStopping {
                // What was not acknowledged is repeated elsewhere, or here later.
                for peer in desk.peers { try send(.bye, request: [], to: peer) }
                return
            }
            mayHaveMore = try turn()
        }
    }

    /// Takes what has arrived, has it recorded and answers it; whether there may be more.
    private mutating func turn() throws -> Bool {
        var waiting: [Waiting] = []
        var bytes = 0
        var count = 0
        let start = SteadyClock.milliseconds()
        while waiting.count < Self.turnCount, bytes < Self.turnBytes, count < 2 * Self.turnCount,
            SteadyClock.milliseconds() - start < Self.turnTime,
            let received = try socket.receiveWithPeer(wait: false, maxFrames: Limits.frames + 2)
        {
            count += 1
            guard let peer = received.frames.first else { continue }
            let frames = Array(received.frames.dropFirst())
            let now = SteadyClock.milliseconds()
            let message: IngestMessage
            switch gate.admit(frames, on: peer, of: received.peer, now: now, reading: IngestMessage.init(frames:)) {
            case .message(let taken): message = taken
            case .left(let answer, let fault):
                try leave(frames, from: peer, answering: answer, fault)
                continue
            }
            let verdict: IngestDesk.Verdict
            do throws(WireError) { verdict = try desk.receive(message.command, from: peer, now: now) } catch {
                let answer = gate.note(error, on: peer, of: received.peer, now: now)
                try leave(frames, from: peer, answering: answer, error)
                continue
            }
            switch (verdict, message.command) {
            case (.answer(let answer), let command):
                if case .put(_, let item) = command {
                    note(answer, from: peer)
                    if case .error(let reply) = answer, reply.retry == false {
                        var error = IngestError(
                            .tooBig, reply.text, place: place(of: peer, received.peer), remedy: "split it")
                        error.input = item
                        keep(error)
                    }
                }
                try send(answer, request: message.request, to: peer)
            case (.take, .put(let put, let item)):
                bytes += item.count
                if let put = try read(item, put, request: message.request, of: peer, received.peer) {
                    waiting.append(put)
                }
            case (.take, _), (.ignore, _): break
            }
        }
        if !waiting.isEmpty { try record(waiting) }
        return count > 0
    }

    /// Reads an article; one that is none is answered at once.
    private mutating func read(
        _ item: [UInt8], _ put: IngestMessage.Put, request: Frame, of peer: Frame, _ info: PeerInfo
    ) throws(ZeroMQError) -> Waiting? {
        let name = place(of: peer, info)
        do {
            var read = try ArticleItem(item, from: name)
            read.article.traceparent = put.traceparent.flatMap(TraceParent.checked)
            return Waiting(peer: peer, request: request, article: read.article, remarks: read.remarks)
        } catch {
            var refusal = error
            refusal.input = item
            keep(refusal)
            let reply = ErrorReply(
                code: error.code == .tooBig ? 413 : 400, text: "\(error.message); \(error.remedy)", retry: false)
            log.limited(
                "put \(name)", .warning, "an article that was put is refused",
                ["place": error.description, "code": error.code.rawValue])
            metrics.counter(
                "onrecord_rejected_total", ["reason": error.code.rawValue], help: "Inputs that are no articles."
            ).increment()
            try settle(peer, request, .error(reply))
            return nil
        }
    }

    /// Says and counts a message that is not taken in.
    private mutating func leave(
        _ frames: [Frame], from peer: Frame, answering answer: ErrorReply?, _ fault: WireError?
    ) throws(ZeroMQError) {
        if let fault { MalformedReport.take(fault, log: log, metrics: metrics) }
        if let answer { try send(.error(answer), request: ControlMessage.request(in: frames), to: peer) }
    }

    /// Who hands articles over, for people: what the client calls itself, and its address.
    private func place(of peer: Frame, _ info: PeerInfo) -> String {
        let parts = [desk.name(of: peer), info.address ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? "a client" : parts.joined(separator: " at ")
    }

    /// Keeps what was refused, where there is a folder for that.
    private mutating func keep(_ error: IngestError) {
        do throws(FileFailure) {
            guard try rejects?.keep(error, ending: "json") == .full else { return }
            log.limited(
                "rejects full", .warning,
                "no more of what clients hand over and is refused is kept before the next start; empty the folder of --rejects"
            )
        } catch {
            log.limited("rejects", .error, "what was refused cannot be kept", ["error": "\(error)"])
        }
    }

    /// Has articles recorded, and answers each.
    private mutating func record(_ waiting: [Waiting]) throws {
        let outcomes: [Recording.Outcome]
        do {
            outcomes = try recording.record(waiting.map(\.article))
        } catch {
            if !isWaiting { log.error("articles are put off, since the journal takes none", ["error": error]) }
            isWaiting = true
            metrics.counter("onrecord_journal_errors_total", help: "Failures of the journal.").increment()
            let reply = ErrorReply(code: 503, text: "the journal takes no articles for the moment", retry: true)
            for put in waiting { try settle(put.peer, put.request, .error(reply)) }
            guard error.isRetriable else { throw error }
            return
        }
        if isWaiting { log.info("the journal takes articles that are put again") }
        isWaiting = false
        for (put, outcome) in zip(waiting, outcomes) {
            switch outcome {
            case .recorded(let id, let position):
                try settle(put.peer, put.request, .ack(IngestMessage.Ack(id: id, at: position, remarks: put.remarks)))
            case .known(let id, let absence):
                let remarks = put.remarks + (absence.map { [$0.words] } ?? [])
                try settle(put.peer, put.request, .ack(IngestMessage.Ack(id: id, at: nil, remarks: remarks)))
            case .refused(let error):
                keep(IngestError(refusing: put.article, error))
                try settle(
                    put.peer, put.request, .error(ErrorReply(code: error.code, text: error.message, retry: false)))
            }
        }
    }

    /// Gives the answer to a PUT that was taken.
    private mutating func settle(
        _ peer: Frame, _ request: Frame, _ answer: IngestMessage.Command
    ) throws(ZeroMQError) {
        desk.settled(peer, with: answer)
        note(answer, from: peer)
        try send(answer, request: request, to: peer)
    }

    /// Counts what became of a PUT.
    private func note(_ answer: IngestMessage.Command, from peer: Frame) {
        let outcome: String
        switch answer {
        case .ack(let ack): outcome = ack.known == true ? "known" : "recorded"
        case .error(let error):
            outcome = error.retry == true ? "later" : "refused"
            if error.code == 429 {
                log.limited(
                    "put 429 \(desk.name(of: peer))", .warning, "a client is told to slow down",
                    ["client": desk.name(of: peer), "reason": error.text])
            }
        default: return
        }
        metrics.counter("onrecord_puts_total", ["outcome": outcome], help: "Articles that were put, by their answer.")
            .increment()
    }

    /// Sends an answer; a client that is gone, or does not read, repeats what it was about.
    private mutating func send(
        _ command: IngestMessage.Command, request: Frame, to peer: Frame
    ) throws(ZeroMQError) {
        guard let frames = try? IngestMessage(request: request, command).frames() else { return }
        do {
            try socket.send([peer] + frames, wait: false)
        } catch  where error.code == .hostUnreachable {
            desk.forget(peer)
        }
    }
}
