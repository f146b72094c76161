import Testing
import Wire

@testable import Streams

@Suite final class `A follower` {
    static let epoch = "00000000000000aa"
    static let other = "00000000000000bb"

    var follower = StreamFollower(stream: "raw")
    var now: Int64 = 0

    static func message(_ n: Int64, epoch: String = epoch, stream: String = "raw", bytes: Int = 1) -> StreamMessage {
        StreamMessage(
            topic: "\(stream)/1/en/x/", position: Position(s: stream, e: epoch, n: n, p: 0, id: "i", ts: "t"),
            body: [UInt8](repeating: 1, count: bytes))
    }

    func hear(_ event: StreamFollower.Event) -> [String] {
        follower.receive(event, now: now).map { action in
            switch action {
            case .hello: "HELLO"
            case .fetch(let fetch): "FETCH \(fetch.from)-\(fetch.to ?? 0)"
            case .deliver(let message): "\(message.position.n)"
            case .passOver(let message, let error): "over \(message.position.n) \(error.reason)"
            case .reconnect: "reconnect"
            case .begin(let identity, let cursor): "begin \(identity.epoch.suffix(2)) at \(cursor)"
            case .setBack(let identity, let from, let to): "\(identity.epoch.suffix(2)) back from \(from) to \(to)"
            case .lost(let from, let through): "lost \(from)-\(through)"
            case .stuck(let n, _): "stuck at \(n)"
            case .fail(let error): "fail \(error.code)"
            }
        }
    }

    func live(_ n: Int64) -> [String] { hear(.live(Self.message(n))) }
    func item(_ n: Int64) -> [String] { hear(.item(Self.message(n))) }
    func mark(_ n: Int64) -> [String] { hear(.mark(Mark(s: "raw", e: Self.epoch, n: n, lo: 1, ts: "t"))) }
    func end(_ next: Int64, hi: Int64) -> [String] {
        hear(.end(ControlMessage.End(e: Self.epoch, next: next, hi: hi)))
    }
    func welcome(lo: Int64 = 1, hi: Int64 = 0, epoch: String = epoch) -> [String] {
        hear(.welcome(ControlMessage.Bounds(e: epoch, lo: lo, hi: hi)))
    }
    func start(lo: Int64 = 1, hi: Int64 = 0) -> [String] {
        _ = hear(.connected)
        return welcome(lo: lo, hi: hi)
    }
    func wait(_ time: Int64) -> [String] {
        now += time
        return hear(.tick)
    }

    @Test func `takes a stream as it is met, from its oldest message on`() {
        #expect(hear(.connected) == ["HELLO"])
        #expect(live(9) == [])
        #expect(welcome(lo: 4, hi: 6) == ["begin aa at 3", "FETCH 4-6"])
        #expect(item(4) == ["4"] && item(5) == ["5"] && item(6) == ["6"])
        #expect(!follower.isCaughtUp)
        #expect(end(7, hi: 6) == [])
        #expect(follower.isCaughtUp && follower.cursor == 6)
    }

    @Test func `delivers what is live and next, and drops what it had`() {
        #expect(start() == ["begin aa at 0"])
        #expect(live(1) == ["1"] && live(2) == ["2"])
        #expect(live(2) == [] && live(1) == [])
    }

    @Test func `keeps what comes beyond a hole, and fetches the hole`() {
        _ = start()
        #expect(live(3) == ["FETCH 1-3"])
        #expect(live(4) == [])
        #expect(item(1) == ["1"] && item(2) == ["2"])
        #expect(end(4, hi: 4) == ["3", "4"])
        #expect(follower.isCaughtUp && follower.bufferedMessages == 0)
    }

    @Test func `sees a lost tail by the mark`() {
        _ = start()
        #expect(mark(0) == [])
        #expect(mark(2) == ["FETCH 1-2"])
        #expect(mark(2) == [])
    }

    @Test func `asks for the rest where an answer ends early`() {
        _ = start(hi: 5)
        #expect(item(1) == ["1"])
        #expect(end(2, hi: 5) == ["FETCH 2-5"])
    }

