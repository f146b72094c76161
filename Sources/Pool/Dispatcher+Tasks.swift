import Wire

/// Tasks: how they become ready, fail and end.
extension Dispatcher {
    /// Makes a task ready if it is the first of its key.
    mutating func admit(_ id: TaskID) -> [Action] {
        guard let task = tasks[id], case .pending = task.state, keys[task.work.key]?.first == id else { return [] }
        // Its last attempt may have ended the head itself.
        if task.work.attempts >= settings.attempts { return bury(id, class: .transient) }
        makeReady(id)
        return []
    }

    mutating func complete(
        _ id: TaskID, _ result: PoolMessage.Result, _ body: [UInt8], from session: Frame
    ) -> [Action] {
        // The result of a later version has to wait; its worker keeps it and sends it again.
        guard let task = tasks[id], keys[task.work.key]?.first == id else { return [] }
        var actions: [Action] = []
        switch task.state {
        case .settling: return []
        case .leased(let lease):
            giveUp(id, of: lease.session)
            if lease.session != session {
                actions.append(.send(PoolMessage(task: id.frame, .cancel), to: lease.session))
            }
        case .waiting: waiting.remove(id)
        case .pending: cancelReservation(for: id)
        }
        tasks[id]?.state = .settling(worker: session)
        sessions[session]?.unacknowledged += 1
        actions.append(.complete(task.work, id: result.rid, body: body))
        return actions
    }

    mutating func fail(
        _ id: TaskID, class failure: FailureClass, code: String, text: String, waits: Bool, worker: String,
        since: Int64, now: Int64
    ) -> [Action] {
        guard var task = tasks[id] else { return [] }
        task.work.attempts += 1
        task.history.append(
            DeadLetter.Attempt(
                attempt: task.work.attempts, worker: worker, started: Timestamp.format(since),
                ended: Timestamp.format(now), code: code, text: text))
        task.state = .pending
        tasks[id] = task
        if failure != .transient || task.work.attempts >= settings.attempts { return bury(id, class: failure) }
        if waits, let step = settings.backOff.dropFirst(task.work.attempts - 1).first ?? settings.backOff.last {
            let spread = Double.random(in: 0.8...1.2, using: &random)
            tasks[id]?.state = .waiting(until: now + Int64(Double(step) * spread))
            waiting.insert(id)
        } else {
            makeReady(id)
        }
        return [.recordAttempts(id, task.work.attempts)]
    }

    private mutating func bury(_ id: TaskID, class failure: FailureClass) -> [Action] {
        guard let task = tasks[id] else { return [] }
        tasks[id]?.state = .settling(worker: nil)
        return [.bury(task.work, class: failure, attempts: task.history)]
    }

    /// Returns tasks to the front, as they were.
    mutating func putBack(_ ids: [TaskID]) {
        for id in ids.sorted().reversed() {
            guard let work = tasks[id]?.work else { continue }
            tasks[id]?.state = .pending
            if work.attempts > 0 {
                quarantined.putBack(id)
            } else {
                ready[work.language, default: Queue()].putBack(id)
            }
        }
    }

    mutating func makeReady(_ id: TaskID) {
        guard let work = tasks[id]?.work else { return }
        if work.attempts > 0 {
            quarantined.append(id)
        } else {
            ready[work.language, default: Queue()].append(id)
        }
    }

    /// The lease under which a worker speaks of the current attempt at a task, nil where it has none.
    func lease(of id: TaskID, attempt: Int, by session: Frame) -> Lease? {
        guard let task = tasks[id], case .leased(let lease) = task.state, lease.session == session,
            attempt == task.work.attempts + 1
        else { return nil }
        return lease
    }

    /// Takes a task off a worker's account; its state is the caller's to change.
    mutating func giveUp(_ id: TaskID, of session: Frame) {
        guard let index = sessions[session]?.leases.firstIndex(of: id) else { return }
        sessions[session]?.leases.remove(at: index)
        sessions[session]?.bytes -= tasks[id]?.bytes ?? 0
        if sessions[session]?.quarantine == id { sessions[session]?.quarantine = nil }
    }

    private mutating func cancelReservation(for id: TaskID) {
        for session in roster where sessions[session]?.quarantine == id { sessions[session]?.quarantine = nil }
    }
}
