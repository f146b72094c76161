import TestKit
import Wire

@testable import Pool

/// What the dispatcher promises, looked at whenever it gives out a task and whenever one ends.
extension PoolWorld {
    func demand(_ isKept: Bool, _ fault: @autoclosure () -> String) { verdict.demand(isKept, fault()) }

    /// What holds of every task that is given out.
    mutating func check(_ frame: Frame, attempt: Int, to node: Frame) {
        guard let id = TaskID(frame), let article = articles[id] else {
            return demand(false, "an unknown task was sent")
        }
        demand(leased[id] == nil, "\(id) was leased twice at once")
        demand(!article.isDurable && !settling.contains(id), "\(id) was leased after its end")
        demand(attempt == article.attempts + 1, "\(id) was sent as attempt \(attempt) after \(article.attempts)")
        demand(!recording.contains(id), "\(id) was leased before its last attempt was durable")
        demand(attempt <= settings.attempts, "\(id) had \(attempt) attempts")
        let siblings = order.filter { articles[$0]?.work.key == article.work.key && $0 != id }
        demand(!siblings.contains { leased[$0] != nil }, "\(id) was leased beside its sibling")
        demand(
            !siblings.contains { $0 < id && articles[$0]?.isDurable == false }, "\(id) was leased before its sibling")
        let others = leased.values.filter { $0.node == node }
        if attempt > 1 { demand(others.isEmpty, "\(id) was sent in quarantine to a busy worker") }
        demand(!others.contains { $0.attempt > 1 }, "\(id) was sent to a worker that holds a task in quarantine")
        demand(others.count < 2 + Int(node[1]) % 2, "\(id) was sent beyond the credit of its worker")
        leased[id] = (node, attempt)
    }

    /// What holds of every task that ends, whatever came of it.
    mutating func end(_ id: TaskID) {
        guard let article = articles[id] else { return demand(false, "\(id) is unknown") }
        demand(!settling.contains(id) && !article.isDurable, "\(id) ended twice")
        demand(
            !order.contains {
                articles[$0]?.work.key == article.work.key && $0 < id && articles[$0]?.isDurable == false
            },
            "\(id) ended before its sibling")
        if rules.isOrdered {
            let earlier = order.filter { $0.origin == id.origin && $0 < id }
            demand(
                earlier.allSatisfy { articles[$0]?.isDurable == true || settling.contains($0) },
                "\(id) ended before one that came before it")
        }
        leased[id] = nil
        settling.append(id)
    }

    /// What holds of every task that becomes a dead letter.
    mutating func bury(_ id: TaskID, _ failure: FailureClass) {
        end(id)
        guard let article = articles[id] else { return }
        demand(
            article.attempts >= settings.attempts - 1 || failure != .transient,
            "\(id) was buried after \(article.attempts) attempts")
        if isGentle { demand(article.kind != .healthy, "\(id) is healthy and died of its neighbours") }
    }
}