    @Test func `says that it is stuck where two answers in a row bring nothing from the same place`() {
        _ = start(hi: 5)
        #expect(end(1, hi: 5) == [])
        #expect(wait(5_000) == ["HELLO"])
        #expect(hear(.welcome(.init(e: Self.epoch, lo: 1, hi: 5))) == ["FETCH 1-5"])
        #expect(end(1, hi: 5) == ["stuck at 1"])
        #expect(wait(5_000) == ["HELLO"])
        #expect(hear(.welcome(.init(e: Self.epoch, lo: 1, hi: 5))) == ["FETCH 1-5"])
        #expect(item(1) == ["1"])
        #expect(end(2, hi: 5) == ["FETCH 2-5"], "it gets on")
        #expect(end(2, hi: 5) == [])
    }

    func unreadable(_ n: Int64?) -> [String] {
        hear(
            .unreadable(
                UnreadableItem(
                    position: n.map { Self.message($0).position }, error: WireError(400, "empty-body", "no body"))))
    }

    @Test func `passes over what cannot be read and has a place`() {
        _ = start(hi: 4)
        #expect(item(1) == ["1"] && unreadable(2) == ["over 2 empty-body"])
        #expect(unreadable(2) == [] && unreadable(4) == [], "these are not next")
        #expect(item(3) == ["3"] && unreadable(4) == ["over 4 empty-body"])
        #expect(end(5, hi: 4) == [] && follower.isCaughtUp)
    }

    @Test func `passes over what has no place where as many are missing`() {
        _ = start(hi: 6)
        #expect(item(1) == ["1"] && unreadable(nil) == [] && unreadable(nil) == [])
        #expect(item(4) == ["over 2 bad-position", "over 3 bad-position", "4"])
        #expect(item(5) == ["5"] && unreadable(nil) == [] && end(7, hi: 6) == [])
        #expect(!follower.isCaughtUp, "nothing comes behind it that tells its link")
        #expect(mark(6) == ["over 6 bad-position"])
        #expect(follower.isCaughtUp && follower.cursor == 6)
    }

    @Test func `asks again who the server is before it passes over what has no place at the start of an answer`() {
        let links = (1...3).reduce(into: [Link.start]) { links, n in links.append((links.last ?? .start).next("\(n)")) }
        func message(_ n: Int) -> StreamMessage {
            var message = Self.message(Int64(n))
            (message.position.id, message.position.h) = ("\(n)", links[n])
            return message
        }
        _ = start(hi: 2)
        #expect(unreadable(nil) == [] && hear(.item(message(2))) == ["HELLO"])
        #expect(welcome(hi: 2) == ["FETCH 1-2"])
        #expect(unreadable(nil) == [] && hear(.item(message(2))) == ["over 1 bad-position", "2"])
        #expect(end(3, hi: 3) == ["FETCH 3-3"] && unreadable(nil) == [] && end(4, hi: 3) == [])
        let mark = Mark(s: "raw", e: Self.epoch, n: 3, lo: 1, ts: "t", h: links[3])
        #expect(hear(.mark(mark)) == ["HELLO"])
        #expect(welcome(hi: 3) == ["FETCH 3-3"] && unreadable(nil) == [] && end(4, hi: 3) == [])
        #expect(hear(.mark(mark)) == ["over 3 bad-position"] && follower.isCaughtUp)
    }

    @Test func `asks for what stands behind messages without a place`() {
        _ = start(hi: 3)
        #expect(unreadable(nil) == [] && unreadable(nil) == [])
        #expect(end(3, hi: 3) == ["FETCH 3-3"])
        #expect(item(3) == ["over 1 bad-position", "over 2 bad-position", "3"])
        #expect(end(4, hi: 3) == [] && follower.isCaughtUp)
    }

    @Test func `asks for the same again only after a rest, with messages without a place before it, too`() {
        _ = start(hi: 3)
        #expect(unreadable(nil) == [] && end(2, hi: 3) == ["FETCH 2-3"])
        #expect(end(2, hi: 3) == [] && mark(3) == [])
        #expect(wait(5_000) == ["HELLO"])
    }

    @Test func `passes over nothing that did not come`() {
        _ = start(hi: 5)
        #expect(unreadable(nil) == [] && item(3) == [], "two are missing, and one came")
        #expect(end(1, hi: 5) == [])
        #expect(wait(5_000) == ["HELLO"] && welcome(hi: 5) == ["FETCH 1-5"])
        #expect(end(6, hi: 5) == ["stuck at 1"], "what came before belonged to another answer")
        _ = wait(5_000)
        _ = welcome(hi: 5)
        #expect(unreadable(nil) == [] && item(1) == ["1"] && item(3) == [], "it came in addition")
    }

