import Journal
import Streams
import TestKit
import Testing
import Wire
import ZeroMQ

@Suite struct `A publisher` {
    let context: Context
    let journal = MemoryJournal()
    let publisher: RunningPublisher

    init() throws {
        context = try Context()
        publisher = try RunningPublisher(of: journal, in: context)
    }

    /// Runs a conversation on a thread that may block.
    func converse(_ body: @escaping @Sendable (Client) throws -> [String]) async throws -> [String] {
        let (context, publisher) = (context, publisher)
        return try await blocking {
            defer { publisher.stop() }
            return try body(Client(of: publisher.address, in: context))
        }
    }

    static func fetch(
        _ from: Int64, to: Int64? = nil, epoch: String? = nil, stream: String = "raw", prefix: String? = nil,
        credit: Int = 100, bytes: Int = 1_000_000
    ) -> ControlMessage.Command {
        .fetch(
            ControlMessage.Fetch(
                s: stream, e: epoch, from: from, to: to, prefix: prefix, credit: credit, bytes: bytes))
    }

    @Test func `welcomes a client and tells the bounds of its streams`() async throws {
        try publisher.append(1...3)
        let state = try journal.state(of: "raw")
        let (context, publisher) = (context, publisher)
        let welcome = try await blocking {
            defer { publisher.stop() }
            let client = try Client(of: publisher.address, in: context)
            try client.say(.hello(.init(role: "r", client: "c")))
            return try client.hear()
        }
        guard case .welcome(let welcome)? = welcome?.command else { return #expect(Bool(false), "no welcome") }
        #expect(welcome.streams == ["raw": .init(e: state.epoch, lo: 1, hi: 3, j: state.epoch)])
    }

    @Test func `refuses what it does not have or speak`() async throws {
        let heard = try await converse { client in
            try client.say(.hello(.init(vmin: 2, vmax: 3, role: "r", client: "c")))
            try client.say(Self.fetch(1, stream: "none"))
            try client.say(Self.fetch(1, epoch: "00000000000000aa"))
            return try client.next(3)
        }
        #expect(heard == ["error 426", "error 404", "error 409"])
    }

    @Test func `replays a stretch`() async throws {
        try publisher.append(1...9)
        let heard = try await converse { client in
            try client.say(Self.fetch(3, to: 5))
            let stretch = try client.next(4)
            try client.say(Self.fetch(8, to: 100))
            let rest = try client.next(3)
            try client.say(Self.fetch(10))
            return stretch + rest + [try client.next()]
        }
        #expect(heard == ["3", "4", "5", "end 6 of 9", "8", "9", "end 10 of 9", "end 10 of 9"])
    }

    @Test func `replays only what has the prefix`() async throws {
        try publisher.append(1...6, languages: ["de", "en", "fr"])
        let heard = try await converse { client in
            try client.say(Self.fetch(1, prefix: "raw/1/de/"))
            let some = try client.next(3)
            try client.say(Self.fetch(1, prefix: "raw/1/zh/"))
            return some + [try client.next()]
        }
        #expect(heard == ["3", "6", "end 7 of 6", "end 7 of 6"])
    }

    @Test func `sends no more than the credit, however much is added`() async throws {
        try publisher.append(1...5)
        let heard = try await converse { client in
            try client.say(Self.fetch(1, credit: 2))
            var heard = try client.next(2)
            try client.say(.ping)
            heard.append(try client.next())
            try client.say(.credit(1), request: "other")
            try client.say(.credit(1))
            heard.append(try client.next())
            try client.say(.credit(.max))
            try client.say(.credit(.max))
            return heard + (try client.next(3))
        }
        #expect(heard == ["1", "2", "pong", "3", "4", "5", "end 6 of 5"])
    }

    @Test func `ends a stretch after the bytes that were asked for`() async throws {
        try publisher.append(1...5, bytes: 10)
        let heard = try await converse { client in
            try client.say(Self.fetch(1, bytes: 25))
            return try client.next(4)
        }
        #expect(heard == ["1", "2", "3", "end 4 of 5"])
    }

    @Test func `says what is past retention, before and within a stretch`() async throws {
        try publisher.append(1...9, bytes: 10)
        let journal = journal
        let heard = try await converse { client in
            try client.say(Self.fetch(1, credit: 2))
            var heard = try client.next(2)
            _ = try journal.retain("raw", within: Retention(bytes: 40))
            try client.say(.credit(9))
            heard.append(try client.next())
            try client.say(Self.fetch(1))
            return heard + [try client.next()]
        }
        #expect(heard == ["1", "2", "gone below 6", "gone below 6"])
    }

    @Test func `answers nonsense once, then mutes its sender and nobody else`() async throws {
        let (context, publisher) = (context, publisher)
        let (heard, other) = try await blocking {
            defer { publisher.stop() }
            let client = try Client(of: publisher.address, in: context)
            for _ in 0..<10 { try client.say(frames: [Array("junk".utf8), [], [], []]) }
            let first = try client.next()
            try client.say(.ping)
            let neighbour = try Client(of: publisher.address, in: context)
            // Both are served in turn: had the first been heard, its answer would be there.
            var other: [String] = []
            for _ in 0..<5 {
                try neighbour.say(.ping)
                other.append(try neighbour.next())
            }
            let second = try client.hear(wait: false)
            return ([first, second.map { "\($0)" } ?? "silence"], other)
        }
        #expect(heard == ["error 400", "silence"])
        #expect(other == [String](repeating: "pong", count: 5))
    }

    @Test func `takes an unknown command for no offence`() async throws {
        let heard = try await converse { client in
            for _ in 0..<12 { try client.say(frames: [Array("NWP1".utf8), Array("NEW".utf8), [7], []]) }
            let errors = try client.next(12)
            try client.say(.ping)
            return errors + [try client.next()]
        }
        #expect(heard == [String](repeating: "error 501", count: 12) + ["pong"])
    }

    @Test func `serves many clients at a time`() async throws {
        try publisher.append(1...300)
        let (context, publisher) = (context, publisher)
        let heard = try await blocking {
            defer { publisher.stop() }
            let clients = try (0..<8).map { _ in try Client(of: publisher.address, in: context) }
            // Nothing beyond what went out live is served: before that, a stretch would end early.
            try clients[0].say(.ping)
            while try clients[0].next() == "pong" {
                try clients[0].say(Self.fetch(301))
                if try clients[0].next() == "end 301 of 300" { break }
                try clients[0].say(.ping)
            }
            for client in clients { try client.say(Self.fetch(1, credit: 1_000)) }
            return try clients.map { client in try client.next(301) }
        }
        let expected = (1...300).map { "\($0)" } + ["end 301 of 300"]
        #expect(heard.allSatisfy { $0 == expected })
    }
}
