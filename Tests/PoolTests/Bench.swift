import TestKit
import Wire

@testable import Pool

/// A dispatcher on the test bench: events by short names, actions as short texts.
final class Bench {
    var dispatcher: Dispatcher
    var now: Int64 = 0

    init(_ change: (inout Dispatcher.Settings) -> Void = { _ in }) {
        var settings = Dispatcher.Settings(pipeline: "p")
        change(&settings)
        dispatcher = Dispatcher(settings: settings, random: SplitMix64(seed: 1))
    }

    @discardableResult
    func join(
        _ worker: String, credit: Int = 2, pipeline: String = "p", version: Int = 1, languages: [String] = ["*"],
        maxBytes: Int = 1_000
    ) -> [String] {
        let ready = PoolMessage.Ready(
            vmin: version, vmax: version, pipeline: pipeline, langs: languages, credit: credit, maxBytes: maxBytes,
            host: worker, pid: 1)
        return texts(dispatcher.receive(PoolMessage(.ready(ready)), from: Array(worker.utf8), now: now))
    }

    @discardableResult
    func enqueue(
        _ n: Int64, key: String? = nil, language: String = "en", bytes: Int = 10, attempts: Int = 0,
        passed: Dispatcher.PassedNotice? = nil
    ) -> [String] {
        let position = Position(s: "raw", e: "00000000000000aa", n: n, p: 0, id: "m\(n)", ts: "t")
        let message = StreamMessage(
            topic: "raw/1/\(language)/x/", position: position, body: [UInt8](repeating: 0, count: bytes))
        let work = Dispatcher.Work(
            id: TaskID(origin: 0, n: n), message: message, key: key ?? "key\(n)", language: language,
            attempts: attempts, passed: passed)
        return texts(dispatcher.enqueue(work, now: now))
    }

    @discardableResult
    func receive(_ command: PoolMessage.Command, about n: Int64? = nil, from worker: String) -> [String] {
        let task = n.map { TaskID(origin: 0, n: $0).frame } ?? []
        return texts(dispatcher.receive(PoolMessage(task: task, command), from: Array(worker.utf8), now: now))
    }

    @discardableResult
    func result(_ n: Int64, from worker: String, attempt: Int = 1) -> [String] {
        receive(.result(.init(att: attempt, rid: "r\(n)", ms: 1), body: [1]), about: n, from: worker)
    }

    @discardableResult
    func fail(_ n: Int64, _ failure: FailureClass, from worker: String, attempt: Int = 1) -> [String] {
        receive(.fail(.init(class: failure, code: "c", text: "t", att: attempt)), about: n, from: worker)
    }

    @discardableResult
    func busy(_ running: [Int64: Int64], from worker: String) -> [String] {
        let list = running.map { PoolMessage.Busy(task: TaskID(origin: 0, n: $0.key).description, ticks: $0.value) }
        return receive(.beat(list), from: worker)
    }

    @discardableResult
    func settle(_ ids: Int64...) -> [String] {
        texts(dispatcher.settled(ids.map { TaskID(origin: 0, n: $0) }, now: now))
    }

    @discardableResult
    func unreachable(_ worker: String, unsent: Int64...) -> [String] {
        let tasks = Set(unsent.map { TaskID(origin: 0, n: $0) })
        return texts(dispatcher.unreachable(Array(worker.utf8), unsent: tasks, now: now))
    }

    func drain() -> [String] { texts(dispatcher.drain()) }

    /// Lets time pass in beats, at each of which the workers named are heard of.
    ///
    /// Beats of the head are left out.
    @discardableResult
    func pass(_ time: Int64, hearing workers: [String: [Int64: Int64]] = [:]) -> [String] {
        var all: [String] = []
        let end = now + time
        while now < end {
            now = min(end, now + 1_000)
            for (worker, running) in workers.sorted(by: { $0.key < $1.key }) { all += busy(running, from: worker) }
            all += texts(dispatcher.tick(now: now))
        }
        return all.filter { !$0.hasPrefix("BEAT") }
    }

    /// The texts of actions, and of what comes of it once failed attempts are durable.
    private func texts(_ actions: [Dispatcher.Action]) -> [String] {
        let failed = actions.compactMap { action in
            if case .recordAttempt(let id, _, _) = action { id } else { nil }
        }
        return actions.map(text) + (failed.isEmpty ? [] : texts(dispatcher.recorded(failed, now: now)))
    }

    private func text(_ action: Dispatcher.Action) -> String {
        switch action {
        case .send(let message, let worker):
            let about = TaskID(message.task).map { " \($0.n)" } ?? ""
            return "\(name(message.command))\(about) → \(String(decoding: worker, as: UTF8.self))"
        case .recordAttempt(let id, let attempts, _): return "attempts of \(id.n): \(attempts)"
        case .complete(let work, let id, _): return "complete \(work.id.n) as \(id)"
        case .bury(let work, let failure):
            return "bury \(work.id.n) \(failure.class) after \(work.history.count)"
        case .settle(let work): return "settle \(work.id.n)"
        case .discard(let id): return "discard \(id.n)"
        case .joined(let name): return "joined \(name)"
        case .left(let name, _): return "left \(name)"
        case .heldUp(let work): return "held up by \(work.id.n)"
        }
    }

    private func name(_ command: PoolMessage.Command) -> String {
        switch command {
        case .task(let attempt, _): "TASK#\(attempt)"
        case .welcome(let welcome): "WELCOME v\(welcome.v)"
        case .error(let error): "ERR \(error.code)"
        case .ok: "OK"
        case .cancel: "CANCEL"
        case .drain: "DRAIN"
        case .who: "WHO"
        case .beat: "BEAT"
        default: "?"
        }
    }
}
