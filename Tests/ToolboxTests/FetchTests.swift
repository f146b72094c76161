import Service
import Testing
import Wire
import ZeroMQ

@testable import Toolbox

@Suite struct `The command fetch` {
    private let console = CapturedConsole()

    private func fetch(
        from server: StreamServer, patience: Int64 = ControlClient.patience,
        _ change: (inout FetchConfiguration) -> Void = { _ in }
    ) throws -> ExitCode {
        var configuration = FetchConfiguration()
        configuration.connect = server.control
        configuration.format = .jsonLines
        change(&configuration)
        var fetch = try Fetch(configuration, console: console.console, patience: patience, in: server.context)
        return try fetch.run()
    }

    /// The lines of these messages: each event with its place in the stream.
    private func lines(_ numbers: some Sequence<Int>, epoch: String = Samples.epoch) throws -> [String] {
        try numbers.map { number in
            let event = String(decoding: try Samples.results(Int64(number)).body, as: UTF8.self)
            return #"{"epoch":"\#(epoch)","number":\#(number),"# + event.dropFirst()
        }
    }

    @Test func `shows everything kept, over several windows, as it was published`() throws {
        let server = try StreamServer(results: 600)
        #expect(try fetch(from: server) == .ok)
        #expect(console.lines.map(String.init) == (try lines(1...600, epoch: server.epoch)))
        #expect(console.remarks.isEmpty)
    }

