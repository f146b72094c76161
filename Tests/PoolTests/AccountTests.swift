import Journal
import Testing
import Wire

@testable import Pool

@Suite struct `An account` {
    @Test func `moves its cursor over what is settled without a hole`() {
        var account = Account(cursor: 10)
        account.settle(12)
        account.settle(13)
        #expect(account.cursor == 10 && account.isSettled(12) && !account.isSettled(11))
        account.settle(11)
        #expect(account.cursor == 13 && account.isSettled(1))
        account.settle(5)
        #expect(account == Account(cursor: 13))
    }

    @Test func `begins with what was settled before`() {
        #expect(Account(cursor: 2, settled: [1, 3, 4, 6]).cursor == 4)
    }

    @Test func `moves over what is lost`() {
        var account = Account(cursor: 1)
        account.settle(6)
        account.lose(3...5)
        #expect(account.cursor == 1 && account.isSettled(4) && !account.isSettled(2))
        account.settle(2)
        #expect(account == Account(cursor: 6))
        account.lose(1...4)
        account.lose(5...8)
        #expect(account == Account(cursor: 8))
    }

    @Test func `opens what was settled under a number that another entry has now`() {
        let (old, new) = (Link.start.next("old"), Link.start.next("new"))
        var account = Account(epoch: "e", cursor: 1, settled: [3, 4], links: [3: old, 4: old])
        account.hear(of: 2, link: old)
        account.hear(of: 3, link: old)
        account.hear(of: 4, link: new)
        #expect(account.isSettled(3) && !account.isSettled(4))
        account.settle(2)
        #expect(account.cursor == 3 && account.reach.trail.points.map(\.n) == [2, 3])
        account.settle(4)
        #expect(account.cursor == 4 && account.reach.trail.newest == Trail.Point(n: 4, link: new))
    }

    @Test func `has no point where it does not know the link`() {
        var account = Account(epoch: "e", cursor: 0)
        account.hear(of: 1, link: .start)
        account.settle(1)
        account.settle(2)
        account.lose(3...5)
        #expect(account.cursor == 5 && account.reach.trail.points.map(\.n) == [1])
    }
}

@Suite struct `A queue` {
    @Test func `gives back what returned before what came`() {
        var queue = Queue<Int>()
        for number in 0..<1_000 { queue.append(number) }
        let some = (0..<500).map { _ in queue.popFirst() }
        #expect(some == Array(0..<500))
        queue.putBack(-1)
        queue.putBack(-2)
        #expect(queue.count == 502 && queue.first == -2)
        let rest = (0..<502).map { _ in queue.popFirst() }
        #expect(rest == [-2, -1] + Array(500..<1_000))
        let none = queue.popFirst()
        #expect(queue.isEmpty && queue.count == 0 && queue.first == nil && none == nil)
    }
}

@Suite struct `A task's name` {
    @Test(arguments: [TaskID(origin: 0, n: 1), TaskID(origin: 7, epoch: .max, n: .max, history: .max)])
    func `is read back`(id: TaskID) {
        #expect(TaskID(id.frame) == id && id.frame.count <= 64)
    }

    @Test(arguments: [
        "", ".", "..", "1.2", "1.2.3.g", "1.2.3.4.5", "a.1.1", "1.g.1", "1.1.x", "1.10000000000000000.1", "1.1.\u{0}",
    ])
    func `is nothing else`(text: String) {
        #expect(TaskID(Array(text.utf8)) == nil)
    }
}
