import Testing
import Wire

@testable import Pool

@Suite final class `A worker's session` {
    private var session: WorkerSession

    init() { session = WorkerSession(ready: Self.ready, threads: 1) }

    static let ready = PoolMessage.Ready(pipeline: "p", langs: ["*"], credit: 2, host: "h", pid: 1)
    static let article = StreamMessage(
        topic: "raw/1/en/x/", position: Position(s: "raw", e: "00000000000000aa", n: 1, p: 0, id: "i", ts: "t"),
        body: [1])
    static let a = Array("a".utf8)
    static let b = Array("b".utf8)
    static let outcome = WorkerSession.Outcome.result(id: "r", body: [7])

    static func result(_ task: Frame, attempt: Int = 1, ms: Int64 = 0) -> WorkerSession.Action {
        .send(PoolMessage(task: task, .result(.init(att: attempt, rid: "r", ms: ms), body: [7])))
    }

    func hear(_ command: PoolMessage.Command, about task: Frame = [], at now: Int64 = 0)
        -> [WorkerSession.Action]
    { session.receive(PoolMessage(task: task, command), now: now) }

    func give(_ task: Frame, attempt: Int = 1, at now: Int64 = 0) -> [WorkerSession.Action] {
        hear(.task(attempt: attempt, Self.article), about: task, at: now)
    }

    func tick(at now: Int64) -> [WorkerSession.Action] { session.tick({ _ in 5 }, now: now) }

    @Test func `says READY at each beat until it is welcome, then BEAT`() {
        #expect(tick(at: 0) == [.send(PoolMessage(.ready(Self.ready)))])
        #expect(tick(at: 500) == [])
        #expect(tick(at: 1_000) == [.send(PoolMessage(.ready(Self.ready)))])
        #expect(hear(.welcome(.init(beatMilliseconds: 200)), at: 1_000) == [])
        #expect(tick(at: 2_000) == [.send(PoolMessage(.beat([])))])
        #expect(tick(at: 2_200) == [.send(PoolMessage(.beat([])))])
    }

