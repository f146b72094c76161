import Wire

/// Which worker is given which task.
extension Dispatcher {
    mutating func dispatch(now: Int64) -> [Action] {
        if isDraining { return [] }
        let actions = dispatchFirst(now: now) + dispatchReserved(now: now)
        return isChoked ? actions : actions + dispatchQuarantined(now: now) + dispatchReady(now: now)
    }

    /// Gives out the tasks that all others wait for where order matters, however many results wait.
    private mutating func dispatchFirst(now: Int64) -> [Action] {
        var actions: [Action] = []
        for origin in lineup.keys.sorted() {
            guard let id = lineup[origin]?.first, let task = tasks[id], case .pending = task.state,
                keys[task.work.key]?.first == id, !isReserved(id)
            else { continue }
            if task.work.attempts > 0 {
                if let session = sessionToReserve(for: task) { sessions[session]?.quarantine = id }
            } else if let session = bestSession(reading: task.work.language, bytes: task.bytes, isFirst: true) {
                actions.append(lease(id, to: session, now: now))
            }
        }
        return actions
    }

    private func isReserved(_ id: TaskID) -> Bool { roster.contains { sessions[$0]?.quarantine == id } }

    /// Gives the workers that are kept free, and idle now, what they are kept free for.
    private mutating func dispatchReserved(now: Int64) -> [Action] {
        var actions: [Action] = []
        for session in roster {
            guard let known = sessions[session], let id = known.quarantine, known.isIdle else { continue }
            actions.append(lease(id, to: session, now: now))
        }
        return actions
    }

    /// Gives the oldest tasks of all languages to workers, as long as there is credit.
    private mutating func dispatchReady(now: Int64) -> [Action] {
        var actions: [Action] = []
        var tooBig: [TaskID] = []
        var languages = ready.keys.sorted()
        while let language = languages.min(by: { front(of: $0) < front(of: $1) }) {
            guard let id = ready[language]?.popFirst() else {
                ready[language] = nil
                languages.removeAll { $0 == language }
                continue
            }
            guard let task = tasks[id], case .pending = task.state, task.work.attempts == 0 else { continue }
            if let session = bestSession(reading: language, bytes: task.bytes) {
                actions.append(lease(id, to: session, now: now))
            } else if bestSession(reading: language, bytes: 0) != nil {
                // It must not hold up those behind it.
                tooBig.append(id)
            } else {
                ready[language]?.putBack(id)
                languages.removeAll { $0 == language }
            }
        }
        putBack(tooBig)
        return actions
    }

    private func front(of language: String) -> TaskID { ready[language]?.first ?? TaskID(origin: 0, n: .min) }

    /// Gives tasks in quarantine to workers that are idle, and keeps workers free for those that wait.
    ///
    /// Half of the workers at most are kept so, that the other tasks go on.
    private mutating func dispatchQuarantined(now: Int64) -> [Action] {
        var actions: [Action] = []
        var free = max(1, roster.count / 2) - roster.count { sessions[$0]?.quarantine != nil }
        var unfit: [TaskID] = []
        while free > 0, let id = quarantined.popFirst() {
            guard let task = tasks[id], case .pending = task.state, !isReserved(id) else { continue }
            guard let session = sessionToReserve(for: task) else {
                unfit.append(id)
                continue
            }
            free -= 1
            sessions[session]?.quarantine = id
            if sessions[session]?.isIdle == true { actions.append(lease(id, to: session, now: now)) }
        }
        for id in unfit.reversed() { quarantined.putBack(id) }
        return actions
    }

    /// The worker with credit that has the fewest bytes outstanding.
    private func bestSession(reading language: String, bytes: Int, isFirst: Bool = false) -> Frame? {
        var best: (id: Frame, session: Session)?
        for id in roster {
            guard let session = sessions[id], session.quarantine == nil, session.leases.count < session.capacity,
                isFirst || session.unacknowledged < settings.unacknowledged, session.reads(language),
                bytes <= session.maxBytes
            else { continue }
            if let other = best?.session,
                (other.bytes, other.leases.count) <= (session.bytes, session.leases.count)
            {
                continue
            }
            best = (id, session)
        }
        return best?.id
    }

    /// The worker that is the first to be idle, so that a task in quarantine does not wait for ever.
    private func sessionToReserve(for task: Task) -> Frame? {
        var best: (id: Frame, leases: Int)?
        for id in roster {
            guard let session = sessions[id], session.quarantine == nil, session.capacity > 0,
                isFirst(task.work.id) || session.unacknowledged < settings.unacknowledged,
                session.reads(task.work.language), task.bytes <= session.maxBytes
            else { continue }
            if session.leases.count < best?.leases ?? .max { best = (id, session.leases.count) }
        }
        return best?.id
    }

    private mutating func lease(_ id: TaskID, to session: Frame, now: Int64) -> Action {
        // Every caller has just looked the task up.
        guard let task = tasks[id] else { return .send(PoolMessage(.beat([])), to: session) }
        let due = now + settings.cap
        tasks[id]?.state = .leased(Lease(session: session, since: now, due: due, progressed: now))
        sessions[session]?.leases.append(id)
        sessions[session]?.bytes += task.bytes
        return .send(
            PoolMessage(task: id.frame, .task(attempt: task.work.attempts + 1, task.work.message)), to: session)
    }

    /// Ends tasks that wait for a worker such as there has been none for long, although there are workers.
    mutating func buryUnfit(now: Int64) -> [Action] {
        guard !roster.isEmpty else {
            unfit = [:]
            return []
        }
        var largest: [String: Int] = [:]
        var waiting: [TaskID: Int64] = [:]
        for (id, task) in tasks {
            guard case .pending = task.state, keys[task.work.key]?.first == id else { continue }
            let language = task.work.language
            let most = largest[language] ?? sessions.values.filter { $0.reads(language) }.map(\.maxBytes).max() ?? -1
            largest[language] = most
            if task.bytes > most { waiting[id] = unfit[id] ?? now }
        }
        unfit = waiting
        var actions: [Action] = []
        for (id, since) in waiting.sorted(by: { $0.key < $1.key }) where now - since >= settings.unfit {
            guard let task = tasks[id] else { continue }
            let text =
                "no worker takes articles of \(task.bytes) bytes in the language \(task.work.language), for "
                + "\((now - since) / 1_000) s"
            actions += bury(id, Failure(class: .transient, code: "no-worker", text: text))
        }
        return actions
    }
}
