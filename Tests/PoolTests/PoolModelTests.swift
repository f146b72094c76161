import TestKit
import Testing

@testable import Pool

@Suite struct `The pool in random histories` {
    @Test(arguments: [1, 2, 3])
    func `settles every task once, in order, within its credit and quarantine`(workers: Int) {
        let failure = Histories.failure(of: 3_000) { random in
            PoolWorld.history(&random, workers: workers, isGentle: false)
        } run: { events, seed in
            PoolWorld.fault(of: events, workers: workers, seed: seed, isGentle: false)
        }
        #expect(failure == nil, "\(failure ?? "")")
    }

    @Test func `lets no healthy task die of the poison beside it`() {
        let failure = Histories.failure(of: 3_000) { random in
            PoolWorld.history(&random, workers: 2, isGentle: true)
        } run: { events, seed in
            PoolWorld.fault(of: events, workers: 2, seed: seed, isGentle: true)
        }
        #expect(failure == nil, "\(failure ?? "")")
    }
}
