import Testing
import Wire

@testable import Pool

@Suite struct `Dispatch` {
    @Test func `gives a worker no more than its credit`() {
        let bench = Bench()
        bench.join("a", credit: 2)
        #expect(bench.enqueue(1) == ["TASK#1 1 → a"])
        #expect(bench.enqueue(2) == ["TASK#1 2 → a"])
        #expect(bench.enqueue(3) == [])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "TASK#1 3 → a"])
    }

    @Test func `bounds the credit that a worker asks for`() {
        let bench = Bench { $0.credit = 2 }
        bench.join("a", credit: .max)
        for n in 1...5 { bench.enqueue(Int64(n)) }
        #expect(bench.dispatcher.leasedTasks == 2)
    }

    @Test func `prefers the worker with the fewest bytes outstanding`() {
        let bench = Bench()
        bench.join("a", credit: 9)
        bench.join("b", credit: 9)
        #expect(bench.enqueue(1, bytes: 100) == ["TASK#1 1 → a"])
        #expect(bench.enqueue(2, bytes: 10) == ["TASK#1 2 → b"])
        #expect(bench.enqueue(3, bytes: 10) == ["TASK#1 3 → b"])
        #expect(bench.enqueue(4, bytes: 200) == ["TASK#1 4 → b"])
        #expect(bench.enqueue(5, bytes: 10) == ["TASK#1 5 → a"])
    }

    @Test func `gives a task only to workers that read its language`() {
        let bench = Bench()
        bench.join("a", languages: ["de", "fr"])
        #expect(bench.enqueue(1, language: "en") == [])
        #expect(bench.enqueue(2, language: "fr") == ["TASK#1 2 → a"])
        #expect(bench.join("b", languages: ["*"]).last == "TASK#1 1 → b")
    }

    @Test func `serves the oldest task first, whatever its language`() {
        let bench = Bench()
        bench.enqueue(1, language: "zh")
        bench.enqueue(2, language: "de")
        bench.enqueue(3, language: "en")
        let tasks = bench.join("a", credit: 3).suffix(3)
        #expect(tasks == ["TASK#1 1 → a", "TASK#1 2 → a", "TASK#1 3 → a"])
    }

    @Test func `lets a task that is too big for the workers hold up no other`() {
        let bench = Bench()
        bench.join("a", credit: 1, maxBytes: 50)
        #expect(bench.enqueue(1, bytes: 51) == [])
        #expect(bench.enqueue(2) == ["TASK#1 2 → a"])
        #expect(bench.join("b", maxBytes: 51).last == "TASK#1 1 → b")
    }

    @Test func `says once that others wait for long articles, and only where no worker is free and something waits`() {
        let bench = Bench()
        for worker in ["a", "b"] { bench.join(worker, credit: 1) }
        bench.enqueue(1, bytes: 800)
        #expect(bench.pass(4_000, hearing: ["a": [1: 1], "b": [:]]) == [])
        bench.enqueue(2, bytes: 900)
        #expect(bench.pass(4_000, hearing: ["a": [1: 2], "b": [2: 2]]) == [])
        bench.enqueue(3)
        #expect(bench.pass(4_000, hearing: ["a": [1: 3], "b": [2: 3]]) == ["held up by 2"])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "TASK#1 3 → a"])
        bench.enqueue(4)
        #expect(bench.pass(1_000, hearing: ["a": [3: 1], "b": [2: 4]]) == [])
        #expect(bench.pass(1_000, hearing: ["a": [3: 2], "b": [2: 5]]) == ["held up by 2"])
    }

    @Test func `does versions of one article one after the other, in order`() {
        let bench = Bench()
        bench.join("a", credit: 5)
        #expect(bench.enqueue(1, key: "k") == ["TASK#1 1 → a"])
        #expect(bench.enqueue(2, key: "k") == [])
        #expect(bench.enqueue(3, key: "k") == [])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1"])
        #expect(bench.settle(1) == ["OK 1 → a", "TASK#1 2 → a"])
        #expect(bench.fail(2, .invalid, from: "a") == ["bury 2 invalid after 1"])
        #expect(bench.settle(2) == ["TASK#1 3 → a"])
    }

