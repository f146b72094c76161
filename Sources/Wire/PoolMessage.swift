/// A message between the analyzer's head and a worker: `"NWP1" | CMD | TASK | ARGS | payload…`.
///
/// The frames are those that the worker's DEALER sends and receives; the routing identity is not part of them.
public struct PoolMessage: Sendable, Hashable {
    /// Identifier that the head gave the task, opaque to the worker, at most `Limits.taskBytes`; empty where none is meant.
    public var task: [UInt8]
    /// What is asked or answered.
    public var command: Command

    /// Creates a message.
    public init(task: [UInt8] = [], _ command: Command) {
        self.task = task
        self.command = command
    }

    /// What is asked or answered.
    public enum Command: Sendable, Hashable {
        /// Worker: opens a session.
        case ready(Ready)
        /// Worker: alive, and what it is busy with. Head: alive, with an empty list.
        case beat([Busy])
        /// Worker: the CloudEvent that the task gave, byte for byte as it is to be published.
        case result(Result, body: [UInt8])
        /// Worker: the task failed.
        case fail(Fail)
        /// Worker: gives the task back untried; `attempt` is the one it was given as.
        case release(attempt: Int)
        /// Worker: takes so many tasks at a time from now on; none means that it is about to end.
        case credit(Int)
        /// Worker: ends the session.
        case bye
        /// Head: accepts the session.
        case welcome(Welcome)
        /// Head: a raw message to be worked on, for the `attempt`th time.
        case task(attempt: Int, StreamMessage)
        /// Head: the task is settled for good; forget it.
        case ok
        /// Head: stop working on the task and forget it.
        case cancel
        /// Head: give back what has not begun; the head is about to end.
        case drain
        /// Head: your session is not known; say `ready` again, then the results that were not yet `ok`.
        case who
        /// Either: says what was wrong.
        case error(ErrorReply)
    }
}

extension PoolMessage {
    /// Reads a message.
    ///
    /// - Throws: `unknown-command` (501, which is not fatal) or what is malformed.
    public init(frames: [Frame]) throws(WireError) {
        let envelope = try Envelope(frames, tagLimit: Limits.taskBytes)
        self.init(task: envelope.tag, try Command(envelope))
        try checkTask()
    }

    /// The message as frames.
    ///
    /// - Throws: `too-big` or what else the peer would refuse.
    public func frames() throws(WireError) -> [Frame] {
        try checkTask()
        let frames = Envelope.Writer(tag: task, limit: Limits.taskBytes)
        return switch command {
        case .ready(let ready): try frames("READY", ready)
        case .beat(let busy): try frames("BEAT", BeatArguments(busy: busy.isEmpty ? nil : busy))
        case .result(let result, let body): try frames("RESULT", result, [try Command.checked(body)])
        case .fail(let failure): try frames("FAIL", failure)
        case .release(let attempt): try frames("RELEASE", AttemptArguments(att: attempt))
        case .credit(let n): try frames("CREDIT", CreditArguments(n: n))
        case .bye: try frames("BYE", NoArguments())
        case .welcome(let welcome): try frames("WELCOME", welcome)
        case .task(let attempt, let message):
            try frames("TASK", AttemptArguments(att: attempt), try message.frames())
        case .ok: try frames("OK", NoArguments())
        case .cancel: try frames("CANCEL", NoArguments())
        case .drain: try frames("DRAIN", NoArguments())
        case .who: try frames("WHO", NoArguments())
        case .error(let reply): try frames("ERR", reply)
        }
    }

    private func checkTask() throws(WireError) {
        switch command {
        case .result, .fail, .release, .task, .ok, .cancel:
            guard !task.isEmpty else {
                throw WireError(400, "bad-task", "a command about a task that does not name it")
            }
        default: break
        }
    }
}

extension PoolMessage.Command {
    init(_ envelope: Envelope) throws(WireError) {
        switch envelope.command {
        case "READY": self = .ready(try envelope.decode(PoolMessage.Ready.self).checked())
        case "BEAT": self = .beat(try envelope.decode(BeatArguments.self).busy ?? [])
        case "RESULT":
            let result = try envelope.decode(PoolMessage.Result.self).checked()
            guard let body = envelope.payload.first else {
                throw WireError(400, "frame-count", "RESULT without a body")
            }
            self = .result(result, body: try Self.checked(body))
        case "FAIL": self = .fail(try envelope.decode(PoolMessage.Fail.self).checked())
        case "RELEASE": self = .release(attempt: try envelope.decode(AttemptArguments.self).checked())
        case "CREDIT": self = .credit(try envelope.decode(CreditArguments.self).checked())
        case "WELCOME": self = .welcome(try envelope.decode(PoolMessage.Welcome.self).checked())
        case "TASK":
            self = .task(
                attempt: try envelope.decode(AttemptArguments.self).checked(),
                try StreamMessage(frames: envelope.payload))
        case "BYE": self = try envelope.plain(.bye)
        case "OK": self = try envelope.plain(.ok)
        case "CANCEL": self = try envelope.plain(.cancel)
        case "DRAIN": self = try envelope.plain(.drain)
        case "WHO": self = try envelope.plain(.who)
        case "ERR": self = .error(try envelope.decode(ErrorReply.self))
        default: throw WireError(501, "unknown-command", "no pool command has this name")
        }
    }

    static func checked(_ body: [UInt8]) throws(WireError) -> [UInt8] {
        guard !body.isEmpty else { throw WireError(400, "empty-body", "RESULT with an empty body") }
        guard body.count <= Limits.bodyBytes else {
            throw WireError(413, "too-big", "a body of \(body.count) bytes, more than \(Limits.bodyBytes)")
        }
        return body
    }
}
