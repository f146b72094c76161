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

    @Test func `takes what an earlier journal could not say, and is set back once the later one answers`() {
        let events: [FollowerWorld.Event] = [
            .copy(isKnown: false), .publishFlaw(isPlaced: false), .serve(3), .mark, .serve(3), .swap,
            .foreign(isMark: true),
        ]
        #expect(FollowerWorld.fault(of: events) == nil)
    }

    @Test(
        "finds a journal that was set back behind what is lost, where it knows no link",
        arguments: [
            [
                .serve(6), .backUp, .pause, .publish(3, losing: 0, again: true), .retain(4), .resume, .stale(2),
                .serve(3),
                .restore(0, isSaid: false), .publish(3, losing: 7, again: false),
            ],
            [
                .backUp, .publish(3, losing: 0, again: false), .publish(2, losing: 2, again: false), .serve(4),
                .retain(4),
                .serve(3), .restore(0, isSaid: false), .publish(3, losing: 0, again: false),
                .publish(1, losing: 7, again: true), .publish(1, losing: 0, again: false),
            ],
            // A WELCOME agrees, and the journal is set back between that and the next message.
            [
                .backUp, .serve(3), .publish(2, losing: 6, again: false), .retain(3),
                .publish(2, losing: 2, again: true),
                .restart(isLate: true), .serve(3), .restore(0, isSaid: false), .publish(1, losing: 0, again: false),
                .publish(2, losing: 1, again: true),
            ],
        ] as [[FollowerWorld.Event]])
    func behindLosses(events: [FollowerWorld.Event]) {
        #expect(FollowerWorld.fault(of: events) == nil)
    }
}