    @Test func `leaves the result of a later version with its worker until the earlier one is settled`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, key: "k")
        bench.enqueue(2, key: "k")
        #expect(bench.result(2, from: "a") == [])
        bench.result(1, from: "a")
        #expect(bench.settle(1) == ["OK 1 → a", "TASK#1 2 → a"])
        #expect(bench.result(2, from: "a") == ["complete 2 as r2"])
    }

    @Test func `takes a task once`() {
        let bench = Bench()
        bench.enqueue(1)
        #expect(bench.enqueue(1) == [])
        #expect(bench.dispatcher.heldTasks == 1 && bench.dispatcher.heldBytes == 10)
    }

    @Test func `is full at the bound of tasks or of bytes, and has room at half of it`() {
        let bench = Bench {
            $0.tasks = 4
            $0.bytes = 100
        }
        bench.join("a", credit: 9)
        for n in 1...4 {
            #expect(!bench.dispatcher.isFull)
            bench.enqueue(Int64(n))
        }
        #expect(bench.dispatcher.isFull)
        bench.result(1, from: "a")
        bench.settle(1)
        #expect(!bench.dispatcher.isFull && !bench.dispatcher.hasRoom)
        bench.result(2, from: "a")
        bench.settle(2)
        #expect(bench.dispatcher.hasRoom)
        bench.enqueue(5, bytes: 80)
        #expect(bench.dispatcher.isFull && !bench.dispatcher.hasRoom)
    }

    @Test func `has room for one task where it may hold one`() {
        let bench = Bench { $0.tasks = 1 }
        #expect(bench.dispatcher.hasRoom)
        bench.enqueue(1)
        #expect(bench.dispatcher.isFull && !bench.dispatcher.hasRoom)
    }

    @Test func `leaves a worker in peace whose results wait for the journal`() {
        let bench = Bench { $0.unacknowledged = 2 }
        bench.join("a", credit: 1)
        bench.enqueue(1)
        bench.enqueue(2)
        bench.enqueue(3)
        bench.result(1, from: "a")
        #expect(bench.result(2, from: "a") == ["complete 2 as r2"])
        #expect(bench.settle(1) == ["OK 1 → a", "TASK#1 3 → a"])
    }

    @Test func `gives out nothing more once it drains`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1)
        #expect(bench.drain() == ["DRAIN → a"])
        #expect(bench.receive(.release(attempt: 1), about: 1, from: "a") == [])
        #expect(bench.dispatcher.leasedTasks == 0 && bench.dispatcher.heldTasks == 1)
        #expect(bench.join("b") == ["joined b/1", "WELCOME v1 → b", "DRAIN → b"])
    }

    @Test func `still completes what was running once it drains`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1)
        _ = bench.drain()
        #expect(bench.result(1, from: "a") == ["complete 1 as r1"])
        #expect(bench.settle(1) == ["OK 1 → a"])
    }
}

@Suite struct `Results that wait` {
    @Test func `keep further tasks back until they are durable`() {
        let bench = Bench { $0.resultBytes = 2 }
        bench.join("a", credit: 2)
        for n in 1...5 { bench.enqueue(Int64(n)) }
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "TASK#1 3 → a"])
        #expect(bench.result(2, from: "a") == ["complete 2 as r2"])
        #expect(bench.result(3, from: "a") == ["complete 3 as r3"])
        #expect(bench.settle(1, 2) == ["OK 1 → a", "OK 2 → a", "TASK#1 4 → a", "TASK#1 5 → a"])
    }

    @Test func `are made anew where there is no room for them, uncounted`() {
        let bench = Bench { $0.resultBytes = 1 }
        bench.join("a", credit: 3)
        for n in 1...3 { bench.enqueue(Int64(n)) }
        bench.result(1, from: "a")
        #expect(bench.result(2, from: "a") == ["complete 2 as r2"])
        #expect(bench.result(3, from: "a") == ["CANCEL 3 → a"])
        #expect(bench.settle(1) == ["OK 1 → a"])
        #expect(bench.settle(2) == ["OK 2 → a", "TASK#1 3 → a"])
        #expect(bench.result(3, from: "a") == ["complete 3 as r3"])
    }

    @Test func `do so without harm to the worker that has the task now`() {
        let bench = Bench { $0.resultBytes = 1 }
        bench.join("a", credit: 3)
        for n in 1...3 { bench.enqueue(Int64(n)) }
        bench.result(1, from: "a")
        bench.result(2, from: "a")
        bench.join("late", credit: 0)
        #expect(bench.result(3, from: "late") == ["CANCEL 3 → late"])
        #expect(bench.dispatcher.leasedTasks == 1)
    }
}

