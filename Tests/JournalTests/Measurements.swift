import Foundation
import Glibc
import Journal
import Testing
import Wire

/// Figures for the reliability guide, printed when asked for.
///
///     ONRECORD_MEASURE=1 swift test -c release -Xswiftc -enable-testing --disable-xctest --traits Postgres \
///         --filter Measurements
@Suite("Measurements", .enabled(if: getenv("ONRECORD_MEASURE") != nil, "set ONRECORD_MEASURE=1"), .serialized)
struct Measurements {
    private let rows = 20_000
    private let batch = 64

    @Test("Rows of 4 KB, appended and completed in batches of 64, and read back", arguments: Backend.available)
    func throughput(backend: Backend) throws {
        try withTemporaryFolder { folder in
            report("\(backend): bare fdatasync of 4 KiB", try syncs(in: folder, bytes: 4 << 10), "a second")
            report("\(backend): bare fdatasync of 256 KiB", try syncs(in: folder, bytes: 256 << 10), "a second")
        }
        try backend.withPlace { place in
            let journal = try place.open()
            let entries = (0..<rows).map { number in
                var entry = NewEntry.sample(number, topic: "raw/1/en/\(number % 20)/", bytes: 4 << 10)
                entry.id = Digest.identifier(["\(number)"])
                entry.key = "https://news.example.org/2026/01/01/\(entry.id)"
                return entry
            }
            let batches = stride(from: 0, to: rows, by: batch).map { Array(entries[$0..<min($0 + batch, rows)]) }
            let appending = try ContinuousClock().measure {
                for batch in batches { _ = try journal.append(batch, to: "raw") }
            }
            report("\(backend): appended", Double(rows) / appending.seconds, "rows a second")

            var next: Int64 = 1
            let reading = try ContinuousClock().measure {
                while let last = try journal.read("raw", from: next, prefix: "", maxCount: 256, maxBytes: 4 << 20).last
                {
                    next = last.position.n + 1
                }
            }
            #expect(next == rows + 1)
            report("\(backend): read", Double(rows) / reading.seconds, "rows a second")

            try journal.begin("raw", epoch: "e", cursor: 0)
            var cursor: Int64 = 0
            let completing = try ContinuousClock().measure {
                for batch in batches {
                    let completions = batch.enumerated().map { index, entry in
                        Completion(origin: "raw", n: cursor + Int64(index) + 1, stream: "res", entry: entry)
                    }
                    cursor += Int64(batch.count)
                    _ = try journal.complete(completions, cursors: ["raw": Cursor(cursor)])
                }
            }
            #expect(try journal.state(of: "res").last == rows)
            report("\(backend): completed", Double(rows) / completing.seconds, "tasks a second")
            let dropping = try ContinuousClock().measure { _ = try journal.retain("raw", within: Retention(bytes: 0)) }
            report("\(backend): dropped", Double(rows) / dropping.seconds, "rows a second")
        }
    }

    /// How many writes of so many bytes a file takes in a second, each followed by `fdatasync`.
    private func syncs(in folder: String, bytes: Int) throws -> Double {
        let file = open(folder + "/file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw TestFailure("errno \(errno)") }
        defer { close(file) }
        let data = [UInt8](repeating: 1, count: bytes)
        let count = 300
        let time = try ContinuousClock().measure {
            for _ in 0..<count where write(file, data, bytes) != bytes || fdatasync(file) != 0 {
                throw TestFailure("errno \(errno)")
            }
        }
        return Double(count) / time.seconds
    }

    private func report(_ name: String, _ value: Double, _ unit: String) {
        print("measured", name, Int(value), unit)
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
