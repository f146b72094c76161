import Journal
import Streams
import Wire
import ZeroMQ

/// How results, dead letters and failed attempts become durable.
extension Head {
    mutating func add(
        _ work: Dispatcher.Work, stream: String, id: String, body: [UInt8], letter: DeadLetter? = nil
    ) {
        let topic = (try? Topic(work.message.topic))?.moved(to: stream).text ?? Topic.prefix(of: stream)
        let entry = NewEntry(id: id, topic: topic, key: work.key, body: body, time: Timestamp.now())
        let origin = origins[work.id.origin].name
        if pending.isEmpty { pendingSince = SteadyClock.milliseconds() }
        pending.append(
            Pending(
                id: work.id,
                completion: Completion(
                    origin: origin, n: work.id.n, link: work.message.position.h, stream: stream, entry: entry),
                letter: letter))
    }

    mutating func bury(_ work: Dispatcher.Work, _ failure: Dispatcher.Failure) {
        let origin = origins[work.id.origin]
        let earlier = requeued[work.id]
        let raw = DeadLetter.RawReference(
            e: work.message.position.e, n: work.message.position.n, id: work.message.position.id,
            origin: earlier?.raw.origin ?? origin.name)
        let event = try? JSON.decode(CloudEvent<Article>.self, from: work.message.body)
        if earlier == nil, let article = event?.data, hasResult(of: article) { return settle(work) }
        let attempts = work.history.enumerated().map { index, attempt in
            var attempt = attempt
            attempt.attempt = index + 1
            return attempt
        }
        let letter = DeadLetter(
            class: failure.class, code: failure.code, text: failure.text, uri: Envelope.uri(of: work.message),
            pipeline: configuration.dispatch.pipeline, raw: raw, attempts: attempts, article: event?.data,
            previous: earlier?.id)
        do throws(WireError) {
            let body = try CloudEvent(
                of: letter, traceparent: event?.traceparent, source: "urn:onrecord:analyzer", time: Timestamp.now()
            ).body()
            add(work, stream: "dlq", id: letter.id, body: body, letter: letter)
        } catch {
            report(.malformed(error))
        }
    }

    /// Erases what was made of an article that was erased, before the notice of that goes on to the readers of results.
    ///
    /// All that came of it before is durable: the tasks of one article run in their order.
    private mutating func eraseWhatCameOf(_ item: Pending) throws(JournalError) {
        guard let entry = item.completion.entry, (try? Topic(entry.topic))?.isNotice == true,
            let notice = try? JSON.decode(CloudEvent<Notice>.self, from: entry.body).data, notice.isErasure
        else { return }
        report(.erasing(uri: notice.uri))
        let now = Timestamp.now()
        var count = 0
        for stream in ["res", "dlq"] {
            let erased = try journal.replace(about: notice.uri, in: stream, with: { Tombstone.body(of: $0, at: now) })
            if stream == "dlq" { openLetters.forget(erased) }
            count += erased.count
        }
        if let epoch = origins[item.id.origin].account.epoch {
            let attempts = AttemptLog(journal: journal)
            for target in notice.targets { try attempts.erase(target.n, epoch: epoch) }
        }
        report(.erased(uri: notice.uri, count: count))
    }

    /// Whether the article has a result already, as where its producer's journal was restored and it came a second time.
    private func hasResult(of article: Article) -> Bool {
        let id = Analysis.identifier(of: .init(to: article), by: configuration.dispatch.pipeline)
        return (try? journal.contains(id, in: "res")) == true
    }

    /// Settles the task of an article of which nothing is to be made: the journal has its result, or its text was erased.
    mutating func settle(_ work: Dispatcher.Work) {
        if pending.isEmpty { pendingSince = SteadyClock.milliseconds() }
        let completion = Completion(
            origin: origins[work.id.origin].name, n: work.id.n, link: work.message.position.h, stream: "dlq", entry: nil
        )
        pending.append(Pending(id: work.id, completion: completion))
    }

    /// Has nothing come of a task that was about to be settled with something: its article was erased.
    mutating func discard(_ id: TaskID) {
        guard let place = pending.firstIndex(where: { $0.id == id }) else { return }
        pending[place].completion.entry = nil
        pending[place].letter = nil
    }

    /// Settles a task that nothing comes of.
    mutating func settle(_ id: TaskID) {
        if pending.isEmpty { pendingSince = SteadyClock.milliseconds() }
        let completion = Completion(origin: origins[id.origin].name, n: id.n, stream: "res", entry: nil)
        pending.append(Pending(id: id, completion: completion))
    }

