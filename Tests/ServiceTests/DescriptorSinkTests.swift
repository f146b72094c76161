import Glibc
import Service
import TestKit
import Testing

@Suite struct DescriptorSinkTests {
    /// A pipe that a sink writes into.
    final class Pipe: Sendable {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
            _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        }

        deinit {
            close(reading)
            close(writing)
        }

        func text() -> String {
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while case let count = read(reading, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
            return String(decoding: all, as: UTF8.self)
        }
    }

    @Test func `a reader that stands still loses lines and is told how many`() throws {
        let pipe = try Pipe()
        let log = Log(to: DescriptorSink(descriptor: pipe.writing))
        let long = String(repeating: "x", count: 900)
        for _ in 0..<500 { log.info("line", ["text": long]) }
        let kept = pipe.text().split(separator: "\n").count
        #expect((1..<500).contains(kept))
        log.info("last")
        let lines = pipe.text().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasSuffix(#""level":"warning","msg":"log lines were dropped","count":\#(500 - kept)}"#) == true
        )
        #expect(lines.last?.hasSuffix(#""msg":"last"}"#) == true)
    }

    @Test func `a line for a person of more than 4096 bytes is cut between characters`() throws {
        let pipe = try Pipe()
        let log = Log(to: DescriptorSink(descriptor: pipe.writing, format: .terminal(color: false)))
        let value = String(repeating: "語", count: 900)
        log.info("long", ["a": value, "b": value, "c": value])
        let text = pipe.text()
        #expect((4090...4096).contains(text.utf8.count))
        #expect(text.hasSuffix("語\n"))
    }
}
