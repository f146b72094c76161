import Testing
import Wire

@testable import Pool

@Suite struct `Redelivery` {
    @Test func `counts what a lost worker ran, and gives the rest back to the front`() {
        let bench = Bench()
        bench.join("a", credit: 3)
        for n in 1...4 { bench.enqueue(Int64(n)) }
        bench.busy([2: 1], from: "a")
        // Two threads: 1 and 2 may have begun; 3 cannot have.
        #expect(bench.unreachable("a") == ["left a/1", "attempts of 1: 1", "attempts of 2: 1"])
        let tasks = bench.join("b", credit: 1).dropFirst(2)
        #expect(tasks == ["TASK#2 1 → b"])
        #expect(bench.result(1, from: "b", attempt: 2) == ["complete 1 as r1", "TASK#2 2 → b"])
        #expect(bench.result(2, from: "b", attempt: 2) == ["complete 2 as r2", "TASK#1 3 → b"])
    }

    @Test func `does not count a task that was never sent`() {
        let bench = Bench()
        bench.join("a", credit: 3)
        bench.enqueue(1)
        bench.enqueue(2)
        #expect(bench.unreachable("a", unsent: 1, 2) == ["left a/1"])
        #expect(bench.join("b").last == "TASK#1 2 → b")
    }

    @Test func `never ends a healthy task because workers are gone before they get it`() {
        let bench = Bench()
        bench.enqueue(1)
        for attempt in 1...10 {
            #expect(bench.join("w\(attempt)").last == "TASK#1 1 → w\(attempt)")
            bench.unreachable("w\(attempt)", unsent: 1)
        }
    }

    @Test func `counts nothing of a worker that says goodbye`() {
        let bench = Bench()
        bench.join("a", credit: 3)
        bench.enqueue(1)
        bench.busy([1: 1], from: "a")
        #expect(bench.receive(.bye, from: "a") == ["left a/1"])
        #expect(bench.join("b").last == "TASK#1 1 → b")
    }

    @Test func `calls a worker lost after ttl without a sign of life`() {
        let bench = Bench()
        bench.pass(1_000)
        bench.join("a")
        bench.enqueue(1)
        #expect(bench.pass(4_000) == [])
        #expect(bench.pass(1_000) == ["left a/1", "attempts of 1: 1"])
    }

    @Test func `gives tasks of a silent worker to none that falls silent with it`() {
        let bench = Bench()
        bench.join("a", credit: 2)
        bench.join("b", credit: 2)
        bench.join("c", credit: 2)
        bench.enqueue(1)
        let actions = bench.pass(5_000)
        #expect(actions == ["left a/1", "attempts of 1: 1", "left b/1", "left c/1"])
    }

    @Test func `blames nobody for a time in which the head itself stood still`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1)
        bench.busy([1: 1], from: "a")
        bench.pass(1_000)
        bench.now += 3_600_000
        #expect(bench.pass(1_000) == [])
        #expect(bench.dispatcher.workers == 1 && bench.dispatcher.leasedTasks == 1)
    }

    @Test func `takes a task away whose ticks stand still`() {
        let bench = Bench { $0.lease = 3_000 }
        bench.join("a")
        bench.enqueue(1)
        #expect(bench.pass(3_000, hearing: ["a": [1: 7]]) == [])
        #expect(bench.pass(1_000, hearing: ["a": [1: 7]]) == ["CANCEL 1 → a", "attempts of 1: 1"])
    }

    @Test func `leaves a task alone whose ticks grow, until its cap`() {
        let bench = Bench {
            $0.lease = 2_000
            $0.cap = 10_000
        }
        bench.join("a")
        bench.enqueue(1)
        for step in 1...9 { #expect(bench.pass(1_000, hearing: ["a": [1: Int64(step)]]) == []) }
        #expect(bench.pass(1_000, hearing: ["a": [1: 99]]) == ["CANCEL 1 → a", "attempts of 1: 1"])
    }

    @Test func `takes back a task that got lost on its way, uncounted`() {
        let bench = Bench { $0.lease = 3_000 }
        bench.join("a", credit: 2)
        bench.join("b", credit: 2)
        bench.enqueue(1)
        let actions = bench.pass(3_000, hearing: ["a": [:], "b": [:]])
        #expect(actions == ["CANCEL 1 → a", "TASK#1 1 → a"])
    }

    @Test func `lets a task wait behind others for as long as they run`() {
        let bench = Bench {
            $0.lease = 3_000
            $0.cap = 60_000
        }
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.enqueue(2)
        for step in 1...20 { #expect(bench.pass(1_000, hearing: ["a": [1: Int64(step)]]) == []) }
    }

    @Test(arguments: [(1, 1_000), (2, 4_000), (3, 16_000), (4, 60_000)])
    func `waits longer after each failure, within a fifth`(attempt: Int, wait: Int64) {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, attempts: attempt - 1)
        #expect(bench.fail(1, .transient, from: "a", attempt: attempt) == ["attempts of 1: \(attempt)"])
        #expect(bench.pass(wait * 8 / 10 - 1, hearing: ["a": [:]]) == [])
        let later = bench.pass(wait * 4 / 10 + 2_000, hearing: ["a": [:]])
        #expect(later == ["TASK#\(attempt + 1) 1 → a"])
    }

    @Test func `buries a task after its fifth attempt`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, attempts: 4)
        #expect(bench.fail(1, .transient, from: "a", attempt: 5) == ["bury 1 transient after 1"])
        #expect(bench.settle(1) == [])
        #expect(bench.dispatcher.heldTasks == 0)
    }

    @Test func `buries a task whose fifth attempt ended the head itself`() {
        let bench = Bench()
        #expect(bench.enqueue(1, attempts: 5) == ["bury 1 transient after 0"])
        #expect(bench.enqueue(2, key: "key1", attempts: 5) == [])
        #expect(bench.settle(1) == ["bury 2 transient after 0"])
    }

    @Test(arguments: [FailureClass.invalid, .fatal])
    func `buries at once what no attempt can change`(failure: FailureClass) {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1)
        #expect(bench.fail(1, failure, from: "a") == ["bury 1 \(failure) after 1"])
    }

    @Test func `counts no failure of an attempt that is over`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, attempts: 1)
        #expect(bench.fail(1, .transient, from: "a", attempt: 1) == [])
        #expect(bench.fail(1, .transient, from: "b", attempt: 2) == ["WHO → b"])
        #expect(bench.receive(.release(attempt: 1), about: 1, from: "a") == [])
        #expect(bench.dispatcher.leasedTasks == 1)
    }

    @Test func `tries a task again only once its failed attempt is durable`() {
        let bench = Bench()
        bench.join("a", credit: 1)
        bench.enqueue(1)
        let actions = bench.dispatcher.unreachable(Array("a".utf8), now: 0)
        guard case .recordAttempt(let id, 1, let attempt)? = actions.last else {
            Issue.record("the attempt is not to be recorded: \(actions)")
            return
        }
        #expect(attempt.code == "worker-lost" && attempt.worker == "a/1" && attempt.attempt == 1)
        #expect(bench.join("b", credit: 1) == ["joined b/1", "WELCOME v1 → b"])
        #expect(bench.pass(3_000, hearing: ["b": [:]]) == [])
        let later = bench.dispatcher.recorded([id], now: bench.now)
        #expect(later.count == 1 && later.first?.task(for: Array("b".utf8)) == id)
        let again = bench.dispatcher.recorded([id], now: bench.now)
        #expect(again.isEmpty)
    }

    @Test func `takes a task back that is released, uncounted and first`() {
        let bench = Bench()
        bench.join("a", credit: 1)
        bench.enqueue(1)
        bench.enqueue(2)
        #expect(bench.receive(.release(attempt: 1), about: 1, from: "a") == ["TASK#1 1 → a"])
    }
}

