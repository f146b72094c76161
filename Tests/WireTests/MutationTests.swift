import Testing
import Wire

/// A small generator of numbers that are the same in every run (xorshift64*).
struct Repeatable: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

@Suite struct MutationTests {
    /// Bytes that mean something to the decoders.
    static let tokens = [
        "{", "}", "[", "]", "\"", "\\", ",", ":", "\0", "-1", "1e999", "9223372036854775808", "null", "\\ud800", "NWP",
    ]

    static func damage(_ original: [Frame], _ random: inout Repeatable) -> [Frame] {
        var frames = original
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let index = frames.indices.randomElement(using: &random) else { return frames }
            let place = Int.random(in: 0...frames[index].count, using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0: frames.remove(at: index)
            case 1: frames.insert(frames[index], at: index)
            case 2: frames[index].removeSubrange(place...)
            case 3: frames[index].removeSubrange(..<place)
            case 4: frames.swapAt(index, frames.startIndex)
            case 5: frames[index] = (0..<place).map { _ in UInt8.random(in: 0...255, using: &random) }
            case 6:
                frames[index].insert(contentsOf: Array((tokens.randomElement(using: &random) ?? "").utf8), at: place)
            case 7: frames[index] = Frame(repeating: UInt8.random(in: 0...255, using: &random), count: place * 40)
            default:
                if place < frames[index].count { frames[index][place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            }
        }
        return frames
    }

    /// Damages `samples` often; what decodes nevertheless must survive another round, the rest must be an error with a code.
    static func hammer<Message: Equatable>(
        _ samples: [[Frame]], seed: UInt64, decode: ([Frame]) throws(WireError) -> Message,
        encode: (Message) throws(WireError) -> [Frame]
    ) throws -> (accepted: Int, refused: Int) {
        let codes: Set = [400, 413, 426, 501]
        var random = Repeatable(state: seed)
        var accepted = 0
        var refused = 0
        for count in 0..<8_000 {
            let frames = damage(samples[count % samples.count], &random)
            do throws(WireError) {
                let message = try decode(frames)
                accepted += 1
                let again = try decode(try encode(message))
                if again != message { Issue.record("another message after another round: \(frames)") }
            } catch {
                refused += 1
                if !codes.contains(error.code) || error.reason.isEmpty { Issue.record("\(error) for \(frames)") }
            }
        }
        return (accepted, refused)
    }

    @Test func `damaged control messages never trap`() throws {
        let samples = try Sample.control.map { try ControlMessage(request: [1], $0).frames() }
        let count = try Self.hammer(samples, seed: 1) { (frames) throws(WireError) in
            try ControlMessage(frames: frames)
        } encode: { (message) throws(WireError) in
            try message.frames()
        }
        #expect(count.accepted > 500 && count.refused > 2_000)
    }

    @Test func `damaged pool messages never trap`() throws {
        let samples = try Sample.pool.map { try PoolMessage(task: Sample.task, $0).frames() }
        let count = try Self.hammer(samples, seed: 2) { (frames) throws(WireError) in
            try PoolMessage(frames: frames)
        } encode: { (message) throws(WireError) in
            try message.frames()
        }
        #expect(count.accepted > 500 && count.refused > 2_000)
    }

    @Test func `damaged stream messages never trap`() throws {
        let count = try Self.hammer([try Sample.message.frames()], seed: 3) { (frames) throws(WireError) in
            try StreamMessage(frames: frames)
        } encode: { (message) throws(WireError) in
            try message.frames()
        }
        #expect(count.accepted > 500 && count.refused > 2_000)
    }

    @Test func `damaged marks never trap`() throws {
        let count = try Self.hammer([try Sample.mark.frames()], seed: 4) { (frames) throws(WireError) in
            try Mark(frames: frames)
        } encode: { (message) throws(WireError) in
            try message.frames()
        }
        #expect(count.accepted > 500 && count.refused > 2_000)
    }

    @Test func `damaged events never trap`() throws {
        let event = CloudEvent(of: Sample.article, source: "urn:example", time: "2024-05-01T12:34:56.789Z")
        let count = try Self.hammer([[try JSON.encode(event)]], seed: 5) { (frames) throws(WireError) in
            try JSON.decode(CloudEvent<Article>.self, from: frames.first ?? []).data
        } encode: { (article) throws(WireError) in
            [try JSON.encode(CloudEvent(of: article, source: "s", time: "t"))]
        }
        #expect(count.accepted > 500 && count.refused > 2_000)
    }
}
