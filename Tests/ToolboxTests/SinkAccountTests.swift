import Testing

@testable import Toolbox

@Suite struct `What a sink says of its success` {
    @Test func `is that it has caught up, once, and what it stored, every minute in which it did`() {
        var account = SinkAccount(now: 0)
        account.take(40)
        #expect(account.remark(upTo: 40, isCaughtUp: false, now: 59_999) == nil)
        #expect(account.remark(upTo: 40, isCaughtUp: false, now: 60_000) == "stored 40 messages, all up to 40")
        account.take(2)
        #expect(account.remark(upTo: 42, isCaughtUp: true, now: 60_001) == "caught up: stored 2 messages, all up to 42")
        #expect(account.remark(upTo: 42, isCaughtUp: true, now: 999_999) == nil, "nothing was stored")
        account.take(1)
        #expect(account.remark(upTo: 43, isCaughtUp: true, now: 999_999) == "stored 1 message, all up to 43")
    }
}