@Suite struct `Quarantine` {
    @Test func `keeps a task that failed for an idle worker, and gives that one nothing else`() {
        let bench = Bench()
        bench.join("a", credit: 3)
        bench.enqueue(1)
        #expect(bench.enqueue(2, attempts: 1) == [])
        #expect(bench.enqueue(3) == [])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "TASK#2 2 → a"])
        #expect(bench.result(2, from: "a", attempt: 2) == ["complete 2 as r2", "TASK#1 3 → a"])
    }

    @Test func `leaves half of the workers to the other tasks`() {
        let bench = Bench()
        bench.join("a")
        bench.join("b")
        #expect(bench.enqueue(1, attempts: 1) == ["TASK#2 1 → a"])
        #expect(bench.enqueue(2, attempts: 1) == [])
        #expect(bench.enqueue(3) == ["TASK#1 3 → b"])
        #expect(bench.result(1, from: "a", attempt: 2) == ["complete 1 as r1", "TASK#2 2 → a"])
    }

    @Test func `frees the worker kept for a task when its result comes from another`() {
        let bench = Bench()
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.enqueue(2, attempts: 1)
        bench.join("late", credit: 0)
        #expect(bench.result(2, from: "late", attempt: 1) == ["complete 2 as r2"])
        #expect(bench.enqueue(3) == ["TASK#1 3 → a"])
    }

    @Test func `looks for another worker when the one kept free leaves or takes no more`() {
        let bench = Bench()
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.enqueue(2, attempts: 1)
        #expect(bench.join("b", credit: 2) == ["joined b/1", "WELCOME v1 → b"])
        #expect(bench.receive(.credit(0), from: "a") == ["TASK#2 2 → b"])
        bench.enqueue(3, attempts: 1)
        #expect(bench.unreachable("b") == ["left b/1", "attempts of 2: 2"])
        #expect(bench.join("c").last == "TASK#2 3 → c")
    }

    @Test func `parts a crashing task from its neighbours`() {
        let bench = Bench()
        bench.join("w0", credit: 3)
        bench.enqueue(1)
        bench.enqueue(2)
        bench.unreachable("w0")
        // 1 is well, 2 ends whoever touches it.
        #expect(bench.join("w1", credit: 3).last == "TASK#2 1 → w1")
        #expect(bench.result(1, from: "w1", attempt: 2) == ["complete 1 as r1", "TASK#2 2 → w1"])
        for attempt in 2...4 {
            #expect(bench.unreachable("w\(attempt - 1)").last == "attempts of 2: \(attempt)")
            #expect(bench.join("w\(attempt)").last == "TASK#\(attempt + 1) 2 → w\(attempt)")
        }
        #expect(bench.unreachable("w4") == ["left w4/1", "bury 2 transient after 5"])
    }
}
