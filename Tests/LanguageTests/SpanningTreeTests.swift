import Testing

@testable import Language

@Suite("Dependency trees")
struct SpanningTreeTests {
    @Test("have one root and no cycle, whatever the scores", arguments: 1...200)
    func isTree(seed: UInt64) {
        var state = seed
        func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return -Float(state >> 40) / 1_000_000
        }
        let count = Int(seed % 17) + 1
        let heads = SpanningTree.heads((0..<count).map { _ in (0..<count).map { _ in next() } })
        #expect(heads.count == count)
        #expect(heads.indices.filter { heads[$0] == $0 }.count == 1)
        for word in heads.indices {
            var at = word
            for _ in 0..<count { at = heads[at] }
            #expect(heads[at] == at)
        }
    }

    @Test("follow the best scores where these are a tree") func best() {
        let scores: [[Float]] = [[-9, 0, -9], [-9, 0, -9], [-9, 0, -9]]
        #expect(SpanningTree.heads(scores) == [1, 1, 1])
    }

    @Test("break a cycle where it costs least") func cycle() {
        // 1 and 2 point at each other; 1 can as well go to the root.
        let scores: [[Float]] = [[0, -9, -9], [-1, -9, 0], [-5, 0, -9]]
        #expect(SpanningTree.heads(scores) == [0, 0, 1])
    }
}
