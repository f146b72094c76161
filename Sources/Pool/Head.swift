public import Journal
public import Streams
public import Wire
public import ZeroMQ

/// Consumes streams without loss, has workers do the work, and makes each result durable once.
///
/// The head is the shell of `Dispatcher`: it owns the sockets and the journal's account of what was consumed. It belongs
/// to one thread, which calls `run`.
public struct Head: ~Copyable, @unchecked Sendable {
    // Unchecked, since it moves between threads as a whole and its origins, which are classes, never leave it.

    /// A stream of articles to consume.
    public struct Source: Sendable, Hashable {
        /// What the journal's account calls it.
        public var name: String
        /// Where it is.
        public var address: FollowerConnection.Address

        /// Creates a source.
        public init(name: String, address: FollowerConnection.Address) {
            self.name = name
            self.address = address
        }
    }

    /// What a head consumes and where its workers reach it.
    public struct Configuration: Sendable {
        /// A name for the servers' logs.
        public var name: String
        /// Streams of articles, from any number of producers.
        public var sources: [Source]
        /// Where workers connect.
        public var pool: [Endpoint]
        /// CURVE keys of this head, nil for plain sockets.
        public var keys: CurveKeys?
        /// Whether a source that has another epoch at the start than before is taken anew from its beginning.
        public var mayReset = false
        /// Bounds and periods of dispatch.
        public var dispatch: Dispatcher.Settings
        /// Results that one transaction takes.
        public var groupCommit = 64
        /// Milliseconds that a result waits for others to share its transaction.
        public var groupCommitWait: Int64 = 5
        /// Milliseconds that running tasks are given at the end.
        public var patience: Int64 = 30_000

        /// Creates a configuration.
        public init(name: String, sources: [Source], pool: [Endpoint], dispatch: Dispatcher.Settings) {
            self.name = name
            self.sources = sources
            self.pool = pool
            self.dispatch = dispatch
        }
    }

    /// What happened, for logs and counters.
    public enum Report: Sendable {
        /// Articles were taken over from a source.
        case received(source: String, count: Int)
        /// So many results and dead letters became durable.
        case settled(results: Int, deadLetters: Int)
        /// A task became a dead letter.
        case buried(DeadLetter)
        /// Entries of a source are past retention and lost for this head.
        case lost(source: String, from: Int64, through: Int64)
        /// A source does not answer; the connection is made anew.
        case silent(source: String)
        /// A source can be followed no further.
        case ended(source: String, FollowerError)
        /// A worker came, by its name.
        case joined(String)
        /// A worker is gone, by its name, and why.
        case left(String, why: String)
        /// A peer sent something that the protocol forbids.
        case malformed(WireError)
        /// The journal failed; what is to become durable waits, and the head tries again.
        case journal(JournalError)
        /// How much the head holds: tasks, bytes, workers.
        case load(tasks: Int, bytes: Int, workers: Int)
    }

    private struct Pending {
        var id: TaskID
        var completion: Completion
        var letter: DeadLetter?
    }

    private let configuration: Configuration
    private let journal: any Journal
    private let report: @Sendable (Report) -> Void
    private let published: @Sendable () -> Void
    private let origins: [Origin]
    private var dispatcher: Dispatcher
    private var pool: Socket
    private var penalties = Penalties()
    private var pending: [Pending] = []
    private var pendingSince: Int64 = 0
    private var retryAt: Int64 = 0
    private var isPaused = false
    private var nextLoad: Int64 = 0
    private var failure: HeadError?

    /// Where workers connect, with the ports that were chosen.
    public let poolEndpoints: [Endpoint]

    /// Binds the pool and opens the sources.
    ///
    /// - Parameters:
    ///   - configuration: What it consumes and where its workers reach it.
    ///   - journal: Takes results, dead letters and the account.
    ///   - context: The process's ZeroMQ context.
    ///   - published: Called when the journal has new entries.
    ///   - report: Takes what happened, on the head's thread.
    /// - Throws: `HeadError` if an endpoint cannot be bound or the journal cannot be read.
    public init(
        _ configuration: Configuration, journal: any Journal, in context: Context,
        published: @escaping @Sendable () -> Void, report: @escaping @Sendable (Report) -> Void = { _ in }
    ) throws(HeadError) {
        var origins: [Origin] = []
        var endpoints: [Endpoint] = []
        let pool = try Self.bindPool(configuration, endpoints: &endpoints, in: context)
        for source in configuration.sources {
            let progress: Progress?
            do { progress = try journal.progress(of: source.name) } catch { throw HeadError.journal(error) }
            do {
                origins.append(try Origin(source, progress: progress, configuration: configuration, in: context))
            } catch {
                throw HeadError.socket(error)
            }
        }
        self.configuration = configuration
        self.journal = journal
        self.report = report
        self.published = published
        self.origins = origins
        self.pool = pool
        poolEndpoints = endpoints
        dispatcher = Dispatcher(settings: configuration.dispatch)
    }

