import Wire

/// Which worker is given which task.
extension Dispatcher {
    mutating func dispatch(now: Int64) -> [Action] {
        isDraining ? [] : dispatchQuarantined(now: now) + dispatchReady(now: now)
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
        var free = max(1, roster.count / 2)
        for session in roster {
            guard let known = sessions[session], let id = known.quarantine else { continue }
            free -= 1
            if known.isIdle { actions.append(lease(id, to: session, now: now)) }
        }
        var unfit: [TaskID] = []
        while free > 0, let id = quarantined.popFirst() {
            guard let task = tasks[id], case .pending = task.state else { continue }
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
    private func bestSession(reading language: String, bytes: Int) -> Frame? {
        var best: (id: Frame, session: Session)?
        for id in roster {
            guard let session = sessions[id], session.quarantine == nil, session.leases.count < session.capacity,
                session.unacknowledged < settings.unacknowledged, session.reads(language), bytes <= session.maxBytes
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
                session.unacknowledged < settings.unacknowledged, session.reads(task.work.language),
                task.bytes <= session.maxBytes
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
}