    @Test func `runs as many tasks as it has threads, and reports them`() {
        _ = hear(.welcome(.init()))
        #expect(give(Self.a) == [.begin(task: Self.a, Self.article)])
        #expect(give(Self.b) == [])
        #expect(tick(at: 1_000) == [.send(PoolMessage(.beat([.init(task: "a", ticks: 5)])))])
        #expect(
            session.finished(Self.a, Self.outcome, now: 40) == [
                Self.result(Self.a, ms: 40), .begin(task: Self.b, Self.article),
            ])
        #expect(session.runningTasks == [Self.b])
    }

    @Test func `what waits behind a long article goes back to the head, until a thread is free`() {
        _ = hear(.welcome(.init(beatMilliseconds: 1_000)))
        _ = give(Self.a)
        _ = give(Self.b)
        #expect(tick(at: 1_000) == [.send(PoolMessage(.beat([.init(task: "a", ticks: 5)])))])
        #expect(
            tick(at: 2_000) == [
                .send(PoolMessage(.beat([.init(task: "a", ticks: 5)]))), .send(PoolMessage(.credit(1))),
                .send(PoolMessage(task: Self.b, .release(attempt: 1))),
            ])
        #expect(tick(at: 3_000) == [.send(PoolMessage(.beat([.init(task: "a", ticks: 5)])))])
        #expect(
            session.finished(Self.a, Self.outcome, now: 3_500) == [
                Self.result(Self.a, ms: 3_500), .send(PoolMessage(.credit(2))),
            ])
    }

    @Test func `asks for more again where an article that hangs is taken away`() {
        _ = hear(.welcome(.init(leaseMilliseconds: 500)))
        _ = give(Self.a)
        _ = tick(at: 2_000)
        #expect(hear(.cancel, about: Self.a, at: 2_500) == [.abandon(task: Self.a), .send(PoolMessage(.credit(2)))])
    }

    @Test func `an article that another worker did keeps its thread to its end and is said to nobody`() {
        _ = hear(.welcome(.init()))
        _ = give(Self.a)
        _ = give(Self.b)
        #expect(hear(.cancel, about: Self.a, at: 500) == [])
        #expect(session.runningTasks == [Self.a])
        #expect(session.finished(Self.a, Self.outcome, now: 1_000) == [.begin(task: Self.b, Self.article)])
        #expect(session.unacknowledgedResults == 0)
    }

    @Test func `an article that another worker did is given up once it hangs, and reported to no head`() {
        _ = hear(.welcome(.init(ttlMilliseconds: 60_000, leaseMilliseconds: 10_000)))
        _ = give(Self.a)
        _ = session.tick({ _ in 1 }, now: 4_000)
        #expect(hear(.cancel, about: Self.a, at: 4_500) == [])
        #expect(session.tick({ _ in 1 }, now: 13_999).count == 1)
        let busy = PoolMessage.Busy(task: "a", ticks: 2)
        #expect(session.tick({ _ in 2 }, now: 15_000) == [.send(PoolMessage(.beat([busy])))])
        #expect(session.tick({ _ in 2 }, now: 25_000).first == .abandon(task: Self.a))
        #expect(session.runningTasks.isEmpty)
    }

    @Test func `an article that is given again after it was taken away is wanted`() {
        _ = give(Self.a)
        _ = hear(.cancel, about: Self.a)
        #expect(give(Self.a, attempt: 2) == [])
        #expect(session.finished(Self.a, Self.outcome, now: 0) == [Self.result(Self.a, attempt: 2)])
    }

    @Test func `does not wait at its end for an article that another worker did`() {
        _ = give(Self.a)
        _ = hear(.cancel, about: Self.a)
        #expect(
            session.stop(patience: 9_000, now: 0)
                == [.send(PoolMessage(.credit(0))), .send(PoolMessage(.bye)), .finished])
    }

    @Test func `sends a result again until it is called durable`() {
        _ = hear(.welcome(.init()))
        _ = give(Self.a)
        _ = session.finished(Self.a, Self.outcome, now: 0)
        #expect(tick(at: 1_000) == [.send(PoolMessage(.beat([])))])
        #expect(tick(at: 2_000) == [.send(PoolMessage(.beat([]))), Self.result(Self.a)])
        #expect(hear(.ok, about: Self.a) == [])
        #expect(session.unacknowledgedResults == 0)
        #expect(tick(at: 4_000) == [.send(PoolMessage(.beat([])))])
    }

    @Test func `answers any number of WHO with one READY, and one WELCOME with its results`() {
        _ = hear(.welcome(.init()))
        _ = give(Self.a)
        _ = session.finished(Self.a, Self.outcome, now: 0)
        #expect(hear(.who) == [.send(PoolMessage(.ready(Self.ready)))])
        #expect(hear(.who) == [] && hear(.who) == [])
        #expect(hear(.welcome(.init())) == [Self.result(Self.a)])
        #expect(hear(.welcome(.init())) == [])
    }

    @Test func `presents itself anew to a head that was silent for ttl`() {
        _ = hear(.welcome(.init(ttlMilliseconds: 3_000)))
        #expect(tick(at: 2_000) == [.send(PoolMessage(.beat([])))])
        #expect(tick(at: 3_000) == [.send(PoolMessage(.ready(Self.ready)))])
    }

    @Test func `runs a task once that is given twice, under its newest number`() {
        _ = give(Self.a)
        #expect(give(Self.a, attempt: 2) == [])
        _ = give(Self.b)
        #expect(give(Self.b, attempt: 3) == [])
        let first = session.finished(Self.a, Self.outcome, now: 0)
        #expect(first == [Self.result(Self.a, attempt: 2), .begin(task: Self.b, Self.article)])
        #expect(give(Self.a, attempt: 4) == [])
        #expect(session.finished(Self.b, Self.outcome, now: 0) == [Self.result(Self.b, attempt: 3)])
    }

    @Test func `forgets a task that is cancelled, wherever it is`() {
        _ = give(Self.a)
        _ = give(Self.b)
        #expect(hear(.cancel, about: Self.b) == [])
        #expect(give(Self.b, attempt: 2) == [])
        #expect(hear(.cancel, about: Self.a) == [])
        #expect(session.finished(Self.a, Self.outcome, now: 0) == [.begin(task: Self.b, Self.article)])
        #expect(session.finished(Self.b, Self.outcome, now: 0) == [Self.result(Self.b, attempt: 2)])
        #expect(hear(.cancel, about: Self.b) == [])
        #expect(session.unacknowledgedResults == 0)
    }

    @Test func `never begins a task that was cancelled while it waited`() {
        _ = give(Self.a)
        _ = give(Self.b)
        _ = hear(.cancel, about: Self.b)
        #expect(session.finished(Self.a, Self.outcome, now: 0) == [Self.result(Self.a)])
    }

    @Test func `gives up by itself what runs beyond its cap`() {
        _ = hear(.welcome(.init(ttlMilliseconds: 5_000, capMilliseconds: 10_000)))
        _ = give(Self.a)
        #expect(tick(at: 14_000).count == 1)
        let actions = tick(at: 15_000)
        #expect(actions.first == .abandon(task: Self.a))
        #expect(session.runningTasks.isEmpty)
    }

    @Test(arguments: [FailureClass.transient, .invalid, .fatal])
    func `reports a failure with its class`(failure: FailureClass) {
        _ = give(Self.a, attempt: 3)
        let expected = PoolMessage.Fail(class: failure, code: "c", text: "t", att: 3)
        #expect(
            session.finished(Self.a, .failure(failure, code: "c", text: "t"), now: 0) == [
                .send(PoolMessage(task: Self.a, .fail(expected)))
            ])
        #expect(session.unacknowledgedResults == 0)
    }

    @Test(arguments: [(0, 1), (1, 0), (65, 1), (1, Limits.bodyBytes + 1)])
    func `makes a failure of a result that the protocol cannot carry`(idBytes: Int, bodyBytes: Int) {
        let id = String(repeating: "r", count: idBytes)
        let outcome = WorkerSession.Outcome.result(id: id, body: [UInt8](repeating: 1, count: bodyBytes))
        _ = give(Self.a)
        guard case .send(let message)? = session.finished(Self.a, outcome, now: 0).first,
            case .fail(let failure) = message.command
        else { return #expect(Bool(false), "it was sent as a result") }
        #expect(failure.class == .invalid)
        #expect(session.unacknowledgedResults == 0)
    }

    @Test func `gives back what has not begun when the head drains`() {
        _ = give(Self.a)
        _ = give(Self.b)
        #expect(hear(.drain) == [.send(PoolMessage(task: Self.b, .release(attempt: 1)))])
        #expect(session.runningTasks == [Self.a])
    }

    @Test func `stops when what runs is done and durable`() {
        _ = hear(.welcome(.init()))
        _ = give(Self.a)
        _ = give(Self.b)
        #expect(
            session.stop(patience: 9_000, now: 0) == [
                .send(PoolMessage(.credit(0))), .send(PoolMessage(task: Self.b, .release(attempt: 1))),
            ])
        #expect(session.stop(patience: 9_000, now: 0) == [])
        #expect(give(Self.b) == [.send(PoolMessage(task: Self.b, .release(attempt: 1)))])
        #expect(session.finished(Self.a, Self.outcome, now: 0) == [Self.result(Self.a)])
        #expect(hear(.ok, about: Self.a) == [.send(PoolMessage(.bye)), .finished])
    }

    @Test func `stops at the end of its patience, come what may`() {
        _ = give(Self.a)
        _ = session.stop(patience: 2_000, now: 0)
        #expect(!tick(at: 1_999).contains(.finished))
        #expect(tick(at: 2_000) == [.send(PoolMessage(.bye)), .finished])
    }

    @Test func `stops without a head once nothing runs`() {
        _ = hear(.welcome(.init()))
        _ = give(Self.a)
        _ = session.finished(Self.a, Self.outcome, now: 0)
        _ = session.stop(patience: 60_000, now: 0)
        #expect(hear(.who) == [.finished])
    }

    @Test(arguments: [401, 403, 409, 426, 429])
    func `goes on asking a head that will not have it`(code: Int) {
        _ = hear(.welcome(.init()))
        #expect(hear(.error(ErrorReply(code: code, text: "why"))) == [])
        #expect(!session.isWelcome && session.refusal == "\(code) why")
        let isAsking = tick(at: 1_000).contains {
            if case .send(let message) = $0, case .ready = message.command { true } else { false }
        }
        #expect(isAsking)
        _ = hear(.welcome(.init()))
        #expect(session.isWelcome && session.refusal == nil)
    }

    @Test func `bears a head with absurd times`() {
        _ = hear(.welcome(.init(beatMilliseconds: .max, ttlMilliseconds: .max, capMilliseconds: .max)))
        _ = give(Self.a)
        // BEAT, and CREDIT since the task takes long.
        #expect(tick(at: 1_000_000).count == 2)
        #expect(tick(at: 1_060_000).count == 1)
    }

    @Test(arguments: [401, 403, 429])
    func `asks on where it is refused for now, and says why`(code: Int) {
        #expect(hear(.error(.init(code: code, text: "no"))) == [])
        #expect(session.refusal == "\(code) no" && !session.isWelcome)
        #expect(tick(at: 0) == [.send(PoolMessage(.ready(Self.ready)))])
        _ = hear(.welcome(.init()), at: 100)
        #expect(session.isWelcome && session.refusal == nil)
        _ = hear(.error(.init(code: code, text: "no longer")), at: 200)
        #expect(!session.isWelcome && session.refusal == "\(code) no longer")
        #expect(tick(at: 1_000) == [.send(PoolMessage(.ready(Self.ready)))])
    }
}
