public import Wire

extension StreamFollower {
    /// Bounds and periods of a follower.
    public struct Settings: Sendable {
        /// Messages that may wait beyond a hole.
        public var bufferedMessages = 5_000
        /// Bytes of bodies that may wait beyond a hole.
        public var bufferedBytes = 64 << 20
        /// Messages asked for in one FETCH.
        public var fetchMessages: Int64 = 256
        /// Bytes of bodies asked for in one FETCH.
        public var fetchBytes = 8 << 20
        /// Milliseconds without an answer after which the control connection is made anew.
        public var patience: Int64 = 5_000

        /// The settings of the protocol.
        public init() {}
    }

    /// What a follower hears.
    public enum Event: Sendable {
        /// The control connection stands, for the first time or anew.
        case connected
        /// The server's WELCOME: epoch and bounds of the stream, nil where it has no such stream.
        case welcome(ControlMessage.Bounds?)
        /// A live message.
        case live(StreamMessage)
        /// A mark.
        case mark(Mark)
        /// A message of the FETCH in progress.
        case item(StreamMessage)
        /// A message of the FETCH in progress that cannot be read.
        case unreadable(UnreadableItem)
        /// The end of the FETCH in progress.
        case end(ControlMessage.End)
        /// The answer that what was asked for is past retention.
        case gone(ControlMessage.Gone)
        /// An error of the server.
        case refused(code: Int, text: String)
        /// Time has passed.
        case tick
        /// The owner can take no more for now.
        case pause
        /// The owner can take messages again.
        case resume
    }

    /// What a follower wants done.
    public enum Action: Sendable, Hashable {
        /// Send HELLO with these points of the stream.
        case hello(Trail)
        /// Send FETCH; answers to earlier ones are stale.
        case fetch(ControlMessage.Fetch)
        /// Hand this message on: it continues the stream.
        case deliver(StreamMessage)
        /// Pass over this message of the stream, which cannot be read: it stands here without its body.
        case passOver(StreamMessage, WireError)
        /// Close the control connection and make a new one.
        case reconnect
        /// The stream was met: its account starts at `cursor`.
        case begin(Identity, cursor: Int64)
        /// The stream's history was found to be another one beyond `to` than up to `from`, where this follower was; or, where
        /// they are equal, only its epoch is new. The follower waits for `resume`, and goes on from `to` then.
        case setBack(Identity, from: Int64, to: Int64)
        /// Messages `from` to `through` are past retention and will never come.
        case lost(from: Int64, through: Int64)
        /// The server has later messages and does not give message `at`: say so; it is asked again.
        case stuck(at: Int64, why: String)
        /// Following cannot go on.
        case fail(FollowerError)
    }

    /// What tells a stream from others of the same name.
    public struct Identity: Sendable, Hashable {
        /// Its epoch now.
        public var epoch: String
        /// The epoch that it began with; nil where the server does not say.
        public var journal: String?

        /// Creates a name.
        public init(epoch: String, journal: String? = nil) {
            self.epoch = epoch
            self.journal = journal
        }
    }
}
