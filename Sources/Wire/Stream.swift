/// The rules that positions and marks share.
enum Stream {
    static func check(version: Int, stream: String, epoch: String) throws(WireError) {
        guard version == 1 else {
            throw WireError(426, "version", "a position of version \(version), where 1 is understood")
        }
        guard Topic.isSegment(stream.utf8) else {
            throw WireError(400, "bad-position", "a position without the name of a stream")
        }
        try check(epoch: epoch)
    }

    static func check(epoch: String) throws(WireError) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard epoch.utf8.count == 16, epoch.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) }) else {
            throw WireError(400, "bad-position", "an epoch that is not 16 lower-case hexadecimal digits")
        }
    }
}
