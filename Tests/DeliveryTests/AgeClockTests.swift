import Testing

@testable import Delivery

@Suite struct `The time by which entries grow old` {
    static let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)

    @Test func `is the clock's, also when that is set back or a little ahead`() {
        var clock = AgeClock(oldest: 1_000 * Self.day, age: Self.day, wall: 1_000 * Self.day + 5, steady: 7)
        let moments: [(Int64, Int64)] = [
            (1_000 * Self.day, 10), (1_000 * Self.day + Self.hour, 20), (900 * Self.day, 30),
        ]
        for (wall, steady) in moments {
            let (now, leap) = clock.look(wall: wall, steady: steady)
            #expect(now == wall && leap == nil)
        }
        let (now, leap) = clock.look(wall: 900 * Self.day + 9 * Self.hour, steady: 30 + 9 * Self.hour)
        #expect(now == 900 * Self.day + 9 * Self.hour && leap == nil, "it went on as long as the steady one")
    }

    @Test func `is not a clock's that jumps ahead, for an hour`() {
        let start = 1_000 * Self.day
        var clock = AgeClock(oldest: start, age: Self.day, wall: start, steady: 0)
        let (now, leap) = clock.look(wall: start + 365 * Self.day, steady: 10)
        #expect(now == start + 10 && leap == 365 * Self.day - 10)
        let (later, again) = clock.look(wall: start + 365 * Self.day + Self.hour, steady: Self.hour)
        #expect(later == start + Self.hour && again == nil, "it is said once")
        let (end, last) = clock.look(wall: start + 365 * Self.day + Self.hour, steady: Self.hour + 10)
        #expect(end == start + 365 * Self.day + Self.hour && last == nil)
    }

    @Test func `is the clock's again once that is set right`() {
        let start = 1_000 * Self.day
        var clock = AgeClock(oldest: start, age: Self.day, wall: start, steady: 0)
        _ = clock.look(wall: start + 365 * Self.day, steady: 10)
        let (now, leap) = clock.look(wall: start + 20, steady: 20)
        #expect(now == start + 20 && leap == nil)
        #expect(clock.look(wall: start + 365 * Self.day, steady: 30).leap != nil, "another jump is another")
    }

    @Test(arguments: [
        (3 * day, day, true), (2 * day, day, false), (23 * hour, 1_000, false), (400 * day, 30 * day, true),
    ])
    func `starts with one that drops nothing where the clock would have more than a day of it dropped`(
        ahead: Int64, age: Int64, isHeld: Bool
    ) {
        let wall = 1_000 * Self.day + ahead
        var clock = AgeClock(oldest: 1_000 * Self.day, age: age, wall: wall, steady: 0)
        let (now, leap) = clock.look(wall: wall, steady: 0)
        #expect(now == (isHeld ? 1_000 * Self.day + age - Self.hour : wall) && (leap != nil) == isHeld)
        let (last, _) = clock.look(wall: wall + Self.hour - 1, steady: Self.hour - 1)
        #expect(!isHeld || last < 1_000 * Self.day + age, "a burst of old ones is kept as long as the rest")
        var new = AgeClock(oldest: nil, age: age, wall: ahead, steady: 0)
        #expect(new.look(wall: ahead, steady: 0).leap == nil, "an empty journal has nothing to lose")
    }
}
