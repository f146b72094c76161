import Journal
import Streams
import Wire
import ZeroMQ

/// What workers say and are told.
extension Head {
    mutating func takeMessages(of signal: LoopSignal) throws(ZeroMQError) -> Bool {
        try expelWorkers()
        for count in 0..<256 {
            guard let received = try pool.receiveWithPeer(wait: false, maxFrames: Limits.frames + 2) else {
                return count > 0
            }
            guard let worker = received.frames.first else { continue }
            let now = SteadyClock.milliseconds()
            let message: PoolMessage
            switch gate.admit(
                Array(received.frames.dropFirst()), on: worker, of: received.peer, now: now,
                reading: PoolMessage.init(frames:))
            {
            case .message(let taken): message = taken
            case .left(let answer, let fault):
                if let fault { report(.malformed(fault)) }
                guard let answer else { continue }
                if fault == nil { report(.refused(peer: received.peer, answer)) }
                try carryOut([.send(PoolMessage(.error(answer)), to: worker)])
                continue
            }
            do throws(WireError) { try register(worker, received.peer, message) } catch {
                report(.refused(peer: received.peer, ErrorReply(error)))
                if let reply = gate.note(error, on: worker, of: received.peer, now: now) {
                    try carryOut([.send(PoolMessage(.error(reply)), to: worker)])
                }
                continue
            }
            let actions = dispatcher.receive(message, from: worker, now: now)
            for case .send(let answer, worker) in actions {
                if case .error(let error) = answer.command { report(.refused(peer: received.peer, error)) }
            }
            try carryOut(actions)
            if case .result = message.command, isPast(message.task) {
                try carryOut([Dispatcher.acknowledge(message.task, to: worker)])
            }
        }
        return true
    }

    /// Remembers who a worker is, and refuses one too many.
    private mutating func register(_ worker: Frame, _ peer: PeerInfo, _ message: PoolMessage) throws(WireError) {
        guard case .ready = message.command, !dispatcher.knows(worker) else { return }
        guard dispatcher.workers < configuration.workers else {
            throw WireError(429, "workers", "\(configuration.workers) workers are here; try again later")
        }
        if peers.count >= 2 * configuration.workers { peers = peers.filter { dispatcher.knows($0.key) } }
        peers[worker] = peer
    }

    /// Takes their tasks from workers whose key was removed from the allow list.
    private mutating func expelWorkers() throws(ZeroMQError) {
        guard gate.hasNewList() else { return }
        for (worker, peer) in peers where !gate.admits(peer) {
            peers[worker] = nil
            try carryOut(dispatcher.expel(worker, now: SteadyClock.milliseconds()))
        }
    }

    /// Whether nothing more can come of a task: it is settled, or of a journal that is followed no more.
    private func isPast(_ task: Frame) -> Bool {
        guard let id = TaskID(task), origins.indices.contains(id.origin) else { return true }
        let origin = origins[id.origin]
        guard origin.account.epoch != nil else { return false }
        if id.epoch != origin.epoch || id.n <= origin.account.cursor { return true }
        // Another entry may have had its number, before the journal was set back.
        let isOther = origin.account.link(of: id.n).map { $0.brief != id.history && id.history != 0 } ?? false
        return isOther || origin.account.isSettled(id.n)
    }

    mutating func carryOut(_ actions: [Dispatcher.Action]) throws(ZeroMQError) {
        // What comes of a worker that cannot be reached is done last, so that nothing overtakes what was decided before.
        var actions = actions[...]
        while let action = actions.popFirst() {
            switch action {
            case .send(let message, let worker):
                guard try !send(message, to: worker) else { continue }
                let unsent = Set(([action] + actions).compactMap { $0.task(for: worker) })
                actions += dispatcher.unreachable(worker, unsent: unsent, now: SteadyClock.milliseconds())
            case .recordAttempt(let id, let count, let attempt): attempts.append((id, count, attempt))
            case .complete(let work, let id, let body):
                add(work, stream: "res", id: id, body: body)
            case .bury(let work, let failure): bury(work, failure)
            case .settle(let work): settle(work)
            case .discard(let id): discard(id)
            case .joined(let name): report(.joined(name))
            case .left(let name, let why): report(.left(name, why: why))
            case .heldUp(let work):
                report(
                    .heldUp(
                        source: origins[work.id.origin].name, n: work.id.n, bytes: work.message.body.count,
                        threads: dispatcher.threads))
            }
        }
    }

    /// Sends a message; false if the worker is gone.
    private mutating func send(_ message: PoolMessage, to worker: Frame) throws(ZeroMQError) -> Bool {
        let frames: [Frame]
        do {
            frames = try message.frames()
        } catch {
            report(.malformed(error))
            return true
        }
        do {
            // A full queue loses the message: the lease or the next beat makes up for it.
            try pool.send([worker] + frames, wait: false)
            return true
        } catch  where error.code == .hostUnreachable {
            return false
        }
    }
}