@Suite struct `A task that no worker could take` {
    @Test(arguments: [("fr", 10), ("en", 51)])
    func `ends as a dead letter after a time, and holds up no other`(language: String, bytes: Int) {
        let bench = Bench { $0.unfit = 10_000 }
        bench.pass(1_000)
        bench.join("a", languages: ["en"], maxBytes: 50)
        bench.enqueue(1, language: language, bytes: bytes)
        #expect(bench.enqueue(2) == ["TASK#1 2 → a"])
        bench.pass(10_000, hearing: ["a": [2: 1]])
        #expect(bench.pass(1_000, hearing: ["a": [2: 2]]) == ["bury 1 transient after 0"])
        #expect(bench.settle(1) == [])
    }

    @Test func `waits while there is no worker at all`() {
        let bench = Bench { $0.unfit = 10_000 }
        bench.enqueue(1)
        #expect(bench.pass(60_000) == [])
        #expect(bench.join("a").last == "TASK#1 1 → a")
    }

    @Test func `is given out if one comes that can`() {
        let bench = Bench { $0.unfit = 10_000 }
        bench.join("a", languages: ["en"])
        bench.enqueue(1, language: "fr")
        bench.pass(9_000, hearing: ["a": [:]])
        #expect(bench.join("b", languages: ["fr"]).last == "TASK#1 1 → b")
        #expect(bench.pass(9_000, hearing: ["a": [:], "b": [1: 1]]) == [])
        #expect(bench.dispatcher.unfit.isEmpty)
    }

    @Test func `is no task that waits for an earlier version`() {
        let bench = Bench { $0.unfit = 2_000 }
        bench.join("a", languages: ["en"])
        bench.enqueue(1, key: "k")
        bench.enqueue(2, key: "k", language: "fr")
        #expect(bench.pass(4_000, hearing: ["a": [1: 1]]) == [])
    }
}

@Suite struct `Where order matters` {
    private func bench(_ change: (inout Dispatcher.Settings) -> Void = { _ in }) -> Bench {
        Bench {
            $0.isOrdered = true
            change(&$0)
        }
    }

    @Test func `results wait for those before them`() {
        let bench = bench()
        bench.join("a", credit: 4)
        for n in 1...4 { bench.enqueue(Int64(n)) }
        #expect(bench.result(3, from: "a") == [])
        #expect(bench.result(2, from: "a") == [])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "complete 2 as r2", "complete 3 as r3"])
        #expect(bench.result(4, from: "a") == ["complete 4 as r4"])
        #expect(bench.settle(1, 2, 3, 4) == ["OK 1 → a", "OK 2 → a", "OK 3 → a", "OK 4 → a"])
    }

    @Test func `dead letters do so, too`() {
        let bench = bench()
        bench.join("a", credit: 2)
        bench.enqueue(1)
        bench.enqueue(2)
        #expect(bench.fail(2, .invalid, from: "a") == [])
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "bury 2 invalid after 1"])
    }

    @Test func `what all others wait for is given out however many results wait`() {
        let bench = bench {
            $0.unacknowledged = 1
            $0.resultBytes = 1
            $0.backOff = [1_000]
        }
        bench.join("a", credit: 3)
        for n in 1...3 { bench.enqueue(Int64(n)) }
        bench.fail(1, .transient, from: "a")
        #expect(bench.result(2, from: "a") == [])
        #expect(bench.result(3, from: "a") == [])
        #expect(bench.pass(3_000, hearing: ["a": [:]]) == ["TASK#2 1 → a"])
        let all = ["complete 1 as r1", "complete 2 as r2", "complete 3 as r3"]
        #expect(bench.result(1, from: "a", attempt: 2) == all)
    }
}
