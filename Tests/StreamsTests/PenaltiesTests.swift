import Streams
import Testing

@Suite final class `Penalties for peers` {
    private var penalties = Penalties()

    private func note(_ peer: [UInt8], at now: Int64) -> Bool { penalties.note(peer, now: now) }

    @Test func `answer a peer at most once a second`() {
        #expect(note([1], at: 0))
        #expect(!note([1], at: 999))
        #expect(note([2], at: 999))
        #expect(note([1], at: 1_000))
    }

    @Test func `mute a peer for a minute after ten offences in a minute`() {
        for offence in 0..<10 {
            #expect(!penalties.isMuted([1], now: 5_999))
            _ = penalties.note([1], now: Int64(offence) * 6_000)
        }
        #expect(penalties.isMuted([1], now: 54_000) && penalties.isMuted([1], now: 113_999))
        #expect(!penalties.isMuted([2], now: 54_000))
        #expect(!penalties.isMuted([1], now: 114_000))
        _ = penalties.note([1], now: 114_000)
        #expect(!penalties.isMuted([1], now: 114_000))
    }

    @Test func `forgive offences that are a minute old`() {
        for offence in 0..<30 { _ = penalties.note([1], now: Int64(offence) * 7_000) }
        #expect(!penalties.isMuted([1], now: 203_000))
    }

    @Test func `stay bounded with ever new peers`() {
        for peer in 0..<10_001 { _ = penalties.note([UInt8(peer & 255), UInt8(peer >> 8)], now: 0) }
        #expect(note([0, 0], at: 0), "the first is forgotten")
    }
}
