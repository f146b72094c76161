import Glibc
import Service
import Synchronization
import TestKit
import Testing

@Suite struct TerminalTests {
    final class Screen: Sendable {
        let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func show(_ text: String) { kept.withLock { $0.append(text) } }
    }

    @Test func `progress shows after two seconds, ten times a second, and goes away`() {
        let clock = ManualClock()
        let screen = Screen()
        let progress = Progress("reading", total: 50, isShown: true, now: { clock.now }, write: screen.show)
        progress.advance()
        #expect(screen.all == [])
        clock.advance(by: .seconds(2))
        progress.advance()
        progress.advance()
        clock.advance(by: .milliseconds(100))
        progress.advance(by: 7)
        progress.finish()
        progress.finish()
        #expect(
            screen.all == [
                "\r\u{1b}[Kreading: 2 of 50, 2 s, 1.0 a second", "\r\u{1b}[Kreading: 10 of 50, 2 s, 5.0 a second",
                "\r\u{1b}[K",
            ])
    }

    @Test func `progress is silent where nobody looks`() {
        let clock = ManualClock()
        let screen = Screen()
        let progress = Progress("reading", isShown: false, now: { clock.now }, write: screen.show)
        clock.advance(by: .seconds(10))
        progress.advance()
        progress.finish()
        #expect(screen.all == [])
    }

    @Test func `a pipe is no terminal and has a readable width`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(!Terminal.isInteractive(ends[1]))
        #expect(!Terminal.usesColor(ends[1]))
        #expect((40...120).contains(Terminal.width(of: ends[1])))
    }

    @Test func `writing to a pipe that nobody reads is an error that says so`() throws {
        Signals.ignoreBrokenPipes()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let error = #expect(throws: Output.Failure.self) { try Output(descriptor: ends[1]).write("text") }
        #expect(error?.isClosedPipe == true)
        #expect(error?.exitCode == .ok)
    }
}
