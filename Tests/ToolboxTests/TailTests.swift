import Service
import Streams
import Testing
import Wire
import ZeroMQ

@testable import Toolbox

@Suite struct `The command tail` {
    private let console = CapturedConsole()

    /// Runs tail on a thread of its own; what it throws becomes a remark.
    private func start(
        _ configuration: TailConfiguration, in context: Context
    ) throws -> (signal: LoopSignal, thread: DedicatedThread) {
        let signal = try LoopSignal()
        let console = console.console
        let thread = try DedicatedThread(named: "tail") {
            do {
                var tail = try Tail(configuration, console: console, until: signal, in: context)
                try tail.run()
            } catch {
                console.remark("failed: \(error)")
            }
        }
        return (signal, thread)
    }

    /// A bare publisher, and a tail of it whose subscription has arrived.
    private func publisher(
        _ change: (inout TailConfiguration) -> Void, _ body: (inout Socket) throws -> Void
    ) throws {
        let context = try Context()
        var publisher = try Socket(.xpub, in: context)
        var configuration = TailConfiguration()
        configuration.connect = try publisher.bind(to: Endpoint("tcp://127.0.0.1:*"))
        configuration.format = .jsonLines
        change(&configuration)
        let (signal, thread) = try start(configuration, in: context)
        defer {
            signal.stop()
            thread.join()
        }
        let subscriptions = [try publisher.receive(), try publisher.receive()]
        #expect(Set(subscriptions) == Samples.subscriptions(of: "\(configuration.stream.rawValue)"))
        try body(&publisher)
    }

    @Test func `shows what is published from now on, each message at once`() throws {
        try publisher { _ in
        } _: { publisher in
            for n in 1...3 {
                let message = try Samples.results(Int64(n))
                try publisher.send(message.frames())
                let lines = try #require(console.wait(forLines: n))
                let event = String(decoding: message.body, as: UTF8.self)
                let place = #"{"epoch":"\#(Samples.epoch)","number":\#(n),"#
                #expect(String(lines[n - 1]) == place + event.dropFirst())
            }
        }
        #expect(console.remarks.isEmpty)
    }

    @Test func `ends after as many messages as were asked for`() throws {
        let context = try Context()
        var publisher = try Socket(.xpub, in: context)
        var configuration = TailConfiguration()
        configuration.stream = .raw
        configuration.connect = try publisher.bind(to: Endpoint("tcp://127.0.0.1:*"))
        configuration.count = 2
        let (_, thread) = try start(configuration, in: context)
        let subscriptions = [try publisher.receive(), try publisher.receive()]
        #expect(Set(subscriptions) == Samples.subscriptions(of: "raw"))
        for n in 1...5 { try publisher.send(Samples.raw(Int64(n)).frames()) }
        thread.join()
        #expect(console.lines.count == 2)
    }

    @Test func `says what it cannot show, and goes on`() throws {
        try publisher {
            $0.format = .text
        } _: { publisher in
            try publisher.send([Array("res/1/en/".utf8), Array("{\u{1B}[2J".utf8)])
            try publisher.send(Samples.message(1, "res", Array("[1]".utf8)).frames())
            try publisher.send(Samples.results(4).frames())
            #expect(console.wait(forLines: 9) != nil)
        }
        #expect(console.remarks.count == 3)
        #expect(console.remarks.contains { $0.contains("message 1 cannot be shown") })
        #expect(console.remarks.contains { $0.contains("messages 2 to 3 were missed") })
    }

    @Test func `from a message on replays, then goes on live without loss`() throws {
        let server = try StreamServer(results: 300)
        var configuration = TailConfiguration()
        configuration.connect = server.publish
        configuration.control = server.control
        configuration.from = 11
        configuration.count = 390
        configuration.format = .jsonLines
        let (_, thread) = try start(configuration, in: server.context)
        #expect(console.wait(forLines: 1) != nil)
        for first in stride(from: 301, to: 401, by: 10) { try server.append(first..<(first + 10)) }
        thread.join()
        #expect(console.remarks.isEmpty)
        let numbers = try console.lines.map {
            try JSON.decode(CloudEvent<Analysis>.self, from: Array($0.utf8)).id
        }
        #expect(numbers.count == 390)
    }

    @Test func `from a message that is not there yet waits for it`() throws {
        let server = try StreamServer(results: 3)
        var configuration = TailConfiguration()
        configuration.connect = server.publish
        configuration.control = server.control
        configuration.from = 6
        configuration.count = 1
        configuration.stream = .results
        let (_, thread) = try start(configuration, in: server.context)
        try server.append(4..<8)
        thread.join()
        #expect(console.lines.first?.hasSuffix("Ferry to reopen in May") == true)
    }

    @Test func `from a message that is gone says so and goes on`() throws {
        let server = try StreamServer(results: 10)
        try server.forget(before: 8)
        var configuration = TailConfiguration()
        configuration.connect = server.publish
        configuration.control = server.control
        configuration.from = 3
        configuration.count = 3
        configuration.format = .jsonLines
        let (_, thread) = try start(configuration, in: server.context)
        thread.join()
        #expect(console.remarks == ["messages 3 to 7 are no longer kept"])
        #expect(console.lines.count == 3)
    }

    @Test func `from a message of a stream that the server lacks fails`() throws {
        let server = try StreamServer()
        var configuration = TailConfiguration()
        configuration.stream = .deadLetters
        configuration.connect = server.publish
        configuration.control = server.control
        configuration.from = 1
        var tail = try Tail(configuration, console: console.console, until: try LoopSignal(), in: server.context)
        let error = #expect(throws: ToolError.self) { try tail.run() }
        #expect(error?.exitCode == .noInput)
    }
}
