public import Journal
public import Streams
import Synchronization
import Wire
public import ZeroMQ

/// A `StreamPublisher` on a thread of its own.
public final class RunningPublisher: Sendable {
    /// Where it publishes and serves.
    public let address: FollowerConnection.Address
    private let journal: any Journal
    private let stream: String
    private let signal: LoopSignal
    private let thread: DedicatedThread

    /// Starts publishing a stream.
    ///
    /// - Parameters:
    ///   - stream: The stream's name.
    ///   - journal: Where it is.
    ///   - address: Where to publish and serve; nil for any free ports.
    ///   - settings: Bounds and periods.
    ///   - context: The context of its sockets.
    /// - Throws: `ZeroMQError` if an endpoint cannot be bound.
    public init(
        _ stream: String = "raw", of journal: any Journal, at address: FollowerConnection.Address? = nil,
        settings: StreamPublisher.Settings = StreamPublisher.Settings(), in context: Context
    ) throws(ZeroMQError) {
        let free = try Endpoint("tcp://127.0.0.1:*")
        let signal = try LoopSignal()
        // libzmq closes sockets in the background: those of a publisher that stood here may need a moment to go.
        let publisher = try retrying { () throws(ZeroMQError) in
            try StreamPublisher(
                [stream], of: journal, publish: address?.publish ?? free, control: address?.control ?? free,
                server: "test", settings: settings, in: context)
        }
        self.address = FollowerConnection.Address(
            publish: publisher.publishEndpoint, control: publisher.controlEndpoint)
        self.journal = journal
        self.stream = stream
        self.signal = signal
        thread = try DedicatedThread(named: "publisher", owning: publisher) { publisher in
            var publisher = publisher
            try? publisher.run(until: signal)
        }
    }

    /// Appends entries that are numbered so, and publishes them.
    ///
    /// - Parameters:
    ///   - numbers: Each becomes the id `m<number>` and the key `k<number>`.
    ///   - languages: Taken in turn.
    ///   - bytes: Size of each body.
    /// - Throws: `JournalError` if the journal does not take them.
    public func append(
        _ numbers: some Sequence<Int>, languages: [String] = ["en"], bytes: Int = 10
    ) throws(JournalError) {
        try append(
            numbers.map { number in
                NewEntry(
                    id: "m\(number)", topic: "\(stream)/1/\(languages[number % languages.count])/x/", key: "k\(number)",
                    body: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes), time: Timestamp.now())
            })
    }

    /// Appends entries, and publishes them.
    public func append(_ entries: [NewEntry]) throws(JournalError) {
        _ = try journal.append(entries, to: stream)
        signal.wake()
    }

    /// Stops and waits until the sockets are closed.
    public func stop() {
        signal.stop()
        thread.join()
    }
}
