import TestKit
import Testing

@testable import Pool

@Suite struct `The pool in random histories` {
    @Test(arguments: [1, 2, 3])
    func `settles every task once, in order, within its credit and quarantine`(workers: Int) {
        let failure = failure(PoolWorld.Rules(workers: workers))
        #expect(failure == nil, "\(failure ?? "")")
    }

    @Test(arguments: [1, 2, 3])
    func `completes tasks in the order of their articles where that is asked for`(workers: Int) {
        let failure = failure(PoolWorld.Rules(workers: workers, isOrdered: true))
        #expect(failure == nil, "\(failure ?? "")")
    }

    @Test(arguments: [1, 2], [false, true])
    func `counts what ends the head itself`(workers: Int, isOrdered: Bool) {
        let failure = failure(PoolWorld.Rules(workers: workers, isOrdered: isOrdered, isInProcess: true))
        #expect(failure == nil, "\(failure ?? "")")
    }

    @Test(arguments: [false, true])
    func `lets no healthy task die of the poison beside it`(isInProcess: Bool) {
        let failure = failure(PoolWorld.Rules(workers: 2, isGentle: true, isInProcess: isInProcess))
        #expect(failure == nil, "\(failure ?? "")")
    }

    private func failure(_ rules: PoolWorld.Rules) -> String? {
        Histories.failure(of: 2_500) { random in
            PoolWorld.history(&random, rules)
        } run: { events, seed in
            PoolWorld.fault(of: events, by: rules, seed: seed)
        }
    }
}
