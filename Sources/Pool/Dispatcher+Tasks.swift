import Wire

/// Tasks: how they become ready, fail and end.
extension Dispatcher {
    /// Makes a task ready if it is the first of its key.
    mutating func admit(_ id: TaskID) -> [Action] {
        guard let task = tasks[id], case .pending = task.state, keys[task.work.key]?.first == id else { return [] }
        if let passed = task.work.passed {
            return end(id, worker: nil, .complete(task.work, id: passed.id, body: passed.body))
        }
        if let flaw = task.work.flaw { return bury(id, flaw) }
        if task.work.attempts >= settings.attempts {
            // Its last attempt ended the head itself.
            let text = "\(task.work.attempts) attempts failed before this head started"
            return bury(
                id,
                Failure(
                    class: .transient, code: task.work.history.last?.code ?? "attempts",
                    text: task.work.history.last?.text ?? text))
        }
        makeReady(id)
        return []
    }

    mutating func complete(
        _ id: TaskID, _ result: PoolMessage.Result, _ body: [UInt8], from session: Frame
    ) -> [Action] {
        // The result of a later version has to wait; its worker keeps it and sends it again.
        guard let task = tasks[id], keys[task.work.key]?.first == id else { return [] }
        if case .settling = task.state { return [] }
        guard resultBytes + body.count <= 2 * settings.resultBytes || resultBytes == 0 || isFirst(id) else {
            return refuseResult(of: id, from: session)
        }
        var actions: [Action] = []
        switch task.state {
        case .settling, .recording: break
        case .leased(let lease):
            giveUp(id, of: lease.session)
            if lease.session != session {
                actions.append(.send(PoolMessage(task: id.frame, .cancel), to: lease.session))
            }
        case .waiting: waiting.remove(id)
        case .pending: cancelReservation(for: id)
        }
        sessions[session]?.unacknowledged += 1
        tasks[id]?.resultBytes = body.count
        resultBytes += body.count
        return actions + end(id, worker: session, .complete(task.work, id: result.rid, body: body))
    }

    /// Takes a task back from a worker whose result has no room here: it is computed again, uncounted.
    private mutating func refuseResult(of id: TaskID, from session: Frame) -> [Action] {
        if case .leased(let lease)? = tasks[id]?.state, lease.session == session {
            giveUp(id, of: session)
            putBack([id])
        }
        return [.send(PoolMessage(task: id.frame, .cancel), to: session)]
    }

    mutating func fail(
        _ id: TaskID, class failure: FailureClass, code: String, text: String, waits: Bool, worker: String,
        since: Int64, now: Int64
    ) -> [Action] {
        guard var task = tasks[id] else { return [] }
        task.work.attempts += 1
        let attempt = DeadLetter.Attempt(
            attempt: task.work.history.count + 1, worker: worker, started: Timestamp.format(since),
            ended: Timestamp.format(now), code: code, text: text)
        task.work.history.append(attempt)
        task.state = .recording(waits: waits)
        tasks[id] = task
        if failure != .transient || task.work.attempts >= settings.attempts {
            return bury(id, Failure(class: failure, code: code, text: text))
        }
        return [.recordAttempt(id, count: task.work.attempts, attempt)]
    }

    /// Makes a task ready whose failed attempt is durable, at once or after its back-off.
    mutating func tryAgain(_ id: TaskID, now: Int64) {
        guard let task = tasks[id], case .recording(let waits) = task.state else { return }
        if waits, let step = settings.backOff.dropFirst(task.work.attempts - 1).first ?? settings.backOff.last {
            let spread = Double.random(in: 0.8...1.2, using: &random)
            tasks[id]?.state = .waiting(until: now + Int64(Double(step) * spread))
            waiting.insert(id)
        } else {
            tasks[id]?.state = .pending
            makeReady(id)
        }
    }

    mutating func bury(_ id: TaskID, _ failure: Failure) -> [Action] {
        guard let task = tasks[id] else { return [] }
        cancelReservation(for: id)
        return end(id, worker: nil, .bury(task.work, failure))
    }

    /// Ends a task with `action`, at once or, where order matters, after those before it.
    private mutating func end(_ id: TaskID, worker: Frame?, _ action: Action) -> [Action] {
        tasks[id]?.state = .settling(worker: worker)
        guard settings.isOrdered, tasks[id]?.work.isErasure != true else { return [action] }
        held[id] = action
        return goOn(in: id.origin)
    }

    /// What is to be done by now where order matters.
    private mutating func goOn(in origin: Int) -> [Action] {
        var actions: [Action] = []
        while let next = lineup[origin]?.first {
            if dropped.remove(next) == nil {
                guard let action = held.removeValue(forKey: next) else { break }
                actions.append(action)
            }
            _ = lineup[origin]?.popFirst()
        }
        return actions
    }

    /// Has nothing come of the articles of a key, which were erased: no worker has to come or to end for that.
    mutating func drop(_ key: String) -> [Action] {
        var actions: [Action] = []
        let ids = keys[key] ?? []
        for id in ids {
            guard let task = tasks[id], task.work.passed == nil else { continue }
            var worker: Frame?
            switch task.state {
            case .settling(let author):
                // With what it waits for, if that is its turn.
                guard held.removeValue(forKey: id) != nil else {
                    actions.append(.discard(id))
                    continue
                }
                worker = author
            case .leased(let lease):
                giveUp(id, of: lease.session)
                actions.append(.send(PoolMessage(task: id.frame, .cancel), to: lease.session))
            case .waiting: waiting.remove(id)
            case .pending: cancelReservation(for: id)
            case .recording: break
            }
            tasks[id]?.state = .settling(worker: worker)
            if settings.isOrdered { dropped.insert(id) }
            actions.append(.settle(task.work))
        }
        return actions + Set(ids.map(\.origin)).sorted().flatMap { goOn(in: $0) }
    }

    /// Whether all that wait in order wait for this task.
    func isFirst(_ id: TaskID) -> Bool { settings.isOrdered && lineup[id.origin]?.first == id }

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
