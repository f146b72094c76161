import Testing
import Wire

@testable import Pool

@Suite struct `Notices` {
    private static let correction = Dispatcher.PassedNotice(id: "c", body: [1], isErasure: false)
    private static let erasure = Dispatcher.PassedNotice(id: "e", body: [1], isErasure: true)

    @Test func `need no worker`() {
        let bench = Bench()
        #expect(bench.enqueue(1, passed: Self.correction) == ["complete 1 as c"])
        #expect(bench.settle(1) == [])
        #expect(bench.dispatcher.heldTasks == 0 && bench.dispatcher.heldBytes == 0)
    }

    @Test func `wait for what came before of their article, and for nothing else`() {
        let bench = Bench()
        bench.enqueue(1, key: "k")
        bench.enqueue(2)
        #expect(bench.enqueue(3, key: "k", passed: Self.correction) == [])
        bench.join("a")
        bench.result(1, from: "a")
        #expect(bench.settle(1) == ["OK 1 → a", "complete 3 as c"])
    }

    @Test func `of an erasure wait for nobody: its articles come to nothing`() {
        let bench = Bench()
        bench.enqueue(1, key: "k")
        bench.enqueue(2, key: "other")
        bench.enqueue(3, key: "k", passed: Self.correction)
        bench.enqueue(4, key: "k")
        #expect(bench.enqueue(5, key: "k", passed: Self.erasure) == ["settle 1", "settle 4"])
        #expect(bench.settle(1) == ["complete 3 as c"])
        #expect(bench.settle(3) == [])
        #expect(bench.settle(4) == ["complete 5 as e"])
        #expect(bench.settle(5) == [])
        // Its text is not held any more.
        #expect(bench.join("a", credit: 5).filter { $0.hasPrefix("TASK") } == ["TASK#1 2 → a"])
    }

    @Test func `of an erasure take the article from the worker that has it, and forget its result`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, key: "k")
        #expect(bench.enqueue(2, key: "k", passed: Self.erasure) == ["CANCEL 1 → a", "settle 1"])
        #expect(bench.result(1, from: "a") == [])
        #expect(bench.settle(1) == ["complete 2 as e"])
        bench.settle(2)
        #expect(bench.dispatcher.leasedTasks == 0 && bench.dispatcher.heldTasks == 0)
    }

    @Test func `of an erasure end the attempts at its article`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, key: "k")
        bench.fail(1, .transient, from: "a")
        #expect(bench.enqueue(2, key: "k", passed: Self.erasure) == ["settle 1"])
        #expect(bench.pass(120_000, hearing: ["a": [:]]) == [])
        #expect(bench.settle(1) == ["complete 2 as e"])
    }

    @Test func `of an erasure take back what is about to be durable`() {
        let bench = Bench()
        bench.join("a")
        bench.enqueue(1, key: "k")
        bench.result(1, from: "a")
        #expect(bench.enqueue(2, key: "k", passed: Self.erasure) == ["discard 1"])
        #expect(bench.settle(1) == ["OK 1 → a", "complete 2 as e"])
    }

    @Test func `of an erasure wait for no other article where order matters`() {
        let bench = Bench { $0.isOrdered = true }
        bench.join("a", credit: 5)
        for (n, key) in [(1, "x"), (2, "k"), (3, "y"), (4, "k")] { bench.enqueue(Int64(n), key: key) }
        // It has ended, and waits for the first.
        #expect(bench.result(2, from: "a") == [] && bench.result(3, from: "a") == [])
        #expect(bench.enqueue(5, key: "k", passed: Self.erasure) == ["settle 2", "settle 4"])
        #expect(bench.settle(2) == ["OK 2 → a"])
        #expect(bench.settle(4) == ["complete 5 as e"])
        bench.settle(5)
        #expect(bench.result(1, from: "a") == ["complete 1 as r1", "complete 3 as r3"])
        #expect(bench.settle(1, 3) == ["OK 1 → a", "OK 3 → a"])
        #expect(bench.dispatcher.heldTasks == 0 && bench.dispatcher.resultBytes == 0)
        #expect(bench.enqueue(6) == ["TASK#1 6 → a"] && bench.result(6, from: "a") == ["complete 6 as r6"])
    }
}
