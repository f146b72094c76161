extension ControlMessage {
    /// The arguments of `HELLO`.
    public struct Hello: Sendable, Hashable, Codable {
        /// Oldest version of NWP that the client speaks.
        public var vmin: Int
        /// Newest version of NWP that the client speaks.
        public var vmax: Int
        /// What the client does, such as `follower`.
        public var role: String
        /// Who the client is, for logs, such as `onrecord/0.1 host:4711`.
        public var client: String
        /// What the client has followed so far, by the names of streams.
        public var at: [String: Trail]?

        /// Creates the arguments.
        public init(
            vmin: Int = ProtocolVersion.oldest, vmax: Int = ProtocolVersion.newest, role: String, client: String,
            at: [String: Trail]? = nil
        ) {
            self.vmin = vmin
            self.vmax = vmax
            self.role = role
            self.client = client
            self.at = at
        }
    }

    /// The arguments of `WELCOME`.
    public struct Welcome: Sendable, Hashable, Codable {
        /// Version of NWP that is spoken from now on.
        public var v: Int
        /// The streams that the server holds, by name.
        public var streams: [String: Bounds]
        /// Milliseconds between two marks.
        public var markMilliseconds: Int
        /// Largest frame that the server takes or sends, in bytes.
        public var maxFrame: Int
        /// Who the server is, for logs.
        public var server: String

        /// Creates the arguments.
        public init(
            v: Int = ProtocolVersion.newest, streams: [String: Bounds], markMilliseconds: Int = 1000,
            maxFrame: Int = Limits.bodyBytes, server: String
        ) {
            self.v = v
            self.streams = streams
            self.markMilliseconds = markMilliseconds
            self.maxFrame = maxFrame
            self.server = server
        }

        enum CodingKeys: String, CodingKey {
            case v, streams, server
            case markMilliseconds = "mark_ms"
            case maxFrame = "max_frame"
        }
    }

    /// Epoch and extent of a stream.
    public struct Bounds: Sendable, Hashable, Codable {
        /// Epoch of the stream's journal.
        public var e: String
        /// Sequence number of the oldest message still kept; `hi + 1` if none is.
        public var lo: Int64
        /// Sequence number of the newest message, 0 for an empty stream.
        public var hi: Int64
        /// The epoch that the stream began with, which names it for life; nil from servers that keep no links.
        public var j: String?
        /// Link of message `lo - 1`, at the same moment as `same`; nil where there is none, and from servers that do not say it.
        public var lh: Link?
        /// The newest point that the client's HELLO gave and that is the stream's too, 0 for none.
        public var same: Int64?

        /// Creates bounds.
        public init(e: String, lo: Int64, hi: Int64, j: String? = nil, lh: Link? = nil, same: Int64? = nil) {
            self.e = e
            self.lo = lo
            self.hi = hi
            self.j = j
            self.lh = lh
            self.same = same
        }
    }

    /// The arguments of `FETCH`.
    public struct Fetch: Sendable, Hashable, Codable {
        /// Name of the stream.
        public var s: String
        /// Epoch that the sequence numbers belong to; nil accepts any.
        public var e: String?
        /// First sequence number wanted.
        public var from: Int64
        /// Last sequence number wanted; nil for all there are.
        public var to: Int64?
        /// Only topics that start with this; nil for all.
        public var prefix: String?
        /// How many items may be sent before more credit comes.
        public var credit: Int
        /// How many bytes of bodies may be sent in all; the server ends the request after the item that passes it.
        public var bytes: Int

        /// Creates the arguments.
        public init(
            s: String, e: String? = nil, from: Int64, to: Int64? = nil, prefix: String? = nil, credit: Int = 256,
            bytes: Int = 16 * 1024 * 1024
        ) {
            self.s = s
            self.e = e
            self.from = from
            self.to = to
            self.prefix = prefix
            self.credit = credit
            self.bytes = bytes
        }

        func checked() throws(WireError) -> Fetch {
            guard Topic.isSegment(s.utf8) else {
                throw WireError(400, "bad-args", "FETCH without the name of a stream")
            }
            if let e { try Stream.check(epoch: e) }
            guard from >= 1, to ?? .max >= 1, credit >= 1, bytes >= 1 else {
                throw WireError(400, "bad-args", "FETCH wants from, to, credit and bytes of at least 1")
            }
            guard prefix?.utf8.count ?? 0 <= Limits.topicBytes else {
                throw WireError(413, "too-big", "FETCH with a prefix of more than \(Limits.topicBytes) bytes")
            }
            return self
        }
    }

    /// The arguments of `END`.
    public struct End: Sendable, Hashable, Codable {
        /// Epoch of the stream's journal.
        public var e: String
        /// The sequence number to fetch from next: everything below it that was asked for was sent.
        public var next: Int64
        /// Sequence number of the newest message.
        public var hi: Int64

        /// Creates the arguments.
        public init(e: String, next: Int64, hi: Int64) {
            self.e = e
            self.next = next
            self.hi = hi
        }

        func checked() throws(WireError) -> End {
            try Stream.check(epoch: e)
            guard next >= 1, hi >= 0 else { throw WireError(400, "bad-args", "END wants next >= 1 and hi >= 0") }
            return self
        }
    }

    /// The arguments of `GONE`, which ends a FETCH: everything below `lo` is past retention; ask again from there.
    public struct Gone: Sendable, Hashable, Codable {
        /// Epoch of the stream's journal.
        public var e: String
        /// Sequence number of the oldest message still kept.
        public var lo: Int64

        /// Creates the arguments.
        public init(e: String, lo: Int64) {
            self.e = e
            self.lo = lo
        }

        func checked() throws(WireError) -> Gone {
            try Stream.check(epoch: e)
            guard lo >= 1 else { throw WireError(400, "bad-args", "GONE wants lo >= 1") }
            return self
        }
    }

    /// The arguments of `REPORT`: how a server is.
    public struct Report: Sendable, Hashable, Codable {
        /// Name and version of the server, as in `WELCOME`.
        public var server: String
        /// What it waits for before it is ready, a line each; none where it is.
        public var waits: [String]
        /// Which of its loops make no progress.
        public var stuck: [String]

        /// Creates the arguments.
        public init(server: String, waits: [String] = [], stuck: [String] = []) {
            self.server = server
            // What the arguments have room for.
            self.waits = waits.prefix(8).map { $0.clipped(to: Limits.textBytes / 2) }
            self.stuck = stuck.prefix(8).map { $0.clipped(to: Limits.requestBytes) }
        }
    }
}
