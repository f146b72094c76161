import Testing

@testable import Language

@Suite("Windows")
struct WindowTests {
    private func features(_ paragraphs: [Int]) -> [PieceFeatures] {
        paragraphs.flatMap { length in
            (0..<length).map { PieceFeatures(letterCase: 0, space: $0 == 0 ? 2 : 0, quote: 0) }
        }
    }

    @Test("answer for every piece once and are never too long", arguments: 0..<300)
    func cover(seed: UInt64) {
        var state = seed
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % Int(bound)
        }
        let longest = UInt64([3, 60, 200, 900][Int(seed % 4)])
        let features = features((0..<next(30)).map { _ in next(longest) + 1 })
        let windows = Window.windows(features, size: 318)
        #expect(windows.flatMap { Array($0.core) } == Array(features.indices))
        for window in windows {
            #expect(window.pieces.count <= 318)
            #expect(!window.core.isEmpty)
            #expect(window.pieces.lowerBound <= window.core.lowerBound)
            #expect(window.core.upperBound <= window.pieces.upperBound)
        }
    }

    @Test("carry the paragraphs beside them") func context() {
        let windows = Window.windows(features([100, 50, 100, 30, 80, 100]), size: 318)
        #expect(windows.map(\.core) == [0..<250, 250..<460])
        #expect(windows.map(\.pieces) == [0..<280, 250..<460])
        let long = Window.windows(features([100, 80, 30, 30, 80, 100]), size: 318)
        #expect(long.map(\.core) == [0..<210, 210..<420])
        #expect(long.map(\.pieces) == [0..<240, 180..<420])
    }

    @Test("are as few as the context allows") func few() {
        // No context of whole paragraphs is short enough, so none takes room.
        let windows = Window.windows(features([Int](repeating: 100, count: 9)), size: 318)
        #expect(windows.count == 3)
    }

    @Test("do not part a quotation from its speaker") func quotation() {
        var features = features([100, 50, 50, 50, 50, 50, 50])
        let plain = Window.windows(features, size: 318).map(\.core)
        let cut = plain[0].upperBound
        features[cut].quote = QuoteState.opening.rawValue
        let other = Window.windows(features, size: 318).map(\.core)
        #expect(other.count == plain.count && other[0].upperBound != cut)
        features[other[0].upperBound - 1].quote = QuoteState.leftOpen.rawValue
        #expect(![cut, other[0].upperBound].contains(Window.windows(features, size: 318)[0].core.upperBound))
    }

    @Test("of a short text are one") func short() {
        #expect(Window.windows(features([100, 200]), size: 318) == [Window(pieces: 0..<300, core: 0..<300)])
        #expect(Window.windows([], size: 318).isEmpty)
    }
}