    @Test func `passes over nothing live`() {
        _ = start()
        #expect(unreadable(1) == [] && unreadable(nil) == [])
        #expect(live(1) == ["1"])
    }

    @Test func `says that it is stuck where a server greets and then falls silent, twice`() {
        _ = start(hi: 2)
        #expect(wait(5_000) == ["reconnect"] && hear(.connected) == ["HELLO"])
        #expect(welcome(hi: 2) == ["FETCH 1-2"])
        #expect(wait(5_000) == ["stuck at 1", "reconnect"])
    }

    @Test func `does not ask again at once for what the server could not give`() {
        _ = start(hi: 5)
        #expect(end(1, hi: 5) == [])
        #expect(mark(5) == [] && live(6) == [])
        #expect(wait(4_999) == [])
        #expect(wait(1) == ["HELLO"])
        #expect(welcome(hi: 6) == ["FETCH 1-6"])
    }

    @Test func `takes the end of the stream from the server`() {
        _ = start(hi: 5)
        for n in 1...3 { _ = item(Int64(n)) }
        #expect(end(4, hi: 3) == [])
        #expect(follower.isCaughtUp)
    }

    @Test func `says what is past retention, and goes on behind it`() {
        _ = start(hi: 9)
        #expect(item(1) == ["1"])
        #expect(hear(.gone(ControlMessage.Gone(e: Self.epoch, lo: 6))) == ["HELLO"])
        #expect(welcome(lo: 6, hi: 9) == ["lost 2-5", "FETCH 6-9"])
        #expect(hear(.gone(ControlMessage.Gone(e: Self.epoch, lo: 8))) == ["HELLO"])
        #expect(welcome(lo: 6, hi: 9) == [], "it does not spin where the two contradict each other")
    }

    @Test func `does not spin on a GONE that says nothing`() {
        _ = start(hi: 9)
        #expect(hear(.gone(ControlMessage.Gone(e: Self.epoch, lo: 1))) == [])
        #expect(wait(5_000) == ["HELLO"])
    }

    @Test func `throws an overflowing buffer away and fetches instead`() {
        var settings = StreamFollower.Settings()
        settings.bufferedMessages = 2
        follower = StreamFollower(stream: "raw", settings: settings)
        _ = start()
        _ = live(2)
        _ = live(3)
        #expect(follower.bufferedMessages == 2)
        _ = live(4)
        #expect(follower.bufferedMessages == 0)
        #expect(item(1) == ["1"] && item(2) == ["2"])
        #expect(end(3, hi: 4) == ["FETCH 3-4"])
    }

    @Test func `bounds its buffer in bytes`() {
        var settings = StreamFollower.Settings()
        settings.bufferedBytes = 10
        follower = StreamFollower(stream: "raw", settings: settings)
        _ = start()
        _ = hear(.live(Self.message(2, bytes: 10)))
        #expect(follower.bufferedMessages == 1)
        _ = hear(.live(Self.message(3, bytes: 1)))
        #expect(follower.bufferedMessages == 0)
    }

