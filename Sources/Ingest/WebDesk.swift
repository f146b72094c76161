internal import Dispatch
internal import Service
internal import Synchronization

/// Jobs on threads of their own, and what they have given so far.
final class WebDesk: Sendable {
    /// What came of the jobs, in the order in which it came; of each job in its order.
    enum News: Sendable {
        case event(IngestEvent)
        /// What is to be remembered of an address once all that its job gave before is durable; the job goes on.
        case kept(address: String, FeedMemory.Feed)
        /// A job has ended, and all that it gave was taken.
        case done(address: String, host: String, WebJob.Outcome)
    }

    /// Jobs that run at a time.
    static let jobs = 8
    /// Events of all jobs that wait to be taken, before they wait with further ones.
    private static let room = 64

    /// Shared with the threads, which may outlive the desk.
    private final class Box: Sendable {
        let news = Mutex<[News]>([])
        let count = DispatchSemaphore(value: 0)
        let room = DispatchSemaphore(value: 0)

        init() {
            // Dispatch ends a process that lets go of a semaphore below the value that it began with, as one with items left.
            for _ in 0..<WebDesk.room { room.signal() }
        }

        func put(_ item: News) {
            room.wait()
            news.withLock { $0.append(item) }
            count.signal()
        }
    }

    private let box = Box()

    /// Starts a job; whether there was a thread for it.
    func start(_ job: WebJob, host: String) -> Bool {
        let box = box
        // Pages are read there, whose elements may stand deep within each other.
        let thread = try? OSThread.start(name: "web", stackSize: 8 << 20) {
            let outcome = job.run { box.put($0) }
            box.put(.done(address: job.address, host: host, outcome))
        }
        return thread != nil
    }

    /// The next item; nil where there is none yet.
    func take() -> News? {
        guard box.count.wait(timeout: .now()) == .success else { return nil }
        defer { box.room.signal() }
        return box.news.withLock { $0.removeFirst() }
    }

    /// Waits until there is an item, at most so long.
    func wait(atMost patience: Duration) {
        let (seconds, attoseconds) = patience.components
        let time = DispatchTimeInterval.milliseconds(Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
        if box.count.wait(timeout: .now() + time) == .success { box.count.signal() }
    }
}
