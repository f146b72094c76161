import TestKit
import Wire

@testable import Pool

extension PoolWorld {
    /// The fault of a history, nil if all promises held.
    static func fault(of events: [Event], by rules: Rules, seed: UInt64) -> String? {
        var world = PoolWorld(rules, seed: seed)
        for event in events {
            world.apply(event)
            if world.fault != nil { return world.fault }
        }
        world.settleDown()
        return world.fault
    }

    /// Random events under these rules.
    static func history(_ random: inout SplitMix64, _ rules: Rules) -> [Event] {
        (0..<(5 + random.below(12))).map { _ in
            let worker = random.below(rules.workers)
            switch random.below(rules.isGentle ? 16 : 26) {
            case 0...2:
                return .enqueue(key: random.below(3), random.oneIn(rules.isGentle ? 3 : 6) ? .poison : kind(&random))
            case 3...5: return .step(worker)
            case 6...8: return .work(worker)
            case 9...11: return .deliver(worker)
            case 12, 13: return .commit(1 + random.below(3))
            case 14: return .pass(rules.isGentle ? 1_000 : [200, 1_000, 3_000, 6_000][random.below(4)])
            case 15: return .record
            case 24: return .crashHead
            case 25: return .crash(worker)
            case 16: return .freeze(worker)
            case 17: return .thaw(worker)
            case 18: return .loseToHead(worker)
            case 19: return .loseToWorker(worker)
            case 20: return .repeatResult(worker)
            case 21: return .nonsense(worker)
            case 22: return .stop(worker)
            default: return .restartHead
            }
        }
    }

    private static func kind(_ random: inout SplitMix64) -> Kind {
        switch random.below(20) {
        case 0: .hanging
        case 1: .invalid
        case 2: .flaky
        default: .healthy
        }
    }

    /// Lets the world run undisturbed: in bounded time every task must have ended, and nothing may be left.
    private mutating func settleDown() {
        for index in nodes.indices { nodes[index].isFrozen = false }
        var rounds = 0
        while !isDone {
            rounds += 1
            guard rounds < 100 else {
                let open = order.filter { articles[$0]?.isDurable == false }
                return demand(false, "after 100 quiet rounds \(open) are open and left is: \(remainders)")
            }
            // Where all that is left waits or hangs, larger steps do, as long as no worker counts as silent.
            pass(nodes.allSatisfy { $0.running.isEmpty && $0.down.isEmpty } || rounds > 8 ? 4_000 : 1_000)
            for index in nodes.indices {
                step(index)
                while nodes[index].running.contains(where: { TaskID($0).flatMap { articles[$0] }?.kind != .hanging }) {
                    work(index)
                }
                deliver(index)
            }
            record()
            commit(settling.count)
            if fault != nil { return }
        }
    }

    private var isDone: Bool {
        settling.isEmpty && dispatcher.heldTasks == 0 && remainders.isEmpty
            && nodes.allSatisfy { $0.session.unacknowledgedResults == 0 && $0.running.isEmpty }
    }

    /// What the dispatcher accounts for although nothing should be left.
    private var remainders: String {
        guard dispatcher.heldTasks == 0 else { return "\(dispatcher.heldTasks) tasks" }
        let sessions = dispatcher.sessions.values
        let isClean =
            dispatcher.heldBytes == 0 && dispatcher.leasedTasks == 0 && dispatcher.keys.isEmpty
            && dispatcher.waiting.isEmpty && dispatcher.held.isEmpty && dispatcher.resultBytes == 0
            && dispatcher.lineup.values.allSatisfy(\.isEmpty) && recording.isEmpty
            && dispatcher.roster.count == sessions.count && leased.isEmpty
            && sessions.allSatisfy { $0.bytes == 0 && $0.unacknowledged == 0 && $0.quarantine == nil }
        return isClean ? "" : "\(dispatcher.heldBytes) bytes, leases \(leased), \(sessions)"
    }
}