    private static func bindPool(
        _ configuration: Configuration, endpoints: inout [Endpoint], in context: Context
    ) throws(HeadError) -> Socket {
        do {
            var pool = try Socket(.router, in: context)
            if let first = configuration.pool.first { try pool.applyProtocolDefaults(for: first) }
            try pool.set(.routerMandatory(true))
            if let keys = configuration.keys {
                try pool.set(.curveServer(keys))
                try pool.set(.zapDomain("work"))
            }
            for endpoint in configuration.pool { endpoints.append(try pool.bind(to: endpoint)) }
            return pool
        } catch {
            throw HeadError.socket(error)
        }
    }

    /// Works until `signal` asks to stop, then drains; blocks.
    ///
    /// - Parameter signal: How other threads reach the head.
    /// - Throws: `HeadError` if a socket fails, the journal fails for good, or a source can be followed no further.
    public mutating func run(until signal: LoopSignal) throws(HeadError) {
        var drainDeadline: Int64?
        var isBusy = false
        while true {
            let isDraining = drainDeadline != nil
            do throws(ZeroMQError) {
                try wait(signal, isBusy: isBusy, isDraining: isDraining)
                isBusy = try takeMessages(of: signal)
                if !isDraining { isBusy = try takeArticles() || isBusy }
                try carryOut(dispatcher.tick(now: SteadyClock.milliseconds()))
            } catch {
                throw HeadError.socket(error)
            }
            try commit(ifIdle: !isBusy)
            try balance()
            let now = SteadyClock.milliseconds()
            if let failure { throw failure }
            if signal.isStopping, drainDeadline == nil {
                drainDeadline = now + configuration.patience
                do { try carryOut(dispatcher.drain()) } catch { throw HeadError.socket(error) }
            }
            if let drainDeadline, dispatcher.leasedTasks == 0 && pending.isEmpty || now >= drainDeadline { return }
        }
    }

    private mutating func wait(_ signal: LoopSignal, isBusy: Bool, isDraining: Bool) throws(ZeroMQError) {
        var items = [pool.pollItem(.readable), signal.waker.pollItem]
        // What is not read any more must not wake the loop.
        if !isDraining { for origin in origins { items += origin.connection.pollItems } }
        let idle = min(250, configuration.dispatch.beat)
        let timeout = isBusy ? 0 : pending.isEmpty ? idle : configuration.groupCommitWait
        _ = try poll(&items, timeout: .milliseconds(timeout))
        signal.waker.clear()
    }

    // MARK: - Articles

    private mutating func takeArticles() throws(ZeroMQError) -> Bool {
        var isBusy = false
        for index in origins.indices {
            let outputs = try origins[index].connection.pump(now: SteadyClock.milliseconds())
            isBusy = !outputs.isEmpty || isBusy
            try take(outputs, of: index)
        }
        return isBusy
    }

    private mutating func take(_ outputs: [FollowerConnection.Output], of index: Int) throws(ZeroMQError) {
        let origin = origins[index]
        var received = 0
        for output in outputs {
            switch output {
            case .message(let message):
                received += 1
                try take(message, of: index)
            case .begin(let epoch, let cursor):
                do {
                    try journal.begin(origin.name, epoch: epoch, cursor: cursor)
                } catch {
                    // Without its account, nothing of this origin can be settled: a new start tries again.
                    report(.journal(error))
                    failure = .journal(error)
                }
                origin.account = Account(epoch: epoch, cursor: cursor)
                origin.attempts = [:]
            case .lost(let from, let through):
                origin.account.lose(from...max(from, through))
                report(.lost(source: origin.name, from: from, through: through))
            case .malformed(let error): report(.malformed(error))
            case .reconnecting: report(.silent(source: origin.name))
            case .failed(let error):
                report(.ended(source: origin.name, error))
                failure = .follower(error)
            }
        }
        if received > 0 { report(.received(source: origin.name, count: received)) }
    }

