import TestKit
import Testing

@Suite struct `A follower in random histories` {
    @Test(arguments: 0..<4)
    func `delivers everything once and in order, or says what is lost`(part: Int) {
        let failure = Histories.failure(of: 12_000) { random in
            FollowerWorld.history(&random)
        } run: { events, _ in
            FollowerWorld.fault(of: events)
        }
        #expect(failure == nil, "\(failure ?? "")")
    }
}