    @Test func `leaves the rest to a later FETCH while its owner is full`() {
        _ = start(hi: 600)
        _ = hear(.pause)
        #expect(live(601) == [])
        for n in 1...256 { #expect(item(Int64(n)) == ["\(n)"]) }
        #expect(end(257, hi: 601) == [])
        #expect(mark(700) == [] && wait(60_000) == [])
        #expect(hear(.resume) == ["FETCH 257-512"])
    }

    @Test func `makes the connection anew where no answer comes`() {
        #expect(hear(.connected) == ["HELLO"])
        #expect(wait(4_999) == [] && wait(1) == ["reconnect"])
        #expect(hear(.connected) == ["HELLO"])
        #expect(welcome(hi: 3) == ["begin aa at 0", "FETCH 1-3"])
        #expect(wait(4_000) == [] && item(1) == ["1"])
        #expect(wait(4_999) == [] && wait(1) == ["reconnect"])
        #expect(hear(.connected) == ["HELLO"] && welcome(hi: 3) == ["FETCH 2-3"])
    }

    @Test func `takes no stale answer for a new one`() {
        _ = start(hi: 3)
        _ = hear(.connected)
        #expect(item(1) == [] && end(4, hi: 3) == [])
        #expect(hear(.gone(ControlMessage.Gone(e: Self.epoch, lo: 3))) == [])
        #expect(welcome(hi: 3) == ["FETCH 1-3"] && welcome(hi: 3) == [])
    }

    @Test func `goes on from where it was`() {
        follower = StreamFollower(stream: "raw", identity: .init(epoch: Self.epoch), cursor: 7)
        #expect(start(hi: 9) == ["FETCH 8-9"])
    }

    @Test(arguments: [false, true])
    func `stops at another epoch, unless it may begin anew`(mayReset: Bool) {
        follower = StreamFollower(stream: "raw", identity: .init(epoch: Self.other), cursor: 7, mayReset: mayReset)
        #expect(start(hi: 2) == (mayReset ? ["begin aa at 0", "FETCH 1-2"] : ["fail otherEpoch"]))
        _ = hear(.connected)
        #expect(welcome(hi: 2, epoch: Self.other) == (mayReset ? ["fail otherEpoch"] : []), "it may reset once")
    }

    @Test func `goes on from the beginning where a server without links was set back behind it`() {
        follower = StreamFollower(stream: "raw", identity: .init(epoch: Self.epoch), cursor: 7)
        #expect(start(hi: 6) == ["aa back from 7 to 0"])
        #expect(live(8) == [] && mark(9) == [], "it waits for its owner")
        #expect(hear(.resume) == ["FETCH 1-9"])
    }

    @Test func `asks who is there when another epoch is heard live or in a mark`() {
        _ = start()
        #expect(hear(.live(Self.message(1, epoch: Self.other))) == ["HELLO"])
        #expect(welcome() == [])
        let mark = Mark(s: "raw", e: Self.other, n: 1, lo: 1, ts: "t")
        #expect(hear(.mark(mark)) == [], "it asks once in five seconds")
        now += 5_000
        #expect(hear(.mark(mark)) == ["HELLO"])
        #expect(welcome(hi: 1, epoch: Self.other) == ["fail otherEpoch"])
        #expect(live(1) == [] && hear(.connected) == [])
    }

    @Test func `stops where there is no such stream`() {
        _ = hear(.connected)
        #expect(hear(.welcome(nil)) == ["fail noSuchStream"])
    }

    @Test(arguments: [(401, "refused"), (403, "refused"), (426, "otherRelease")])
    func `stops where it is not wanted`(code: Int, failure: String) {
        _ = hear(.connected)
        #expect(hear(.refused(code: code, text: "t")) == ["fail \(failure)"])
    }

    @Test(arguments: [409, 429, 503])
    func `waits and asks again where it is not wanted now`(code: Int) {
        _ = start(hi: 3)
        #expect(hear(.refused(code: code, text: "t")) == [])
        #expect(wait(4_999) == [] && wait(1) == ["HELLO"])
        #expect(welcome(hi: 3) == ["FETCH 1-3"])
    }

    @Test func `makes the connection anew after an error that says nothing`() {
        _ = start(hi: 3)
        #expect(hear(.refused(code: 501, text: "t")) == [])
        #expect(wait(5_000) == ["reconnect"])
    }

    @Test func `ignores other streams`() {
        _ = start()
        #expect(hear(.live(Self.message(1, stream: "res"))) == [])
        #expect(follower.cursor == 0)
    }

    @Test(arguments: [(Int64.min, 5), (0, 5), (9, 5), (1, .max), (.max, .max - 1)] as [(Int64, Int64)])
    func `does not believe absurd bounds`(lo: Int64, hi: Int64) {
        #expect(start(lo: lo, hi: hi) == [])
        #expect(wait(5_000) == ["reconnect"])
    }

    @Test func `does not believe absurd numbers`() {
        _ = start(hi: 1)
        #expect(hear(.gone(ControlMessage.Gone(e: Self.epoch, lo: .max))) == [])
        #expect(item(1) == ["1"] && end(.max, hi: .max).count == 1)
        #expect(hear(.live(Self.message(.max))) == [])
        #expect(hear(.mark(Mark(s: "raw", e: Self.epoch, n: .max - 1, lo: 1, ts: "t"))) == [])
    }
}