    private mutating func take(_ message: StreamMessage, of index: Int) throws(ZeroMQError) {
        let origin = origins[index]
        let n = message.position.n
        guard !origin.account.isSettled(n) else { return }
        let topic = message.topic.split(separator: "/")
        let work = Dispatcher.Work(
            id: TaskID(origin: index, epoch: origin.epoch, n: n), message: message, key: Envelope.key(of: message),
            language: topic.count > 2 ? String(topic[2].prefix { $0 != "-" }) : "und",
            attempts: origin.attempts.removeValue(forKey: n) ?? 0)
        try carryOut(dispatcher.enqueue(work, now: SteadyClock.milliseconds()))
    }

    /// Stops reading while the dispatcher is full, and goes on once it has room; the producer's journal is the queue.
    private mutating func balance() throws(HeadError) {
        let now = SteadyClock.milliseconds()
        if now >= nextLoad {
            nextLoad = now + 1_000
            report(.load(tasks: dispatcher.heldTasks, bytes: dispatcher.heldBytes, workers: dispatcher.workers))
        }
        if !isPaused, dispatcher.isFull || retryAt > now {
            isPaused = true
            for origin in origins { origin.connection.pause(now: now) }
        } else if isPaused, dispatcher.hasRoom, retryAt <= now {
            isPaused = false
            for index in origins.indices {
                do {
                    try take(try origins[index].connection.resume(now: now), of: index)
                } catch {
                    throw HeadError.socket(error)
                }
            }
        }
    }

    // MARK: - Workers

    private mutating func takeMessages(of signal: LoopSignal) throws(ZeroMQError) -> Bool {
        for count in 0..<256 {
            guard var frames = try pool.receive(wait: false, maxFrames: Limits.frames + 2) else { return count > 0 }
            guard !frames.isEmpty else { continue }
            let worker = frames.removeFirst()
            let now = SteadyClock.milliseconds()
            if penalties.isMuted(worker, now: now) { continue }
            let message: PoolMessage
            do throws(WireError) {
                message = try PoolMessage(frames: frames)
            } catch {
                report(.malformed(error))
                if penalties.note(worker, now: now) {
                    try carryOut([.send(PoolMessage(.error(ErrorReply(error))), to: worker)])
                }
                continue
            }
            try carryOut(dispatcher.receive(message, from: worker, now: now))
            if case .result = message.command, isPast(message.task) {
                try carryOut([Dispatcher.acknowledge(message.task, to: worker)])
            }
        }
        return true
    }

    /// Whether nothing more can come of a task: it is settled, or of a journal that is followed no more.
    private func isPast(_ task: Frame) -> Bool {
        guard let id = TaskID(task), origins.indices.contains(id.origin) else { return true }
        let origin = origins[id.origin]
        guard origin.account.epoch != nil else { return false }
        return id.epoch != origin.epoch || origin.account.isSettled(id.n)
    }

    private mutating func carryOut(_ actions: [Dispatcher.Action]) throws(ZeroMQError) {
        // What comes of a worker that cannot be reached is done last, so that nothing overtakes what was decided before.
        var actions = actions[...]
        while let action = actions.popFirst() {
            switch action {
            case .send(let message, let worker):
                guard try !send(message, to: worker) else { continue }
                let unsent = Set(([action] + actions).compactMap { $0.task(for: worker) })
                actions += dispatcher.unreachable(worker, unsent: unsent, now: SteadyClock.milliseconds())
            case .recordAttempts(let id, let attempts):
                var records = [TaskAttempt(origin: origins[id.origin].name, n: id.n, attempts: attempts)]
                while case .recordAttempts(let id, let attempts)? = actions.first {
                    actions.removeFirst()
                    records.append(TaskAttempt(origin: origins[id.origin].name, n: id.n, attempts: attempts))
                }
                do { try journal.recordAttempts(records) } catch { report(.journal(error)) }
            case .complete(let work, let id, let body):
                add(work, stream: "res", id: id, body: body)
            case .bury(let work, let failure, let attempts):
                bury(work, class: failure, attempts: attempts)
            case .joined(let name): report(.joined(name))
            case .left(let name, let why): report(.left(name, why: why))
            }
        }
    }