    @Test func `shows a stretch`() throws {
        let server = try StreamServer(results: 20)
        #expect(
            try fetch(from: server) {
                $0.from = 5
                $0.to = 9
            } == .ok)
        #expect(console.lines.count == 5)
    }

    @Test func `shows another stream, as text`() throws {
        let server = try StreamServer(results: 1, articles: 3)
        #expect(
            try fetch(from: server) {
                $0.stream = .raw
                $0.format = .text
                $0.from = 2
            } == .ok)
        #expect(console.lines.count == 2)
        #expect(console.lines.allSatisfy { $0.hasSuffix("Ferry to reopen in May urn:test:ferry") })
    }

    @Test func `shows only topics with the prefix`() throws {
        let server = try StreamServer(results: 601)
        #expect(try fetch(from: server) { $0.prefix = "res/1/de/" } == .ok)
        #expect(console.lines.count == 300)
        #expect(try fetch(from: server) { $0.prefix = "res/1/fr/" } == .ok)
        #expect(console.lines.count == 300)
    }

    @Test func `of a stream that ends earlier says where`() throws {
        let server = try StreamServer(results: 3)
        #expect(try fetch(from: server) { $0.from = 4 } == .ok)
        #expect(console.remarks == ["the stream res at \(server.control) ends with message 3"])
    }

    @Test func `of an empty stream says so`() throws {
        let server = try StreamServer()
        #expect(try fetch(from: server) == .ok)
        #expect(console.remarks == ["the stream res at \(server.control) holds no messages"])
        #expect(console.output.isEmpty)
    }

    @Test func `says what cannot be shown, shows the others and ends with 65`() throws {
        let bodies = [try Samples.results(1).body, Array("[1]".utf8), try Samples.results(3).body]
        let (endpoint, context) = try talk { command in
            guard case .fetch = command else {
                return [.welcome(.init(streams: ["res": .init(e: Samples.epoch, lo: 1, hi: 3)], server: "x"))]
            }
            let items = zip(Int64(1)..., bodies).map { Samples.message($0, "res", $1) }
            return items.map { .item($0) } + [.end(.init(e: Samples.epoch, next: 4, hi: 3))]
        }
        defer { context.shutdown() }
        var configuration = FetchConfiguration()
        configuration.connect = endpoint
        var fetch = try Fetch(configuration, console: console.console, in: context)
        let code = try fetch.run()
        #expect(code == .dataError)
        #expect(console.lines.count { $0.hasSuffix("Ferry to reopen in May") } == 2)
        #expect(console.remarks.count == 1)
        #expect(console.remarks.first?.contains("message 2 cannot be shown") == true)
    }

    @Test func `of what is no longer kept names the oldest message`() throws {
        let server = try StreamServer(results: 10)
        try server.forget(before: 6)
        let error = #expect(throws: ToolError.self) { try fetch(from: server) { $0.from = 2 } }
        #expect(error?.exitCode == .noInput)
        #expect(error?.description.contains("--from 6") == true)
        #expect(console.output.isEmpty)
        #expect(try fetch(from: server) == .ok)
        #expect(console.lines.count == 5)
    }

    @Test func `of a stream that the server lacks names those it has`() throws {
        let server = try StreamServer()
        let error = #expect(throws: ToolError.self) { try fetch(from: server) { $0.stream = .deadLetters } }
        #expect(error?.exitCode == .noInput)
        #expect(error?.description.contains("raw, res") == true)
    }

    @Test func `minds the epoch`() throws {
        let server = try StreamServer(results: 1)
        let epoch = try server.epoch
        #expect(try fetch(from: server) { $0.epoch = epoch } == .ok)
        let error = #expect(throws: ToolError.self) { try fetch(from: server) { $0.epoch = "0000000000000000" } }
        #expect(error?.exitCode == .dataError)
        #expect(error?.description.contains(epoch) == true)
    }

    @Test func `where nobody answers names the endpoint and the program to start`() throws {
        let server = try StreamServer()
        server.stop()
        let error = #expect(throws: ToolError.self) { try fetch(from: server, patience: 100) }
        #expect(error?.exitCode == .unavailable)
        #expect(error?.description.contains("nobody answers at \(server.control); start the analyzer, or name") == true)
    }

    /// A server that answers with whatever it is told to.
    private func talk(
        _ answers: @escaping @Sendable (ControlMessage.Command) -> [ControlMessage.Command]
    ) throws -> (endpoint: Endpoint, context: Context) {
        let context = try Context()
        var router = try Socket(.router, in: context)
        let endpoint = try router.bind(to: Endpoint("tcp://127.0.0.1:*"))
        _ = try DedicatedThread(named: "server", owning: router) { router in
            var router = router
            while let frames = try? router.receive(), let peer = frames.first,
                let message = try? ControlMessage(frames: Array(frames.dropFirst()))
            {
                for answer in answers(message.command) {
                    guard let reply = try? ControlMessage(request: message.request, answer).frames() else { continue }
                    _ = try? router.send([peer] + reply)
                }
            }
        }
        return (endpoint, context)
    }

    @Test(arguments: [
        (ControlMessage.Bounds(e: Samples.epoch, lo: 1, hi: .max), "to 9223372036854775807"),
        (ControlMessage.Bounds(e: Samples.epoch, lo: .min, hi: 5), "-9223372036854775808"),
        (ControlMessage.Bounds(e: Samples.epoch, lo: 9, hi: 5), "from message 9"),
    ])
    func `does not believe absurd bounds`(_ bounds: ControlMessage.Bounds, _ hint: String) throws {
        let (endpoint, context) = try talk { _ in [.welcome(.init(streams: ["res": bounds], server: "x"))] }
        defer { context.shutdown() }
        var configuration = FetchConfiguration()
        configuration.connect = endpoint
        var fetch = try Fetch(configuration, console: console.console, in: context)
        do {
            _ = try fetch.run()
            Issue.record("it believed them")
        } catch let error as ToolError {
            #expect(error.exitCode == .unavailable)
            #expect(error.description.contains(hint))
        }
    }

    @Test func `drops what it did not ask for, and gives up on a server that does not get on`() throws {
        let stray = [try Samples.results(.max), try Samples.raw(1), try Samples.results(2)]
        let (endpoint, context) = try talk { command in
            guard case .fetch = command else {
                return [.welcome(.init(streams: ["res": .init(e: Samples.epoch, lo: 1, hi: 3)], server: "x"))]
            }
            return stray.map { .item($0) } + [.end(.init(e: Samples.epoch, next: 1, hi: 3))]
        }
        defer { context.shutdown() }
        var configuration = FetchConfiguration()
        configuration.connect = endpoint
        configuration.format = .jsonLines
        var fetch = try Fetch(configuration, console: console.console, in: context)
        do {
            _ = try fetch.run()
            Issue.record("it went on for ever")
        } catch let error as ToolError {
            #expect(error.description.contains("does not get beyond message 1"))
        }
        #expect(console.lines.map(String.init) == (try lines([2])))
    }
}
