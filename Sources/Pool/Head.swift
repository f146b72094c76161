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
        /// CURVE keys by which this head is known to its sources, nil for plain sockets.
        public var keys: CurveKeys?
        /// Keys and allow list for workers, nil for a pool without CURVE.
        public var curve: CurveServer?
        /// Workers at a time; further ones are told to try later.
        public var workers = 1_000
        /// The article of each source to begin again with, nil to go on; none that was never settled is passed over.
        public var from: Int64?
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
        /// Settled articles of a source beyond one that is not, after which no more of its articles are taken.
        public var spread = 100_000
        /// What the threads of this process were at when it last ended: it counts as tried.
        public var interrupted: [BusyFile.Entry] = []

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
        /// An operator's order was carried out, or could not be: the text says why.
        case ordered(LetterOrder, refused: String?)
        /// A task was running when this process last ended, so often by now.
        case interrupted(source: String, n: Int64, attempts: Int)
        /// What was made of an article that was erased is about to be erased.
        case erasing(uri: String)
        /// So many results and dead letters were erased.
        case erased(uri: String, count: Int)
        /// Entries of a source are past retention and lost for this head.
        case lost(source: String, from: Int64, through: Int64)
        /// The journal of a source was set back or restored: beyond `to` it has other entries than were followed, up to `from`.
        case setBack(source: String, from: Int64, to: Int64)
        /// A source gives signs and does not answer; the connection is made anew.
        case silent(source: String)
        /// A source gives no sign any more, or none since the start; how the connection stands.
        case away(source: String, LineState)
        /// A source that was away gives signs again.
        case back(source: String)
        /// A source does not give its message `at`, though it has later ones; it is asked again.
        case stuck(source: String, at: Int64, why: String)
        /// A source can be followed no further.
        case ended(source: String, FollowerError)
        /// A worker came, by its name.
        case joined(String)
        /// A peer was not taken as a worker: its address, its key if it has one, and what it was told.
        case refused(peer: PeerInfo, ErrorReply)
        /// A worker is gone, by its name, and why.
        case left(String, why: String)
        /// Articles wait since every thread of every worker has a long one, of which this is the longest.
        case heldUp(source: String, n: Int64, bytes: Int, threads: Int)
        /// A peer sent something that the protocol forbids.
        case malformed(WireError)
        /// The journal failed; what is to become durable waits, and the head tries again.
        case journal(JournalError)
        /// The journal, which had failed, takes results again.
        case journalIsBack
        /// How much the head holds: tasks, bytes, workers, and the threads of those.
        case load(tasks: Int, leased: Int, bytes: Int, workers: Int, threads: Int)
        /// So many dead letters wait for a decision.
        case openLetters(Int)
        /// How far a source is followed: its newest message, those that are settled, and the age of the oldest that is held and not.
        case followed(source: String, newest: Int64, settled: Int64, milliseconds: Int64?)
    }

    struct Pending {
        var id: TaskID
        var completion: Completion
        var letter: DeadLetter?
    }

    let configuration: Configuration
    let journal: any Journal
    let report: @Sendable (Report) -> Void
    let published: @Sendable () -> Void
    let producers: [Producer]
    /// Those of the producers, in the same order, and that of the operator's orders.
    let origins: [Origin]
    var dispatcher: Dispatcher
    var pool: Socket
    private let monitor: SocketMonitor?
    var gate: Gate
    /// Who is behind each worker that joined.
    var peers: [Frame: PeerInfo] = [:]
    var pending: [Pending] = []
    var pendingSince: Int64 = 0
    var retryAt: Int64 = 0
    /// Whether the journal did not take what was written last.
    var isWaiting = false
    /// Whether the operator's orders could not be read from it last time.
    var cannotRead = false
    /// Failed attempts that are not durable yet.
    var attempts: [(id: TaskID, count: Int, attempt: DeadLetter.Attempt)] = []
    var nextLoad: Int64 = 0
    var nextOrders: Int64 = 0
    var nextTrim: Int64 = 0
    /// The next order to be read, and the dead letters that are being tried again.
    var order: Int64 = 0
    var requeued: [TaskID: DeadLetter] = [:]
    var openLetters = OpenLetters()
    var nextCount: Int64 = 0
    var failure: HeadError?

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
        var producers: [Producer] = []
        var endpoints: [Endpoint] = []
        var monitor: SocketMonitor?
        let pool = try Self.bindPool(
            configuration, endpoints: &endpoints, monitor: &monitor, in: context, report: report)
        var origins: [Origin] = []
        do throws(JournalError) {
            for source in configuration.sources { origins.append(try Origin(source.name, journal: journal)) }
            if let from = configuration.from { for origin in origins { origin.beginAgain(with: from) } }
            origins.append(try Origin(LetterOrder.stream, journal: journal))
            try Self.count(configuration.interrupted, in: origins, journal: journal, report: report)
            try AttemptLog(journal: journal).restore(origins)
        } catch {
            throw HeadError.journal(error)
        }
        for (source, origin) in zip(configuration.sources, origins) {
            do {
                producers.append(try Producer(source, origin, configuration: configuration, in: context))
            } catch {
                throw HeadError.socket(error)
            }
        }
        self.configuration = configuration
        self.journal = journal
        self.report = report
        self.published = published
        self.producers = producers
        self.origins = origins
        self.pool = pool
        self.monitor = monitor
        gate = Gate(configuration.curve, domain: "work")
        poolEndpoints = endpoints
        dispatcher = Dispatcher(settings: configuration.dispatch)
    }

    private static func bindPool(
        _ configuration: Configuration, endpoints: inout [Endpoint], monitor: inout SocketMonitor?, in context: Context,
        report: @escaping @Sendable (Report) -> Void
    ) throws(HeadError) -> Socket {
        do {
            var pool = try Socket(.router, in: context)
            if let first = configuration.pool.first { try pool.applyProtocolDefaults(for: first) }
            try pool.set(.routerMandatory(true))
            // Each may be as large as a message can be.
            try pool.set(.receiveHighWaterMark(100))
            if let curve = configuration.curve {
                try pool.admitOnly("work", of: curve)
                // Whoever has no key, or another one of this head, never gets so far as to be looked up.
                monitor = try pool.monitor([.handshakeFailedProtocol]) { event in
                    // The last event says that the socket is closed.
                    guard event.kind == .handshakeFailedProtocol else { return }
                    let text = "the handshake failed: no key at all, or another public key of this head than it has"
                    report(.refused(peer: PeerInfo(), ErrorReply(code: 401, text: text)))
                }
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
                if !isDraining {
                    isBusy = try takeArticles() || isBusy
                    try takeOrders()
                    countLetters()
                }
                try carryOut(dispatcher.tick(now: SteadyClock.milliseconds()))
                try recordAttempts()
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
            if let drainDeadline, isDone || now >= drainDeadline { return }
        }
    }

    /// Whether nothing is left to be finished or made durable.
    private var isDone: Bool { dispatcher.leasedTasks == 0 && pending.isEmpty && attempts.isEmpty }

    private mutating func wait(_ signal: LoopSignal, isBusy: Bool, isDraining: Bool) throws(ZeroMQError) {
        var items = [pool.pollItem(.readable), signal.waker.pollItem]
        // What is not read any more must not wake the loop.
        if !isDraining { for producer in producers { items += producer.connection.pollItems } }
        let idle = min(250, configuration.dispatch.beat)
        let timeout = isBusy ? 0 : pending.isEmpty ? idle : configuration.groupCommitWait
        _ = try poll(&items, timeout: .milliseconds(timeout))
        signal.waker.clear()
    }
}
