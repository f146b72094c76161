/// The pieces that the encoder knows, found by their UTF-8 bytes without making strings.
struct Vocabulary: Sendable {
    /// The number of the piece for words that cannot be put together from others.
    let unknown: Int32
    /// The longest piece in bytes, `##` left out.
    let longest: Int

    private let bytes: [UInt8]
    private let starts: [Int32]
    private let slots: [Int32]  // open addressing: piece number, or -1
    private let mask: Int

    init(_ pieces: [String]) throws(ModelError) {
        guard let unknown = pieces.firstIndex(of: "[UNK]") else {
            throw ModelError("the vocabulary has no [UNK]")
        }
        self.unknown = Int32(unknown)
        var bytes: [UInt8] = []
        var starts: [Int32] = [0]
        var slots = [Int32](repeating: -1, count: 1 << 17)
        mask = slots.count - 1
        var longest = 1
        for (number, piece) in pieces.enumerated() {
            let inside = piece.hasPrefix("##") && piece.utf8.count > 2
            let text = Array(inside ? piece.utf8.dropFirst(2) : piece.utf8[...])
            bytes.append(inside ? 1 : 0)
            bytes += text
            starts.append(Int32(bytes.count))
            longest = max(longest, text.count)
            var hash = Self.seed(inside: inside)
            for byte in text { hash = Self.hash(hash, byte) }
            var slot = Int(truncatingIfNeeded: hash >> 20) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
        (self.bytes, self.starts, self.slots, self.longest) = (bytes, starts, slots, longest)
    }

    /// The longest piece at `start` of a word: its number and length in bytes.
    func longestPiece(in word: [UInt8], at start: Int) -> (id: Int32, length: Int)? {
        let inside = start > 0
        let most = min(longest, word.count - start)
        guard most > 0 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: most) { hashes in
            var hash = Self.seed(inside: inside)
            for length in 0..<most {
                hash = Self.hash(hash, word[start + length])
                hashes[length] = hash
            }
            // Most words are pieces, so the longest is looked up first.
            for length in stride(from: most, to: 0, by: -1) {
                var slot = Int(truncatingIfNeeded: hashes[length - 1] >> 20) & mask
                while slots[slot] >= 0 {
                    if matches(slots[slot], word, start, length, inside) { return (slots[slot], length) }
                    slot = (slot + 1) & mask
                }
            }
            return nil
        }
    }

    private func matches(_ number: Int32, _ word: [UInt8], _ start: Int, _ length: Int, _ inside: Bool) -> Bool {
        let from = Int(starts[Int(number)])
        guard Int(starts[Int(number) + 1]) - from == length + 1, bytes[from] == (inside ? 1 : 0) else { return false }
        for i in 0..<length where bytes[from + 1 + i] != word[start + i] { return false }
        return true
    }

    private static func seed(inside: Bool) -> UInt64 { inside ? 0x9E37_79B9_7F4A_7C15 : 0xCBF2_9CE4_8422_2325 }

    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 ^ (hash >> 29)
    }
}
