import Wire

/// Workers: how they come, what they say of themselves, and how they go.
extension Dispatcher {
    mutating func join(_ session: Frame, _ ready: PoolMessage.Ready, now: Int64) -> [Action] {
        let version: Int
        do {
            version = try ProtocolVersion.negotiate(min: ready.vmin, max: ready.vmax)
        } catch {
            return [.send(PoolMessage(.error(ErrorReply(error))), to: session)]
        }
        guard ready.pipeline == settings.pipeline else {
            let text = "this head runs the pipeline \(settings.pipeline), not \(ready.pipeline): start the same release"
            return [.send(PoolMessage(.error(ErrorReply(code: 409, text: text))), to: session)]
        }
        var actions: [Action] = []
        if sessions[session] == nil {
            let name = "\(ready.host)/\(ready.pid)"
            sessions[session] = Session(
                name: name, languages: Set(ready.langs), capacity: 0, threads: max(1, ready.credit - 1),
                maxBytes: ready.maxBytes, heard: now, unacknowledged: settling(for: session))
            roster.append(session)
            actions.append(.joined(name))
        }
        sessions[session]?.heard = now
        setCapacity(ready.credit, of: session)
        let welcome = PoolMessage.Welcome(
            v: version, beatMilliseconds: Int(settings.beat), ttlMilliseconds: Int(settings.ttl),
            leaseMilliseconds: Int(settings.lease), capMilliseconds: Int(settings.cap))
        actions.append(.send(PoolMessage(.welcome(welcome)), to: session))
        if isDraining { actions.append(.send(PoolMessage(.drain), to: session)) }
        return actions + dispatch(now: now)
    }

    mutating func setCapacity(_ credit: Int, of session: Frame) {
        let bound = settings.credit
        sessions[session]?.capacity = min(credit, bound)
        // A worker that takes nothing more is not kept free for a task that waits.
        guard credit == 0, let id = sessions[session]?.quarantine, case .pending? = tasks[id]?.state else { return }
        sessions[session]?.quarantine = nil
        quarantined.putBack(id)
    }

    /// Takes note of what a worker runs.
    ///
    /// A lease that is not reported waits for a thread, as long as all threads are said to be in use; where one is free, the
    /// task may have been lost on its way.
    mutating func beat(_ session: Frame, _ busy: [PoolMessage.Busy], now: Int64) {
        for report in busy {
            guard let id = TaskID(Array(report.task.utf8)), case .leased(var lease)? = tasks[id]?.state,
                lease.session == session
            else { continue }
            if !lease.isBusy || report.ticks != lease.ticks {
                lease.ticks = report.ticks
                lease.progressed = now
            }
            lease.isBusy = true
            tasks[id]?.state = .leased(lease)
        }
        guard let known = sessions[session], busy.count >= known.threads else { return }
        for id in known.leases {
            guard case .leased(var lease)? = tasks[id]?.state, !lease.isBusy else { continue }
            lease.progressed = now
            tasks[id]?.state = .leased(lease)
        }
    }

    /// Takes away tasks that make no progress: those that run count as failed, those that never began do not.
    mutating func expireLeases(now: Int64) -> [Action] {
        var actions: [Action] = []
        for session in roster {
            for id in sessions[session]?.leases ?? [] {
                guard case .leased(let lease)? = tasks[id]?.state else { continue }
                let isStuck = now - lease.progressed >= settings.lease
                guard isStuck || lease.isBusy && now >= lease.due else { continue }
                actions.append(.send(PoolMessage(task: id.frame, .cancel), to: session))
                giveUp(id, of: session)
                guard lease.isBusy else {
                    putBack([id])
                    continue
                }
                let text = isStuck ? "no progress for \(settings.lease) ms" : "not done after \(settings.cap) ms"
                actions += fail(
                    id, class: .transient, code: "lease-expired", text: text, waits: true,
                    worker: sessions[session]?.name ?? "", since: lease.since, now: now)
            }
        }
        return actions
    }

    /// Blames no worker for a time in which this process itself stood still.
    mutating func forgiveSilence(of time: Int64, now: Int64) {
        unfit = unfit.mapValues { $0 + time }
        for session in roster {
            sessions[session]?.heard = now
            for id in sessions[session]?.leases ?? [] {
                guard case .leased(var lease)? = tasks[id]?.state else { continue }
                lease.progressed = now
                lease.due += time
                tasks[id]?.state = .leased(lease)
            }
        }
    }

    mutating func leave(
        _ id: Frame, why: String, isLoss: Bool, unsent: Set<TaskID> = [], now: Int64
    ) -> [Action] {
        guard let session = sessions.removeValue(forKey: id) else { return [] }
        roster.removeAll { $0 == id }
        var actions: [Action] = [.left(session.name, why: why)]
        if let reserved = session.quarantine, !session.leases.contains(reserved) { quarantined.putBack(reserved) }
        var innocent: [TaskID] = []
        for (index, task) in session.leases.enumerated() {
            guard case .leased(let lease)? = tasks[task]?.state else { continue }
            tasks[task]?.state = .pending
            // What it reported as begun may have been its end; so may its oldest tasks, one a thread, which it can have
            // begun without living to say so.
            if isLoss, lease.isBusy || index < session.threads, !unsent.contains(task) {
                actions += fail(
                    task, class: .transient, code: "worker-lost", text: why, waits: false, worker: session.name,
                    since: lease.since, now: now)
            } else {
                innocent.append(task)
            }
        }
        putBack(innocent)
        return actions
    }

    /// Results of a worker that wait for the journal, should it have been here before.
    private func settling(for session: Frame) -> Int {
        tasks.values.count {
            if case .settling(session) = $0.state { true } else { false }
        }
    }
}
