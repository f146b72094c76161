import Testing
import Wire

@testable import Pool

@Suite struct `Sessions` {
    @Test func `welcome a worker that fits`() {
        let bench = Bench()
        #expect(bench.join("a") == ["joined a/1", "WELCOME v1 → a"])
        #expect(bench.join("a") == ["WELCOME v1 → a"])
        #expect(bench.dispatcher.workers == 1)
    }

    @Test func `refuse another version and another pipeline`() {
        let bench = Bench()
        #expect(bench.join("a", version: 2) == ["ERR 426 → a"])
        #expect(bench.join("b", pipeline: "other") == ["ERR 409 → b"])
        #expect(bench.dispatcher.workers == 0)
    }

    @Test func `ask who a stranger is, but for a goodbye`() {
        let bench = Bench()
        #expect(bench.busy([:], from: "x") == ["WHO → x"])
        #expect(bench.result(1, from: "x") == ["WHO → x"])
        #expect(bench.receive(.bye, from: "x") == [])
    }

    @Test func `take what a worker says of its credit`() {
        let bench = Bench()
        bench.join("a", credit: 1)
        bench.enqueue(1)
        bench.enqueue(2)
        bench.enqueue(3)
        #expect(bench.receive(.credit(2), from: "a") == ["TASK#1 2 → a"])
        bench.receive(.credit(0), from: "a")
        #expect(bench.result(1, from: "a") == ["complete 1 as r1"])
        #expect(bench.result(2, from: "a") == ["complete 2 as r2"])
    }

    @Test func `send a beat to each worker`() {
        let bench = Bench()
        bench.join("a")
        bench.join("b")
        let beats = bench.dispatcher.tick(now: 1_000).count {
            if case .send(PoolMessage(.beat([])), _) = $0 { true } else { false }
        }
        #expect(beats == 2)
        let sooner = bench.dispatcher.tick(now: 1_500)
        #expect(sooner.isEmpty)
    }

    @Test func `complete a task once, whoever is first, and tell the other to stop`() {
        let bench = Bench()
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.unreachable("a")
        bench.join("b", credit: 2)
        bench.join("a", credit: 2)
        #expect(bench.result(1, from: "a") == ["CANCEL 1 → b", "complete 1 as r1"])
        #expect(bench.result(1, from: "b", attempt: 2) == [])
        #expect(bench.settle(1) == ["OK 1 → a"])
        #expect(bench.settle(1) == [])
        #expect(bench.result(1, from: "b", attempt: 2) == [])
        #expect(bench.dispatcher.heldBytes == 0 && bench.dispatcher.leasedTasks == 0)
    }

    @Test func `take the result of a task that waits for its next attempt`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1)
        bench.fail(1, .transient, from: "a")
        #expect(bench.result(1, from: "a") == ["complete 1 as r1"])
        #expect(bench.pass(4_000, hearing: ["a": [:]]) == [])
        #expect(bench.settle(1) == ["OK 1 → a"])
    }

    @Test func `remember what they wait for when they come back`() {
        let bench = Bench { $0.unacknowledged = 1 }
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.enqueue(2)
        bench.result(1, from: "a")
        bench.unreachable("a")
        #expect(bench.join("a", credit: 2) == ["joined a/1", "WELCOME v1 → a"])
        #expect(bench.settle(1) == ["OK 1 → a", "TASK#2 2 → a"])
        #expect(bench.dispatcher.sessions.values.map(\.unacknowledged) == [0])
    }

    @Test func `survive what makes no sense`() {
        let bench = Bench()
        bench.join("a", credit: 0)
        bench.enqueue(1)
        let session = Array("a".utf8)
        for task in [[], [0xFF], Array("0.0.".utf8), Array("99999999999999999999.0.1".utf8), Array("7.0.1".utf8)] {
            for command: PoolMessage.Command in [
                .release(attempt: .max), .ok, .cancel, .who, .drain, .error(ErrorReply(code: 0, text: "")),
                .result(.init(att: .max, rid: "", ms: .max), body: []),
                .fail(.init(class: .fatal, code: "", text: "", att: .min)),
                .beat([.init(task: "1", ticks: .min), .init(task: "", ticks: .max)]),
            ] {
                let actions = bench.dispatcher.receive(PoolMessage(task: task, command), from: session, now: 0)
                #expect(actions.isEmpty)
            }
        }
        #expect(bench.dispatcher.heldTasks == 1)
    }

    @Test func `give the same actions for the same events`() {
        func run() -> [String] {
            let bench = Bench()
            var all: [String] = []
            for worker in 0..<20 { all += bench.join("w\(worker)", credit: 3) }
            for n in 1...80 { all += bench.enqueue(Int64(n), language: ["en", "de", "fr"][n % 3]) }
            for worker in 0..<10 { all += bench.unreachable("w\(worker)") }
            return all + bench.pass(10_000)
        }
        #expect(run() == run())
    }
}
