import Foundation
import Testing

@testable import Language

/// What the training code computes for invented texts, with the weights that this program carries.
private struct Activations: Decodable {
    var text: String
    var pieces: [Int32]
    var offsets: [[Int32]]
    var features: [[Int32]]
    var encoded: [[Float]]
    var tags: [[Float]]
    var names: [[Float]]
    var part: [[Float]]
    var mention: [[Float]]
    var cue: [[Float]]
    var head: [[Float]]
    var antecedent: [[Float]]
    var heads: [Int]
    var relation: [[Float]]
    var worthy: [Float]

    static func stored() throws -> [Activations] {
        let file = URL(filePath: #filePath).appending(path: "../../../Sources/Training/activations.json").standardized
        return try JSONDecoder().decode([Activations].self, from: Data(contentsOf: file))
    }
}

@Suite("The Swift encoder beside the training code")
struct ActivationsTests {
    /// Of numbers that are about 1 in size, at most and on average; activations are quantised to 8 bits here, not there.
    static let tolerance = (most: Float(0.5), mean: Float(0.05))

    let tagger: Tagger
    fileprivate let stored: [Activations]

    init() throws {
        tagger = try Tagger()
        stored = try Activations.stored()
    }

    @Test("Pieces, offsets and features are equal")
    func piecesAreEqual() throws {
        #expect(stored.count > 2)
        for text in stored {
            let scalars = Array(text.text.unicodeScalars)
            let pieces = tagger.wordPiece.pieces(of: scalars)
            #expect([101] + pieces.map(\.id) + [102] == text.pieces)
            #expect(pieces.map { [$0.start, $0.end] } == text.offsets)
            let features = [.none] + PieceFeatures.of(pieces, in: scalars) + [.none]
            #expect(features.map(\.letterCase) == text.features[0])
            #expect(features.map(\.space) == text.features[1])
            #expect(features.map(\.quote) == text.features[2])
        }
    }

    @Test("Encoder and heads agree within the stated tolerance")
    func numbersAgree() throws {
        for text in stored {
            let scalars = Array(text.text.unicodeScalars)
            let pieces = tagger.wordPiece.pieces(of: scalars)
            let work = Workspace(tagger.encoder)
            let window = EncodedWindow(
                pieces[...], PieceFeatures.of(pieces, in: scalars)[...], of: scalars, tagger.encoder, work)
            let (rows, width, heads) = (window.rows, tagger.encoder.width, tagger.heads)
            let encoded = (0..<rows).map { row in
                stride(from: 0, to: width, by: 16).map { work.encoded[row * width + $0] }
            }
            expectEqual(encoded, text.encoded, "encoded")
            for (head, wanted, name) in [
                (heads.tags, text.tags, "tags"), (heads.names, text.names, "names"), (heads.parts, text.part, "part"),
                (heads.mentions, text.mention, "mention"),
            ] {
                let scores = head.scores(work.input, rows: rows)
                expectEqual((0..<rows).map { row in (0..<scores.columns).map { scores[row, $0] } }, wanted, name)
            }
            for (head, wanted, name) in [
                (heads.cue, text.cue, "cue"), (heads.head, text.head, "head"),
                (heads.antecedent, text.antecedent, "antecedent"),
            ] {
                let arrows = head.arrows(work.input, rows: rows)
                let found = stride(from: 0, to: rows, by: 8).map { from in (0..<rows).map { arrows.score(from, $0) } }
                expectEqual(found, wanted, name)
            }
            let sides = heads.relations.sides(work.input, rows: rows)
            let relations = stride(from: 0, to: rows, by: 8).map {
                heads.relations.scores(sides, piece: $0, head: text.heads[$0])
            }
            expectEqual(relations, text.relation, "relation")
            expectEqual([[heads.worthiness.score(work.encoded, 1..<(rows - 1))]], [text.worthy], "worthy")
        }
    }

    private func expectEqual(_ found: [[Float]], _ wanted: [[Float]], _ name: String) {
        #expect(found.map(\.count) == wanted.map(\.count), "\(name)")
        let apart = zip(found.joined(), wanted.joined()).map { abs($0 - $1) / max(1, abs($1)) }
        let (most, mean) = (apart.max() ?? .infinity, apart.reduce(0, +) / Float(max(1, apart.count)))
        #expect(most < Self.tolerance.most, "\(name) differs by \(most)")
        #expect(mean < Self.tolerance.mean || apart.count == 1, "\(name) differs by \(mean) on average")
    }
}
