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
