import Journal
import Streams
import TestKit
import Testing
import Wire
import ZeroMQ

@Suite struct `Following over sockets` {
    let context: Context
    let journal = MemoryJournal()

    init() throws { context = try Context() }

    /// What a connection gave: numbers of messages, and ranges that are lost.
    struct Taken: Equatable {
        var numbers: [Int64] = []
        var lost: [ClosedRange<Int64>] = []
        var unreadable: [Int64] = []
    }

    /// Pumps until message `last` was delivered.
    static func follow(
        _ connection: inout FollowerConnection, through last: Int64, into taken: inout Taken
    ) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while taken.numbers.last ?? 0 < last, ContinuousClock.now < deadline {
            var items = connection.pollItems
            _ = try poll(&items, timeout: .milliseconds(100))
            for output in try connection.pump(now: SteadyClock.milliseconds()) {
                switch output {
                case .message(let message): taken.numbers.append(message.position.n)
                case .lost(let from, let through): taken.lost.append(from...through)
                case .failed(let error): throw error
                case .unreadable(let message, _): taken.unreadable.append(message.position.n)
                case .begin, .setBack, .malformed, .reconnecting, .stuck: break
                }
            }
        }
    }

    func connect(
        to publisher: RunningPublisher, _ follower: StreamFollower = StreamFollower(stream: "raw")
    ) throws -> FollowerConnection {
        try FollowerConnection(follower, at: publisher.address, client: "test", in: context)
    }

    @Test func `gives what is published while it listens`() async throws {
        let taken = try await blocking {
            let publisher = try RunningPublisher(of: journal, in: context)
            defer { publisher.stop() }
            var taken = Taken()
            var connection = try connect(to: publisher)
            for batch in 0..<20 {
                try publisher.append(batch * 10..<batch * 10 + 10)
                try Self.follow(&connection, through: Int64(batch) * 10 + 10, into: &taken)
            }
            return taken
        }
        #expect(taken == Taken(numbers: Array(1...200)))
    }

    @Test func `catches up when it starts late, and goes on where it was`() async throws {
        let taken = try await blocking {
            let publisher = try RunningPublisher(of: journal, in: context)
            defer { publisher.stop() }
            try publisher.append(1...2_000)
            var taken = Taken()
            var first = try connect(to: publisher)
            try Self.follow(&first, through: 1_000, into: &taken)
            let follower = StreamFollower(
                stream: "raw", identity: first.follower.epoch.map { .init(epoch: $0) }, cursor: taken.numbers.last ?? 0)
            var second = try connect(to: publisher, follower)
            try Self.follow(&second, through: 2_000, into: &taken)
            return taken
        }
        #expect(taken == Taken(numbers: Array(1...2_000)))
    }

    @Test func `loses nothing when it is too slow for the live messages`() async throws {
        let taken = try await blocking {
            var settings = StreamPublisher.Settings()
            settings.subscriberQueue = 5
            let publisher = try RunningPublisher(of: journal, settings: settings, in: context)
            defer { publisher.stop() }
            var taken = Taken()
            var connection = try connect(to: publisher)
            try publisher.append(0..<1)
            try Self.follow(&connection, through: 1, into: &taken)
            for batch in 0..<30 { try publisher.append(1_000 + batch * 100..<1_100 + batch * 100, bytes: 3_000) }
            try Self.follow(&connection, through: 3_001, into: &taken)
            return taken
        }
        #expect(taken == Taken(numbers: Array(1...3_001)))
    }

    @Test func `says what retention took before it came`() async throws {
        let taken = try await blocking {
            let publisher = try RunningPublisher(of: journal, in: context)
            defer { publisher.stop() }
            try publisher.append(1...20)
            let epoch = try journal.state(of: "raw").epoch
            _ = try journal.retain("raw", within: Retention(bytes: 100))
            let follower = StreamFollower(stream: "raw", identity: .init(epoch: epoch), cursor: 2)
            var taken = Taken()
            var connection = try connect(to: publisher, follower)
            try Self.follow(&connection, through: 20, into: &taken)
            return taken
        }
        #expect(taken == Taken(numbers: Array(11...20), lost: [3...10]))
    }

    @Test func `goes on when the server begins anew at the same place`() async throws {
        let taken = try await blocking {
            let first = try RunningPublisher(of: journal, in: context)
            var taken = Taken()
            var connection = try connect(to: first)
            try first.append(1...10)
            try Self.follow(&connection, through: 10, into: &taken)
            try first.append(11...12)
            first.stop()
            let second = try RunningPublisher(of: journal, at: first.address, in: context)
            defer { second.stop() }
            try second.append(13...20)
            try Self.follow(&connection, through: 20, into: &taken)
            return taken
        }
        #expect(taken == Taken(numbers: Array(1...20)))
    }

    @Test func `stops when another journal stands at the same place`() async throws {
        await #expect(throws: FollowerError.self) {
            try await blocking {
                let first = try RunningPublisher(of: journal, in: context)
                var taken = Taken()
                var connection = try connect(to: first)
                try first.append(1...10)
                try Self.follow(&connection, through: 10, into: &taken)
                first.stop()
                let second = try RunningPublisher(of: MemoryJournal(), at: first.address, in: context)
                defer { second.stop() }
                try second.append(1...20)
                try Self.follow(&connection, through: 20, into: &taken)
            }
        }
    }

    @Test func `leaves what comes while its owner is full, and fetches it later`() async throws {
        let (inPause, taken) = try await blocking {
            let publisher = try RunningPublisher(of: journal, in: context)
            defer { publisher.stop() }
            var taken = Taken()
            var connection = try connect(to: publisher)
            try publisher.append(1...10)
            try Self.follow(&connection, through: 10, into: &taken)
            connection.pause(now: SteadyClock.milliseconds())
            try publisher.append(11...40)
            var inPause = Taken()
            // The mark behind them tells that they have arrived.
            while connection.follower.last < 40 { try Self.step(&connection, into: &inPause) }
            _ = try connection.resume(now: SteadyClock.milliseconds())
            try Self.follow(&connection, through: 40, into: &taken)
            return (inPause, taken)
        }
        #expect(inPause == Taken())
        #expect(taken == Taken(numbers: Array(1...40)))
    }

    static func step(_ connection: inout FollowerConnection, into taken: inout Taken) throws {
        var items = connection.pollItems
        _ = try poll(&items, timeout: .milliseconds(100))
        for case .message(let message) in try connection.pump(now: SteadyClock.milliseconds()) {
            taken.numbers.append(message.position.n)
        }
    }
}
