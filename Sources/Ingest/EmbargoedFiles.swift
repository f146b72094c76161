/// Files under embargo in watched folders, and when each is to be read again; times are in milliseconds from 1970.
struct EmbargoedFiles {
    /// More are read again at the next start only.
    private static let limit = 10_000

    private var ends: [String: Int64] = [:]
    private var next = Int64.max

    /// Whether there are none.
    var isEmpty: Bool { ends.isEmpty }

    /// Keeps a file in mind until its first embargo ends.
    ///
    /// - Returns: Whether there is room.
    mutating func keep(_ path: String, until end: Int64) -> Bool {
        guard ends.count < Self.limit || ends[path] != nil else { return false }
        ends[path] = min(end, ends[path] ?? .max)
        next = min(next, end)
        return true
    }

    /// Forgets a file, as when it is read again.
    mutating func forget(_ path: String) { ends[path] = nil }

    /// Takes the files whose embargo has ended, the first of them last.
    mutating func take(at now: Int64) -> [String] {
        guard now >= next else { return [] }
        let ended = ends.filter { $0.value <= now }.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map(\.key)
        for path in ended { ends[path] = nil }
        next = ends.values.min() ?? .max
        return ended
    }
}
