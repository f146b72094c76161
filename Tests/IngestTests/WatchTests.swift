import Glibc
import TestKit
import Testing
import Wire

@testable import Ingest

/// Watches a folder of its own; every wait ends with the event, the ten seconds are for a failing test.
@Suite struct WatchTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The next articles and faults, skipping ignored files; stops where nothing comes.
    static func next(_ intake: inout Intake) -> IngestEvent {
        while true {
            let event = intake.next(waitingAtMost: .seconds(10))
            if case .ignored = event { continue }
            if case .hidden = event { continue }
            return event
        }
    }

    static func body(_ intake: inout Intake) -> String? {
        if case .article(let article) = next(&intake) { article.article.body } else { nil }
    }

    static func number(in path: String) -> Int? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = fread(&bytes, 1, bytes.count, file)
        return Int(String(decoding: bytes[..<count], as: UTF8.self).filter(\.isNumber))
    }

    @Test func `what is there comes first, then what arrives`() throws {
        try folder.write("a.txt", "there")
        var intake = Intake([folder.path], watch: true)
        #expect(Self.body(&intake) == "there")
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        try folder.write("b.txt", "written")
        #expect(Self.body(&intake) == "written")
        try folder.write("c.part", "moved")
        rename(folder.path("c.part"), folder.path("c.txt"))
        #expect(Self.body(&intake) == "moved")
        try folder.write("a.txt", "changed")
        #expect(Self.body(&intake) == "changed")
        link(folder.path("a.txt"), folder.path("d.txt"))
        #expect(Self.body(&intake) == "changed")
        #expect(intake.next(waitingAtMost: .zero) == .idle)
    }

    @Test func `a file is read when it is closed, not before`() throws {
        var intake = Intake([folder.path], watch: true)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        let file = try #require(fopen(folder.path("a.txt"), "w"))
        fputs("first ", file)
        fflush(file)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        fputs("second", file)
        fclose(file)
        #expect(Self.body(&intake) == "first second")
    }

    @Test func `new folders are watched with all that is in them`() throws {
        var intake = Intake([folder.path], watch: true)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        try folder.write("x/y/a.txt", "deep")
        #expect(Self.body(&intake) == "deep")
        while intake.next(waitingAtMost: .zero) != .idle {}
        try folder.write("x/y/b.txt", "deeper")
        #expect(Self.body(&intake) == "deeper")
        rename(folder.path("x/y"), folder.path("z"))
        #expect(Self.body(&intake) == "deep")
        #expect(Self.body(&intake) == "deeper")
        try folder.write("z/c.txt", "after the move")
        #expect(Self.body(&intake) == "after the move")
    }

    @Test func `more changes than the system remembers lose nothing`() throws {
        var intake = Intake([folder.path], watch: true)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        // The system merges a change with the same one just before it, so these take turns.
        let limit = try #require(Self.number(in: "/proc/sys/fs/inotify/max_queued_events"))
        for number in 0...limit { try folder.write("\(number % 2).part", "") }
        for number in 0..<20 { try folder.write("n\(number).txt", "\(number)") }
        let reading = Reading(&intake)
        #expect(Set(reading.bodies) == Set((0..<20).map { "\($0)" }))
        #expect(reading.failures == [])
    }

    @Test func `a watched folder that goes is missed, and read when it is back`() throws {
        let clock = ManualClock()
        let path = try folder.makeFolder("in")
        var intake = Intake([path], watch: true, now: { clock.now })
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        rmdir(path)
        guard case .failure(let error) = Self.next(&intake) else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .notWatched)
        #expect(error.place == path)
        try folder.write("in/a.txt", "back")
        clock.advance(by: .seconds(1))
        #expect(Self.body(&intake) == "back")
        try folder.write("in/b.txt", "watched")
        #expect(Self.body(&intake) == "watched")
    }

    @Test func `a folder that is missing at the start is awaited`() throws {
        let clock = ManualClock()
        var intake = Intake([folder.path("in")], watch: true, now: { clock.now })
        guard case .failure(let error) = Self.next(&intake) else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .notFound)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        try folder.write("in/a.txt", "at last")
        clock.advance(by: .seconds(1))
        #expect(Self.body(&intake) == "at last")
    }

    @Test func `without a folder there is nothing to watch`() throws {
        var intake = Intake([try folder.write("a.txt", "x")], watch: true)
        #expect(Self.body(&intake) == "x")
        #expect(intake.next(waitingAtMost: .seconds(10)) == .end)
    }

    @Test func `a file under embargo is published when that ends`() throws {
        var intake = Intake([folder.path], watch: true)
        #expect(intake.next(waitingAtMost: .zero) == .idle)
        func line(_ id: String, _ time: String) -> String {
            #"{"uri": "\#(id)", "embargoed": "\#(time)", "body": "b"}"#
        }
        // On a slow machine an embargo may end before the file is read.
        for time in [1_000, 8_000, 64_000] as [Int64] {
            let end = Timestamp.milliseconds() + time
            let lines = [line("urn:x:1", Timestamp.format(end)), line("urn:x:2", "2099-01-01")]
            try folder.write("\(time).jsonl", lines.joined(separator: "\n"))
            let refused = Reading(&intake, patience: .seconds(10))
            guard refused.articles.isEmpty else { continue }
            #expect(refused.failures.map(\.code) == [.embargoed, .embargoed])
            #expect(refused.failures.allSatisfy { $0.remedy.contains("read again") })
            var event = intake.next(waitingAtMost: .seconds(10))
            while event == .idle { event = intake.next(waitingAtMost: .seconds(10)) }
            guard case .article(let article) = event else {
                Issue.record("\(event)")
                return
            }
            #expect(article.article.uri == "urn:x:1" && Timestamp.milliseconds() >= end)
            #expect(Reading(&intake).failures.map(\.code) == [.embargoed])
            return
        }
        Issue.record("no embargo lasted until its file was read")
    }

    @Test func `files under embargo are kept in mind until each may be read, the first one first`() {
        var files = EmbargoedFiles()
        let ends: [(String, Int64)] = [("a", 30), ("b", 20), ("c", 50), ("c", 10), ("c", 40), ("d", 5)]
        #expect(ends.map { files.keep($0.0, until: $0.1) } == Array(repeating: true, count: ends.count))
        files.forget("d")
        let times: [Int64] = [9, 35, .max]
        #expect(times.map { files.take(at: $0) } == [[], ["a", "b", "c"], []])
        #expect(files.isEmpty)
        #expect((0...10_000).count { files.keep("\($0)", until: 1) } == 10_000)
    }
}
