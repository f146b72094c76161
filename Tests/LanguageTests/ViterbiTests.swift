import TestKit
import Testing

@testable import Language

@Suite("Viterbi")
struct ViterbiTests {
    /// The best of all legal sequences, one after the other.
    private func exhaustive(_ scores: [[Float]]) -> Float {
        var sequences: [(last: Int, score: Float)] = [(0, 0)]
        for row in scores {
            sequences = sequences.flatMap { sequence in
                row.indices.filter { $0 == 0 || $0 % 2 == 1 || sequence.last == $0 || sequence.last == $0 - 1 }
                    .map { ($0, sequence.score + row[$0]) }
            }
        }
        return sequences.map(\.score).max() ?? 0
    }

    @Test("finds the best of all legal sequences", arguments: 0..<60)
    func isBest(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let (rows, tags) = (seed % 7, 1 + 2 * (seed % 3))
        let scores: [[Float]] = (0..<rows).map { _ in (0..<tags).map { _ in Float.random(in: -3...3, using: &random) } }
        let path = Viterbi.path(rows: rows, tags: tags) { scores[$0][$1] }
        #expect(path.count == rows)
        for (at, tag) in path.enumerated() where tag > 0 && tag % 2 == 0 {
            #expect(at > 0 && (path[at - 1] == tag || path[at - 1] == tag - 1))
        }
        let found = path.enumerated().reduce(Float(0)) { $0 + scores[$1.offset][$1.element] }
        #expect(abs(found - exhaustive(scores)) < 1e-4)
    }

    @Test("makes runs of a sequence")
    func runs() {
        let spans = Viterbi.spans([0, 1, 2, 2, 1, 0, 3, 4])
        #expect(spans.map(\.kind) == [0, 0, 1])
        #expect(spans.map(\.pieces) == [1..<4, 4..<5, 6..<8])
    }
}
