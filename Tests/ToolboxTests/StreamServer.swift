import Journal
import Streams
import TestKit
import Wire
import ZeroMQ

@testable import Toolbox

/// A real server: a journal on disk, published and served by FETCH on free ports.
final class StreamServer: Sendable {
    let context: Context
    let publish: Endpoint
    let control: Endpoint
    private let folder: TemporaryFolder
    private let journal: SQLiteJournal
    private let signal: LoopSignal
    private let thread: DedicatedThread

    /// Starts a server whose streams `res` and `raw` hold so many messages.
    init(results: Int = 0, articles: Int = 0) throws {
        context = try Context()
        folder = try TemporaryFolder()
        journal = try SQLiteJournal(at: folder.path("journal"))
        _ = try journal.state(of: "res")
        _ = try journal.state(of: "raw")
        signal = try LoopSignal()
        try Self.append(1..<(results + 1), to: "res", of: journal)
        try Self.append(1..<(articles + 1), to: "raw", of: journal)
        var settings = StreamPublisher.Settings()
        settings.markPeriod = 50
        let publisher = try StreamPublisher(
            ["res", "raw"], of: journal, publish: Endpoint("tcp://127.0.0.1:*"), control: Endpoint("tcp://127.0.0.1:*"),
            server: "test", settings: settings, in: context)
        publish = publisher.publishEndpoint
        control = publisher.controlEndpoint
        thread = try DedicatedThread(named: "publisher", owning: publisher) { [signal] publisher in
            var publisher = publisher
            try? publisher.run(until: signal)
        }
    }

    /// Makes more results durable and has them published.
    func append(_ numbers: Range<Int>) throws {
        try Self.append(numbers, to: "res", of: journal)
        signal.wake()
    }

    /// Drops everything before message `n` of the results.
    func forget(before n: Int64) throws {
        _ = try journal.retain("res", within: Retention(bytes: 0, keepFrom: n))
    }

    var epoch: String {
        get throws { try journal.state(of: "res").epoch }
    }

    private static func append(_ numbers: Range<Int>, to stream: String, of journal: SQLiteJournal) throws {
        let entries = try numbers.map { number in
            let language = number.isMultiple(of: 2) ? "de" : "en"
            let message = try stream == "raw" ? Samples.raw(Int64(number)) : Samples.results(Int64(number))
            return NewEntry(
                id: "id-\(number)", topic: "\(stream)/1/\(language)/harbour.example/", key: "key-\(number)",
                body: message.body, time: Timestamp.now())
        }
        if !entries.isEmpty { _ = try journal.append(entries, to: stream) }
    }

    /// Stops the server and waits until it is gone.
    func stop() {
        signal.stop()
        thread.join()
    }

    deinit {
        stop()
        journal.close()
    }
}