    /// Sends a message; false if the worker is gone.
    private mutating func send(_ message: PoolMessage, to worker: Frame) throws(ZeroMQError) -> Bool {
        let frames: [Frame]
        do {
            frames = try message.frames()
        } catch {
            report(.malformed(error))
            return true
        }
        do {
            // A full queue loses the message: the lease or the next beat makes up for it.
            try pool.send([worker] + frames, wait: false)
            return true
        } catch  where error.code == .hostUnreachable {
            return false
        }
    }

    // MARK: - Results

    private mutating func add(
        _ work: Dispatcher.Work, stream: String, id: String, body: [UInt8], letter: DeadLetter? = nil
    ) {
        let topic = (try? Topic(work.message.topic))?.moved(to: stream).text ?? Topic.prefix(of: stream)
        let entry = NewEntry(id: id, topic: topic, key: work.key, body: body, time: Timestamp.now())
        let origin = origins[work.id.origin].name
        if pending.isEmpty { pendingSince = SteadyClock.milliseconds() }
        pending.append(
            Pending(
                id: work.id, completion: Completion(origin: origin, n: work.id.n, stream: stream, entry: entry),
                letter: letter))
    }

    private mutating func bury(_ work: Dispatcher.Work, class failure: FailureClass, attempts: [DeadLetter.Attempt]) {
        let origin = origins[work.id.origin]
        let raw = DeadLetter.RawReference(
            e: origin.account.epoch, n: work.id.n, id: work.message.position.id, origin: origin.name)
        let article = (try? JSON.decode(CloudEvent<Article>.self, from: work.message.body))?.data
        var letter = DeadLetter(
            class: failure, code: attempts.last?.code ?? "attempts",
            text: attempts.last?.text ?? "\(work.attempts) attempts failed before this head started", uri: work.key,
            pipeline: configuration.dispatch.pipeline, raw: raw, attempts: attempts, article: article)
        do throws(WireError) {
            var body = try event(of: letter, work)
            if body.count > Limits.bodyBytes {
                // The reference to the raw message has to do.
                letter.article = nil
                body = try event(of: letter, work)
            }
            add(work, stream: "dlq", id: letter.id, body: body, letter: letter)
        } catch {
            report(.malformed(error))
        }
    }

    private func event(of letter: DeadLetter, _ work: Dispatcher.Work) throws(WireError) -> [UInt8] {
        try JSON.encode(
            CloudEvent(
                id: letter.id, source: "urn:onrecord:analyzer", type: EventType.deadLetter, time: Timestamp.now(),
                subject: work.key, partitionkey: work.key, causationid: work.message.position.id, data: letter))
    }

    /// Makes what is pending durable, in one transaction, once it is worth it.
    private mutating func commit(ifIdle: Bool) throws(HeadError) {
        let now = SteadyClock.milliseconds()
        guard !pending.isEmpty, now >= retryAt else { return }
        let isDue = now - pendingSince >= configuration.groupCommitWait
        guard ifIdle || isDue || pending.count >= configuration.groupCommit else { return }
        let batch = Array(pending.prefix(configuration.groupCommit))
        var accounts = origins.map(\.account)
        for item in batch { accounts[item.id.origin].settle(item.id.n) }
        var cursors: [String: Int64] = [:]
        for (origin, account) in zip(origins, accounts) where account.epoch != nil {
            cursors[origin.name] = account.cursor
        }
        do {
            _ = try journal.complete(batch.map(\.completion), cursors: cursors)
        } catch {
            report(.journal(error))
            guard error.isRetriable else { throw HeadError.journal(error) }
            retryAt = now + 500
            return
        }
        for (origin, account) in zip(origins, accounts) { origin.account = account }
        pending.removeFirst(batch.count)
        pendingSince = now
        published()
        let letters = batch.compactMap(\.letter)
        for letter in letters { report(.buried(letter)) }
        report(.settled(results: batch.count - letters.count, deadLetters: letters.count))
        do {
            try carryOut(dispatcher.settled(batch.map(\.id), now: now))
        } catch {
            throw HeadError.socket(error)
        }
    }
}