    /// Makes failed attempts durable; until that is done their tasks are not tried again.
    mutating func recordAttempts() throws(ZeroMQError) {
        let now = SteadyClock.milliseconds()
        guard !attempts.isEmpty, now >= retryAt else { return }
        let done = attempts
        do {
            try AttemptLog(journal: journal).append(
                done.map { item in
                    let origin = origins[item.id.origin]
                    return AttemptLog.Record(
                        origin: origin.name, epoch: origin.account.epoch ?? "", n: item.id.n, attempt: item.attempt)
                })
            try journal.recordAttempts(
                done.map { TaskAttempt(origin: origins[$0.id.origin].name, n: $0.id.n, attempts: $0.count) })
        } catch {
            do { try wait(after: error) } catch { failure = error }
            return
        }
        attempts = []
        journalTook()
        try carryOut(dispatcher.recorded(done.map(\.id), now: now))
    }

    /// Counts what this process was at when it last ended as tried, durably.
    static func count(
        _ interrupted: [BusyFile.Entry], in origins: [Origin], journal: any Journal,
        report: @Sendable (Report) -> Void
    ) throws(JournalError) {
        let now = Timestamp.now()
        var records: [AttemptLog.Record] = []
        var counts: [TaskAttempt] = []
        for entry in interrupted {
            // By its epoch, for the sources may stand in another order now.
            guard let id = TaskID(entry.task), let origin = origins.first(where: { $0.epoch == id.epoch }),
                let epoch = origin.account.epoch, !origin.account.isSettled(id.n)
            else { continue }
            let attempts = (origin.attempts[id.n] ?? 0) + 1
            origin.attempts[id.n] = attempts
            counts.append(TaskAttempt(origin: origin.name, n: id.n, attempts: attempts))
            let attempt = DeadLetter.Attempt(
                attempt: attempts, worker: entry.worker, started: Timestamp.format(entry.since), ended: now,
                code: "head-lost", text: "the process that led the workers ended while one of its own threads ran this")
            records.append(AttemptLog.Record(origin: origin.name, epoch: epoch, n: id.n, attempt: attempt))
            report(.interrupted(source: origin.name, n: id.n, attempts: attempts))
        }
        guard !counts.isEmpty else { return }
        try AttemptLog(journal: journal).append(records)
        try journal.recordAttempts(counts)
    }

    /// Has the journal begin the accounts that it does not have yet; without one, nothing of its origin can be settled.
    mutating func beginAccounts() throws(HeadError) {
        for origin in origins where origin.isToBegin {
            guard let epoch = origin.account.epoch else { continue }
            do {
                try journal.begin(
                    origin.name, epoch: epoch, journal: origin.account.journal, cursor: origin.account.reach)
                origin.isToBegin = false
                journalTook()
            } catch {
                return try wait(after: error)
            }
        }
    }

    /// Says once that the journal takes what is written, after it did not or could not be read.
    private mutating func journalTook() {
        if isWaiting || cannotRead { report(.journalIsBack) }
        (isWaiting, cannotRead) = (false, false)
    }

    /// Says once that the journal can be read again, unless it still takes nothing.
    mutating func journalAnswered() {
        if cannotRead, !isWaiting { report(.journalIsBack) }
        cannotRead = false
    }

    private mutating func wait(after error: JournalError) throws(HeadError) {
        report(.journal(error))
        guard error.isRetriable else { throw HeadError.journal(error) }
        retryAt = SteadyClock.milliseconds() + 500
        isWaiting = true
    }

    /// Makes what is pending durable, in one transaction, once it is worth it.
    mutating func commit(ifIdle: Bool) throws(HeadError) {
        let now = SteadyClock.milliseconds()
        guard now >= retryAt else { return }
        try beginAccounts()
        guard !pending.isEmpty, now >= retryAt else { return }
        let isDue = now - pendingSince >= configuration.groupCommitWait
        guard ifIdle || isDue || pending.count >= configuration.groupCommit else { return }
        let batch = Array(pending.prefix(configuration.groupCommit))
        var accounts = origins.map(\.account)
        for item in batch { accounts[item.id.origin].settle(item.id.n) }
        var cursors: [String: Cursor] = [:]
        for (origin, account) in zip(origins, accounts) where account.epoch != nil {
            cursors[origin.name] = account.reach
        }
        do {
            for item in batch { try eraseWhatCameOf(item) }
            _ = try journal.complete(batch.map(\.completion), cursors: cursors)
        } catch {
            return try wait(after: error)
        }
        journalTook()
        for (origin, account) in zip(origins, accounts) { origin.account = account }
        pending.removeFirst(batch.count)
        pendingSince = now
        published()
        for item in batch { requeued[item.id] = nil }
        let letters = batch.compactMap(\.letter)
        for letter in letters { report(.buried(letter)) }
        let results = batch.count { $0.completion.entry != nil } - letters.count
        report(.settled(results: results, deadLetters: letters.count))
        do {
            try carryOut(dispatcher.settled(batch.map(\.id), now: now))
        } catch {
            throw HeadError.socket(error)
        }
    }
}
