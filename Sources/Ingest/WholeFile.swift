/// Files that are read as a whole.
public enum WholeFile {
    /// The bytes of a file, of standard input for `-`, or of what is at an address, with the encoding that its server names and
    /// where it is behind redirects.
    /// - Throws: What keeps it from being read, or `tooBig` beyond `limit` bytes.
    public static func bytes(
        of path: String, limit: Int, web: WebOptions
    ) throws(IngestError) -> (bytes: [UInt8], charset: String?, address: String?) {
        guard WebSource.isAddress(path) else { return (try bytes(of: path, limit: limit), nil, nil) }
        let answer = try WebSource.fetch(path, web, limit: limit)
        return (answer.bytes, answer.charset, answer.address)
    }

    /// The bytes of a file, or of standard input for `-`.
    /// - Throws: What keeps it from being read, or `tooBig` beyond `limit` bytes.
    public static func bytes(of path: String, limit: Int) throws(IngestError) -> [UInt8] {
        let descriptor = path == "-" ? Descriptor.standardInput : try Descriptor(openingFileAt: path)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count: Int
            do {
                count = try descriptor.read(into: &chunk)
            } catch {
                throw IngestError(errno: error.number, place: path)
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw IngestError(.tooBig, "larger than \(limit >> 20) MiB", place: path, remedy: "split it")
            }
        }
    }
}
