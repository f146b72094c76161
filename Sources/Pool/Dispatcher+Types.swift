public import Wire

extension Dispatcher {
    /// Bounds and periods of a dispatcher, in milliseconds.
    public struct Settings: Sendable {
        /// What a worker must run to be given tasks.
        public var pipeline: String
        /// Between two signs of life.
        public var beat: Int64 = 1_000
        /// Without a sign of life after which a worker is gone.
        public var ttl: Int64 = 5_000
        /// Without progress after which a task is taken away.
        public var lease: Int64 = 60_000
        /// After which a task is taken away in any case.
        public var cap: Int64 = 300_000
        /// Attempts after which a task is a dead letter.
        public var attempts = 5
        /// How long a task waits after its first, second … failed attempt.
        public var backOff: [Int64] = [1_000, 4_000, 16_000, 60_000]
        /// Tasks held at a time.
        public var tasks = 10_000
        /// Bytes of bodies held at a time.
        public var bytes = 256 << 20
        /// Results of one worker that may wait for the journal.
        public var unacknowledged = 256
        /// Bytes of results that may wait for the journal before no further task is given out.
        ///
        /// What comes in the meantime is taken up to twice as many; beyond, it is to be computed again.
        public var resultBytes = 64 << 20
        /// Whether what comes of the tasks of an origin is completed in their order.
        public var isOrdered = false
        /// How long a task waits while workers are here and none of them could ever take it.
        public var unfit: Int64 = 300_000
        /// Tasks that one worker may have, whatever it asks for: fewer than a socket queues for one peer.
        public var credit = 512

        /// The settings of the protocol for a pipeline.
        public init(pipeline: String) { self.pipeline = pipeline }
    }

    /// A task as it comes from a stream.
    public struct Work: Sendable {
        /// Its name.
        public var id: TaskID
        /// The message that carries it.
        public var message: StreamMessage
        /// What it is about: tasks with the same key are done one after the other, in order.
        public var key: String
        /// Its language as a primary subtag.
        public var language: String
        /// Attempts that failed before and count.
        public var attempts: Int
        /// All that is known of earlier attempts, also of those that count no more.
        public var history: [DeadLetter.Attempt]
        /// What comes of it where that takes no worker, nil for articles.
        public var passed: PassedNotice?
        /// Why it cannot be read, as is known before any worker has seen it; nil where it may be.
        public var flaw: Failure?

        /// Creates a task.
        public init(
            id: TaskID, message: StreamMessage, key: String, language: String, attempts: Int = 0,
            history: [DeadLetter.Attempt] = [], passed: PassedNotice? = nil, flaw: Failure? = nil
        ) {
            self.id = id
            self.message = message
            self.key = key
            self.language = language
            self.attempts = attempts
            self.history = history
            self.passed = passed
            self.flaw = flaw
        }

        /// Whether it is the notice of an erasure, for which nothing may have to wait.
        var isErasure: Bool { passed?.isErasure == true }
    }

    /// A notice as it goes on to the readers of results.
    public struct PassedNotice: Sendable {
        /// Its identifier.
        public var id: String
        /// Its event in JSON.
        public var body: [UInt8]
        /// Whether the article that it is about was erased.
        public var isErasure: Bool

        /// Creates a notice.
        public init(id: String, body: [UInt8], isErasure: Bool) {
            self.id = id
            self.body = body
            self.isErasure = isErasure
        }
    }

    /// Why a task ends as a dead letter.
    public struct Failure: Sendable, Hashable {
        /// What is to be made of it.
        public var `class`: FailureClass
        /// The kind of failure as a short token.
        public var code: String
        /// What happened, for a person.
        public var text: String
    }

    /// What a dispatcher wants done, in order.
    public enum Action: Sendable {
        /// Send a message to a worker.
        case send(PoolMessage, to: Frame)
        /// Make durable that a task was tried so often, and how that ended the last time; call `recorded` when it is.
        case recordAttempt(TaskID, count: Int, DeadLetter.Attempt)
        /// Make a result durable; call `settled` when it is.
        case complete(Work, id: String, body: [UInt8])
        /// Make a dead letter of a task; call `settled` when it is durable.
        case bury(Work, Failure)
        /// Make durable that nothing comes of a task; call `settled` when it is.
        case settle(Work)
        /// Have nothing come of a task whose result or dead letter waits to be made durable.
        case discard(TaskID)
        /// A worker came, by its name.
        case joined(String)
        /// A worker is gone, by its name, and why.
        case left(String, why: String)
        /// Tasks wait since every worker has long articles only, of which this is the longest.
        case heldUp(by: Work)

        /// The task that this would give to `worker`, or nil.
        func task(for worker: Frame) -> TaskID? {
            guard case .send(let message, worker) = self, case .task = message.command else { return nil }
            return TaskID(message.task)
        }
    }

    struct Task: Sendable {
        var work: Work
        var state: State
        /// Bytes of its result, once there is one.
        var resultBytes = 0

        var bytes: Int { work.message.body.count }
    }

    enum State: Sendable {
        /// Waits for a worker, or for an earlier version of its article.
        case pending
        /// A worker has it.
        case leased(Lease)
        /// Waits until its failed attempt is durable; whether it is to wait longer then.
        case recording(waits: Bool)
        /// Waits for its next attempt.
        case waiting(until: Int64)
        /// Has ended, and waits for the journal, or for those before it; the worker is told when that is done.
        case settling(worker: Frame?)
    }

    struct Lease: Sendable {
        var session: Frame
        var since: Int64
        /// When it is taken away in any case, once it runs.
        var due: Int64
        var ticks: Int64 = -1
        /// When its ticks last grew, or when it was last seen to wait for a thread of its worker.
        var progressed: Int64
        /// Its worker said that it runs.
        var isBusy = false
    }

    struct Session: Sendable {
        var name: String
        var languages: Set<String>
        var capacity: Int
        var threads: Int
        var maxBytes: Int
        var heard: Int64
        /// Tasks it has, in the order in which it was given them.
        var leases: [TaskID] = []
        var bytes = 0
        var unacknowledged = 0
        /// It serves a task in quarantine, or is kept free for one.
        var quarantine: TaskID?

        var isIdle: Bool { leases.isEmpty && capacity > 0 }

        func reads(_ language: String) -> Bool { languages.contains("*") || languages.contains(language) }
    }
}
