internal import Service

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
    /// Events that wait to be taken, before jobs wait with further ones; each job may add one to that.
    private static let room = 64

    /// What waits to be taken; shared with the threads, which may outlive the desk.
    private let news = Condition<[News]>([])

    /// Starts a job; whether there was a thread for it.
    func start(_ job: WebJob, host: String) -> Bool {
        let news = news
        // Pages are read there, whose elements may stand deep within each other.
        let thread = try? OSThread.start(name: "web", stackSize: 8 << 20) {
            func put(_ item: News) {
                _ = news.wait { $0.count < Self.room ? true : nil }
                news.update { $0.append(item) }
            }
            let outcome = job.run(put)
            put(.done(address: job.address, host: host, outcome))
        }
        return thread != nil
    }

    /// The next item; nil where there is none yet.
    func take() -> News? { news.update { $0.isEmpty ? nil : $0.removeFirst() } }

    /// Waits until there is an item, at most so long; by a clock that nobody sets.
    func wait(atMost patience: Duration) {
        _ = news.wait(timeout: patience) { $0.isEmpty ? nil : true }
    }
}
