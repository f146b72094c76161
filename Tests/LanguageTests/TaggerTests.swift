import Language
import Synchronization
import Testing

@Suite("The tagger")
struct TaggerTests {
    static let text = Array(
        """
        “We will go,” said Ann Lee, the mayor of Oslo.
        Also read: Bo Ek says the talks have failed.
        She added that the talks had failed.
        """.unicodeScalars)

    /// Lines as sentences.
    static let sentences: [Range<Int>] = text.split(separator: "\n").map { $0.startIndex..<$0.endIndex }

    let tagger: Tagger

    init() throws { tagger = try Tagger() }

    @Test("Judges every sentence, and finds nothing in those that are left out")
    func leavesOut() throws {
        let judged = Mutex<[Int]>([])
        let workspaces = Workspaces(of: tagger, threads: 1)
        let reading = tagger.read(Self.text, sentences: Self.sentences, in: workspaces) { index, _ in
            judged.withLock { $0.append(index) }
            return index == 1
        }
        #expect(judged.withLock { $0 } == [0, 1, 2])
        #expect(reading.omitted == [1])
        #expect(reading.judgements.allSatisfy { $0.worthiness > 0 && $0.furniture > 0 })
        #expect(reading.pieces.allSatisfy { !Self.sentences[1].contains($0.start) })
        let places = reading.attributions.flatMap { $0.content + $0.source + $0.cue }
        #expect(!places.isEmpty)
        #expect(places.allSatisfy { !$0.overlaps(Self.sentences[1]) })
        // Antecedents are counted among the pieces that are left, and stand before.
        for (index, piece) in reading.pieces.enumerated() {
            #expect(piece.antecedents.allSatisfy { $0.piece >= 0 && $0.piece < index })
        }
        #expect(reading.pieces.contains { !$0.antecedents.isEmpty })
    }

    @Test("Finds nothing at all where everything is left out, and reads the same again afterwards")
    func leavesAllOut() {
        let workspace = Workspaces(of: tagger, threads: 1)
        let before = tagger.read(Self.text, sentences: Self.sentences, in: workspace)
        let nothing = tagger.read(Self.text, sentences: Self.sentences, in: workspace) { _, _ in true }
        #expect(nothing.attributions.isEmpty && nothing.pieces.isEmpty)
        #expect(tagger.read(Self.text, sentences: Self.sentences, in: workspace) == before)
        #expect(tagger.read([], in: workspace).pieces.isEmpty)
    }

    @Test("Reads the same on any number of threads, also when several articles are read at once")
    func threadsAgree() async {
        let line =
            "“We will go,” said Ann Lee, the mayor of Oslo, who added that the talks had failed for the 3rd time.\n"
        let text = Array(String(repeating: line, count: 80).unicodeScalars)
        let sentences = text.split(separator: "\n").map { $0.startIndex..<$0.endIndex }
        let alone = tagger.read(text, sentences: sentences, in: Workspaces(of: tagger, threads: 1))
        #expect(alone.attributions.count > 40)
        let workspaces = Workspaces(of: tagger, threads: 4)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { [tagger] in
                    tagger.read(text, sentences: sentences, in: workspaces) == alone
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
