import Journal
import Testing
import Wire

@Suite("Every journal: streams")
struct StreamConformanceTests {
    @Test("A new stream is empty and has an epoch of 16 hexadecimal digits", arguments: Backend.available)
    func newStream(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let state = try journal.state(of: "raw")
            #expect(state.epoch.wholeMatch(of: /[0-9a-f]{16}/) != nil)
            #expect((state.oldest, state.last) == (1, 0))
            #expect(try journal.state(of: "raw") == state)
            #expect(try journal.state(of: "res").epoch != state.epoch)
            #expect(try journal.all("raw").isEmpty)
        }
    }

    @Test("Entries get 1, 2, 3 … and are read back byte for byte", arguments: Backend.available)
    func appendAndRead(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            var binary = NewEntry.sample(2)
            binary.body = (0...255).map { UInt8($0) }
            binary.id = "quote ' back\\slash null\0 ünï💬"
            var empty = NewEntry.sample(3)
            empty.body = []
            let entries = [NewEntry.sample(1), binary, empty, .sample(4, bytes: 300_000)]
            let epoch = try journal.state(of: "raw").epoch
            let links = entries.reduce(into: [Link.start]) { $0.append(($0.last ?? .start).next($1.id)) }.dropFirst()
                .map { $0 }
            let positions =
                try journal.append(Array(entries[..<2]), to: "raw")
                + journal.append(
                    Array(entries[2...]), to: "raw")
            #expect(
                positions
                    == entries.enumerated().map { index, entry in
                        Position(
                            s: "raw", e: epoch, n: Int64(index + 1), p: Int64(index), id: entry.id, ts: entry.time,
                            h: links[index])
                    })
            let messages = try journal.all("raw")
            #expect(messages.map(\.position) == positions)
            #expect(messages.map(\.body) == entries.map(\.body))
            #expect(messages.map(\.topic) == entries.map(\.topic))
            #expect(
                try journal.state(of: "raw")
                    == StreamState(epoch: epoch, oldest: 1, last: 4, journal: epoch, link: links[3]))
            #expect(try journal.links(of: "raw", at: [0, 2, 4, 5]) == [2: links[1], 4: links[3]])
        }
    }

    @Test("Entries get another body in place, without leading, and nothing else changes", arguments: Backend.available)
    func replace(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let entries = (1...6).map { NewEntry.sample($0, key: $0 % 2 == 0 ? "a" : "b") }
            _ = try journal.append(entries, to: "raw")
            _ = try journal.append([.sample(1, key: "a")], to: "res")
            let before = try journal.all("raw")
            let state = try journal.state(of: "raw")
            #expect(try journal.tryLead())
            let other = try place.open()
            #expect(try other.replace(about: "none", in: "raw", with: { _ in [] }).isEmpty)
            #expect(try other.replace(about: "a", in: "gone", with: { _ in [] }).isEmpty)
            let replaced = try other.replace(
                about: "a", in: "raw", with: { $0.position.n == 4 ? nil : Array("gone \($0.position.n)".utf8) })
            #expect(replaced.map(\.position.n) == [2, 6] && replaced.allSatisfy(\.body.isEmpty))
            try other.scrub()
            let after = try journal.all("raw")
            #expect(after.map(\.position) == before.map(\.position) && after.map(\.topic) == before.map(\.topic))
            let bodies = entries.enumerated().map { [1, 5].contains($0) ? Array("gone \($0 + 1)".utf8) : $1.body }
            #expect(after.map(\.body) == bodies)
            #expect(try journal.all("res").map(\.body) == [NewEntry.sample(1).body])
            #expect(try journal.state(of: "raw") == state)
            // Its bytes count as they are now.
            let kept = bodies.dropFirst(3).reduce(0) { $0 + Int64($1.count) }
            #expect(try journal.retain("raw", within: Retention(bytes: kept)).oldest == 4)
            #expect(try journal.append([.sample(7), .sample(2)], to: "raw").map { $0?.n } == [7, nil])
            #expect(try other.replace(about: "a", in: "raw", with: { _ in [1] }).map(\.position.n) == [4, 6])
        }
    }

    @Test("Entries are found by their keys, as far as they are held", arguments: Backend.available)
    func numbers(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            #expect(try journal.numbers(about: "a", in: "raw", maxCount: 9).isEmpty)
            var entries = (1...6).map { NewEntry.sample($0, key: $0 % 2 == 0 ? "a" : "ü\0b") }
            entries[4].otherKeys = ["a", "a", "digest"]
            _ = try journal.append(entries, to: "raw")
            _ = try journal.append([.sample(7, key: "a")], to: "res")
            #expect(try journal.numbers(about: "a", in: "raw", maxCount: 9) == [6, 5, 4, 2])
            #expect(try journal.numbers(about: "a", in: "raw", maxCount: 2) == [6, 5])
            #expect(try journal.numbers(about: "ü\0b", in: "raw", maxCount: 9) == [5, 3, 1])
            #expect(try journal.numbers(about: "digest", in: "raw", maxCount: 9) == [5])
            _ = try journal.retain("raw", within: Retention(bytes: 41))
            #expect(try journal.numbers(about: "a", in: "raw", maxCount: 9) == [6, 5])
        }
    }

    @Test("A known id takes no number, in the same batch, a later one or another stream", arguments: Backend.available)
    func knownIds(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let first = try journal.append([.sample(1), .sample(1), .sample(2)], to: "raw")
            #expect(first.map { $0?.n } == [1, nil, 2])
            let second = try journal.append([.sample(2), .sample(3), .sample(1)], to: "raw")
            #expect(second.map { $0?.n } == [nil, 3, nil])
            #expect(try journal.appendSamples(1...1, to: "res").map { $0?.n } == [1])
            #expect(try journal.append([], to: "raw").isEmpty)
            #expect(try journal.contains("id-3", in: "raw"))
            #expect(try !journal.contains("id-3", in: "res"))
            #expect(try !journal.contains("id-3", in: "dlq"))
        }
    }

    @Test("p is the previous message of the same topic", arguments: Backend.available)
    func previous(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let topics = ["a/", "b/", "a/", "a/", "c/", "b/"]
            let entries = topics.enumerated().map { NewEntry.sample($0.offset, topic: $0.element) }
            let batches = [entries[..<4], entries[4...]]
            let positions = try batches.flatMap { try journal.append(Array($0), to: "raw") }
            #expect(positions.map { $0?.p } == [0, 0, 1, 3, 0, 2])
            #expect(try journal.all("raw").map(\.position.p) == [0, 0, 1, 3, 0, 2])
            #expect(try journal.append([.sample(9, topic: "a/")], to: "res").map { $0?.p } == [0])
        }
    }

    @Test(
        "Reading starts at a number, keeps to a prefix and stops at a count or a size",
        arguments: Backend.available,
        [
            (from: 1, prefix: "", count: 100, bytes: 1 << 20, expected: [1, 2, 3, 4, 5, 6]),
            (from: 4, prefix: "", count: 100, bytes: 1 << 20, expected: [4, 5, 6]),
            (from: 2, prefix: "", count: 2, bytes: 1 << 20, expected: [2, 3]),
            (from: 1, prefix: "", count: 100, bytes: 250, expected: [1, 2, 3]),
            (from: 1, prefix: "", count: 100, bytes: 0, expected: [1]),
            (from: 1, prefix: "", count: 0, bytes: 100, expected: []),
            (from: 1, prefix: "", count: -1, bytes: 100, expected: []),
            (from: 1, prefix: "raw/1/de/", count: 100, bytes: 1 << 20, expected: [2, 4, 6]),
            (from: 3, prefix: "raw/1/de/dpa.de/", count: 1, bytes: 1 << 20, expected: [4]),
            (from: 1, prefix: "raw/1/%", count: 100, bytes: 1 << 20, expected: []),
            (from: 7, prefix: "", count: 100, bytes: 1 << 20, expected: []),
            (from: .max, prefix: "", count: .max, bytes: .max, expected: []),
            (from: .min, prefix: "", count: .max, bytes: .max, expected: [1, 2, 3, 4, 5, 6]),
        ] as [(from: Int64, prefix: String, count: Int, bytes: Int, expected: [Int64])])
    func reading(
        backend: Backend, request: (from: Int64, prefix: String, count: Int, bytes: Int, expected: [Int64])
    ) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let topics = ["raw/1/en/afp.com/", "raw/1/de/dpa.de/"]
            try _ = journal.append((0..<6).map { .sample($0, topic: topics[$0 % 2], bytes: 100) }, to: "raw")
            let messages = try journal.read(
                "raw", from: request.from, prefix: request.prefix, maxCount: request.count, maxBytes: request.bytes)
            #expect(messages.map(\.position.n) == request.expected)
        }
    }

    @Test("A key is counted over the stream's whole life", arguments: Backend.available)
    func keys(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            #expect(try journal.count(of: "k", in: "raw") == 0)
            _ = try journal.append([.sample(1, key: "k"), .sample(2, key: "k"), .sample(3, key: "l")], to: "raw")
            _ = try journal.append([.sample(2, key: "k"), .sample(4, key: "k")], to: "raw")
            _ = try journal.retain("raw", within: Retention(bytes: 0))
            #expect(try journal.count(of: "k", in: "raw") == 3)
            #expect(try journal.count(of: "l", in: "raw") == 1)
            #expect(try journal.count(of: "k", in: "res") == 0)
        }
    }

    @Test(
        "Retention drops the oldest until the stream is within every limit",
        arguments: Backend.available,
        [
            (Retention(), 1),
            (Retention(bytes: 1_000), 1),
            (Retention(bytes: 999), 2),
            (Retention(bytes: 350), 8),
            (Retention(bytes: 0), 11),
            (Retention(since: "2026-01-01T00:00:05.000Z"), 5),
            (Retention(since: "2027"), 11),
            (Retention(bytes: 500, since: "2026-01-01T00:00:03.000Z"), 6),
            (Retention(bytes: 0, keepFrom: 4), 4),
            (Retention(since: "2026-01-01T00:00:03.000Z", keepFrom: 9), 3),
        ] as [(Retention, Int64)])
    func retention(backend: Backend, request: (limits: Retention, oldest: Int64)) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            let entries = (1...10).map { number in
                NewEntry.sample(
                    number, bytes: 100, time: "2026-01-01T00:00:\(number < 10 ? "0" : "")\(number).000Z")
            }
            _ = try journal.append(entries, to: "raw")
            _ = try journal.appendSamples(1...2, to: "res")
            let state = try journal.retain("raw", within: request.limits)
            #expect((state.oldest, state.last) == (request.oldest, 10))
            #expect(try journal.state(of: "raw") == state)
            #expect(try journal.all("raw").map(\.position.n) == Array(request.oldest..<11))
            #expect(try journal.all("res").count == 2)
            // Ids stay known, numbers and topics go on.
            #expect(try journal.append([.sample(1), .sample(11)], to: "raw").map { $0?.n } == [nil, 11])
            #expect(try journal.all("raw").last?.position.p == 10)
        }
    }

    @Test("Retention keeps its account of bytes over many steps and reopening", arguments: Backend.available)
    func longRetention(backend: Backend) throws {
        try backend.withPlace { place in
            var journal = try place.open()
            for batch in 0..<12 {
                _ = try journal.append((0..<100).map { .sample(batch * 100 + $0, bytes: 50) }, to: "raw")
            }
            #expect(try journal.retain("raw", within: Retention(bytes: 500)).oldest == 1191)
            journal.close()
            journal = try place.open()
            _ = try journal.append([.sample(5000, bytes: 450)], to: "raw")
            #expect(try journal.retain("raw", within: Retention(bytes: 500)).oldest == 1200)
        }
    }

    @Test("A reopened journal goes on where it was", arguments: Backend.available)
    func reopening(backend: Backend) throws {
        try backend.withPlace { place in
            let first = try place.open()
            try first.appendSamples(1...5, to: "raw")
            let state = try first.retain("raw", within: Retention(bytes: 60))
            let messages = try first.all("raw")
            first.close()
            let second = try place.open()
            #expect(try second.state(of: "raw") == state)
            #expect(try second.all("raw") == messages)
            #expect(try second.appendSamples(5...6, to: "raw").map { $0?.n } == [nil, 6])
        }
    }

    @Test("Appends from many threads leave no hole and no double", arguments: Backend.available)
    func concurrentAppends(backend: Backend) async throws {
        try backend.withPlace { place in
            let journal = try place.open()
            _ = try journal.tryLead()
            let numbers = concurrently(8) { thread in
                try (0..<10).flatMap { batch in
                    let first = thread * 100 + batch * 5
                    // Every second batch of a thread is also its neighbour's.
                    let shared = batch % 2 == 0 ? first : (thread ^ 1) * 100 + batch * 5
                    return try journal.append((shared..<shared + 5).map { .sample($0) }, to: "raw").compactMap { $0?.n }
                }
            }
            #expect(numbers.sorted() == Array(1...400))
            #expect(try journal.all("raw").map(\.position.n) == Array(1...400))
        }
    }
}
