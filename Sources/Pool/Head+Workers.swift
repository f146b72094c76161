import Journal
import Streams
import Wire
import ZeroMQ

/// What workers say and are told.
extension Head {
    mutating func takeMessages(of signal: LoopSignal) throws(ZeroMQError) -> Bool {
        for count in 0..<256 {
            guard var frames = try pool.receive(wait: false, maxFrames: Limits.frames + 2) else { return count > 0 }
            guard !frames.isEmpty else { continue }
            let worker = frames.removeFirst()
            let now = SteadyClock.milliseconds()
            if penalties.isMuted(worker, now: now) { continue }
            let message: PoolMessage
            do throws(WireError) {
                message = try PoolMessage(frames: frames)
            } catch {
                report(.malformed(error))
                if penalties.note(worker, now: now) {
                    try carryOut([.send(PoolMessage(.error(ErrorReply(error))), to: worker)])
                }
                continue
            }
            try carryOut(dispatcher.receive(message, from: worker, now: now))
            if case .result = message.command, isPast(message.task) {
                try carryOut([Dispatcher.acknowledge(message.task, to: worker)])
            }
        }
        return true
    }

    /// Whether nothing more can come of a task: it is settled, or of a journal that is followed no more.
    private func isPast(_ task: Frame) -> Bool {
        guard let id = TaskID(task), origins.indices.contains(id.origin) else { return true }
        let origin = origins[id.origin]
        guard origin.account.epoch != nil else { return false }
        return id.epoch != origin.epoch || origin.account.isSettled(id.n)
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
            case .joined(let name): report(.joined(name))
            case .left(let name, let why): report(.left(name, why: why))
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
