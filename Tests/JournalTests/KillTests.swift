import Foundation
import Glibc
import TestKit
import Testing
import Wire

@testable import Journal

@Suite("SQLiteJournal under SIGKILL")
struct KillTests {
    @Test("Nothing acknowledged is missing and nothing is there twice, whenever the writer is killed")
    func killed() async throws {
        let temporary = try TemporaryFolder()
        defer { withExtendedLifetime(temporary) {} }
        let folder = temporary.path("journal")
        var written: Int64 = 0
        for round in 0..<12 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, round = round as Int] in
                try KilledWriter(folder: folder, round: round).run(killedAfter: .random(in: 0...60_000))
            }
            written = try check(folder, rounds: round + 1)
        }
        #expect(written > 100, "the writer was killed before it wrote anything that could be lost")
    }

    /// Compares what a journal holds with what the writers were told is durable.
    private func check(_ folder: String, rounds: Int) throws -> Int64 {
        let journal = try SQLiteJournal(at: folder)
        let messages = try journal.all("raw")
        let state = try journal.state(of: "raw")
        #expect(messages.map(\.position.n) == Array(state.oldest..<state.last + 1))
        #expect(Set(messages.map(\.position.id)).count == messages.count)
        var held: [Int64: String] = [:]
        for message in messages { held[message.position.n] = message.position.id }
        for round in 0..<rounds {
            let log = (try? String(contentsOfFile: KilledWriter.log(folder, round), encoding: .utf8)) ?? ""
            // What stands behind the last line break was not written to its end.
            for line in log.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let parts = line.split(separator: " ")
                guard let n = Int64(parts[0]), n >= state.oldest else { continue }
                #expect(held[n] == String(parts[1]))
            }
        }
        // Each task gave one result, and the cursor stands at the last of them.
        let results = try journal.all("res")
        let cursor = try journal.progress(of: "raw")?.cursor.n ?? 0
        #expect(results.map(\.position.id) == (0..<cursor).map { "result-\($0 + 1)" })
        return state.last
    }
}

/// A process that writes to a journal until it is killed.
private struct KilledWriter {
    let folder: String
    let round: Int

    /// The file that lists number and id of what was acknowledged in a round.
    static func log(_ folder: String, _ round: Int) -> String { "\(folder)/acknowledged-\(round)" }

    func run(killedAfter delay: UInt32) throws {
        let journal = try SQLiteJournal(at: folder)
        let log = open(Self.log(folder, round), O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let killer = Thread {
            usleep(delay)
            kill(getpid(), SIGKILL)
        }
        var cursor: Int64
        if let progress = try journal.progress(of: "raw") {
            cursor = progress.cursor.n
        } else {
            try journal.begin("raw", epoch: try journal.state(of: "raw").epoch, cursor: 0)
            cursor = 0
        }
        killer.start()
        for batch in 0... {
            let entries = (0..<Int.random(in: 1...20)).map { index in
                var entry = NewEntry.sample(index, topic: "raw/1/en/\(index % 3)/", bytes: .random(in: 0...20_000))
                entry.id = "\(round)-\(batch)-\(index)"
                return entry
            }
            let positions = try journal.append(entries, to: "raw")
            let lines = positions.compactMap { $0.map { "\($0.n) \($0.id)\n" } }.joined()
            guard lines.utf8.count == Glibc.write(log, lines, lines.utf8.count) else { return }
            var result = NewEntry.sample(0)
            result.id = "result-\(cursor + 1)"
            _ = try journal.complete(
                [Completion(origin: "raw", n: cursor + 1, stream: "res", entry: result)],
                cursors: ["raw": Cursor(cursor + 1)])
            cursor += 1
            if batch % 10 == 9 { _ = try journal.retain("raw", within: Retention(bytes: 2_000_000)) }
        }
    }
}
