import Streams
import Testing
import Wire

@testable import Pool

@Suite final class `What is said of a worker's reception` {
    private var reception = Reception()

    private func look(
        _ isWelcome: Bool, _ line: LineState = .down, refusal: String? = nil, at now: Int64
    ) -> Reception.Remark? {
        reception.look(isWelcome: isWelcome, refusal: refusal, line: line, now: now)
    }

    @Test func `is once that it is welcome, and again after it was not`() {
        #expect(look(false, at: 0) == nil)
        #expect(look(true, at: 100) == .welcome)
        #expect(look(true, at: 200) == nil)
        #expect(look(false, at: 300) == nil && look(true, at: 400) == .welcome)
    }

    @Test func `comes with growing pauses while nobody takes it`() {
        var heard: [Int64] = []
        for now in stride(from: Int64(0), through: 300_000, by: 250) {
            if case .waiting(let waited, _) = look(false, at: now) { heard.append(waited) }
        }
        #expect(heard == [2_000, 6_000, 14_000, 30_000, 62_000, 122_000, 182_000, 242_000])
        #expect(look(true, at: 301_000) == .welcome)
        #expect(look(false, at: 302_000) == nil && look(false, at: 303_999) == nil)
        guard case .waiting(2_000, _) = look(false, at: 304_000) else { return #expect(Bool(false), "it begins anew") }
    }

    @Test(
        arguments: [
            (LineState.down, nil, "nobody answers"), (.refused, nil, "--server-key"), (.up, nil, "no answer"),
            (.up, "429 1 workers are here", "429"),
        ] as [(LineState, String?, String)])
    func `says why`(line: LineState, refusal: String?, word: String) {
        _ = look(false, at: 0)
        guard case .waiting(_, let why) = look(false, line, refusal: refusal, at: 2_000) else {
            return #expect(Bool(false), "nothing was said")
        }
        #expect(why.contains(word))
    }
}
