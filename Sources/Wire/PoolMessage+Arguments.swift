extension PoolMessage {
    /// The arguments of `READY`.
    public struct Ready: Sendable, Hashable, Codable {
        /// Oldest version of NWP that the worker speaks.
        public var vmin: Int
        /// Newest version of NWP that the worker speaks.
        public var vmax: Int
        /// Identity of the worker's pipeline, such as `extract-en/1.0.0`; it must be the head's.
        public var pipeline: String
        /// Languages it reads, as BCP 47 primary subtags; `*` for all.
        public var langs: [String]
        /// How many tasks it has at a time, running and waiting.
        public var credit: Int
        /// Largest body that it takes, in bytes.
        public var maxBytes: Int
        /// The machine it runs on, for logs.
        public var host: String
        /// Its process there, for logs.
        public var pid: Int

        /// Creates the arguments.
        public init(
            vmin: Int = ProtocolVersion.oldest, vmax: Int = ProtocolVersion.newest, pipeline: String, langs: [String],
            credit: Int, maxBytes: Int = Limits.bodyBytes, host: String, pid: Int
        ) {
            self.vmin = vmin
            self.vmax = vmax
            self.pipeline = pipeline
            self.langs = langs
            self.credit = credit
            self.maxBytes = maxBytes
            self.host = host
            self.pid = pid
        }

        enum CodingKeys: String, CodingKey {
            case vmin, vmax, pipeline, langs, credit, host, pid
            case maxBytes = "max_bytes"
        }

        func checked() throws(WireError) -> Ready {
            guard credit >= 0, maxBytes >= 1 else {
                throw WireError(400, "bad-args", "READY wants credit >= 0 and max_bytes >= 1")
            }
            return self
        }
    }

    /// A task that a worker is busy with, as `BEAT` lists it.
    public struct Busy: Sendable, Hashable, Codable {
        /// The task's identifier, as text.
        public var task: String
        /// Steps done so far; as long as the number grows, the worker is not stuck.
        public var ticks: Int64

        /// Creates an element of the list.
        public init(task: String, ticks: Int64) {
            self.task = task
            self.ticks = ticks
        }
    }

    /// The arguments of `RESULT`.
    public struct Result: Sendable, Hashable, Codable {
        /// The attempt that gave the result.
        public var att: Int
        /// Identifier of the result, the `id` of the CloudEvent.
        public var rid: String
        /// Milliseconds that the work took.
        public var ms: Int64

        /// Creates the arguments.
        public init(att: Int, rid: String, ms: Int64) {
            self.att = att
            self.rid = rid
            self.ms = ms
        }

        func checked() throws(WireError) -> Result {
            guard att >= 1, ms >= 0, !rid.isEmpty else {
                throw WireError(400, "bad-args", "RESULT wants att >= 1, ms >= 0 and a rid")
            }
            return self
        }
    }

    /// The arguments of `FAIL`.
    public struct Fail: Sendable, Hashable, Codable {
        /// Whether it makes sense to try again.
        public var `class`: FailureClass
        /// The kind of failure as a short token such as `too-long`.
        public var code: String
        /// What happened, for a person; cut to `Limits.textBytes`.
        public var text: String
        /// The attempt that failed.
        public var att: Int

        /// Creates the arguments.
        public init(class: FailureClass, code: String, text: String, att: Int) {
            self.class = `class`
            self.code = code.clipped(to: Limits.taskBytes)
            self.text = text.clipped(to: Limits.textBytes)
            self.att = att
        }

        func checked() throws(WireError) -> Fail {
            guard att >= 1 else { throw WireError(400, "bad-args", "FAIL wants att >= 1") }
            return self
        }
    }

    /// The arguments of `WELCOME`: the times that head and worker keep, in milliseconds.
    public struct Welcome: Sendable, Hashable, Codable {
        /// Version of NWP that is spoken from now on.
        public var v: Int
        /// Between two beats.
        public var beatMilliseconds: Int
        /// Without any message from the peer before it counts as gone.
        public var ttlMilliseconds: Int
        /// That a task's ticks may stand still before it is taken away.
        public var leaseMilliseconds: Int
        /// That a task may take in all.
        public var capMilliseconds: Int

        /// Creates the arguments.
        public init(
            v: Int = ProtocolVersion.newest, beatMilliseconds: Int = 1000, ttlMilliseconds: Int = 5000,
            leaseMilliseconds: Int = 60_000, capMilliseconds: Int = 300_000
        ) {
            self.v = v
            self.beatMilliseconds = beatMilliseconds
            self.ttlMilliseconds = ttlMilliseconds
            self.leaseMilliseconds = leaseMilliseconds
            self.capMilliseconds = capMilliseconds
        }

        enum CodingKeys: String, CodingKey {
            case v
            case beatMilliseconds = "beat_ms"
            case ttlMilliseconds = "ttl_ms"
            case leaseMilliseconds = "lease_ms"
            case capMilliseconds = "cap_ms"
        }

        func checked() throws(WireError) -> Welcome {
            guard min(beatMilliseconds, ttlMilliseconds, leaseMilliseconds, capMilliseconds) >= 1 else {
                throw WireError(400, "bad-args", "WELCOME wants times of at least 1 ms")
            }
            return self
        }
    }
}

/// Whether a failed task is worth another attempt.
public enum FailureClass: String, Sendable, Hashable, Codable {
    /// The same task may succeed later or elsewhere.
    case transient
    /// The article is at fault: no attempt will succeed, so none is made.
    case invalid
    /// The pipeline is at fault: no attempt by this version of it will succeed, so none is made.
    case fatal
}

/// The arguments of `BEAT`.
struct BeatArguments: Codable {
    var busy: [PoolMessage.Busy]?
}

/// The arguments of `TASK` and `RELEASE`.
struct AttemptArguments: Codable {
    var att: Int

    func checked() throws(WireError) -> Int {
        guard att >= 1 else { throw WireError(400, "bad-args", "an attempt numbered \(att), where they count from 1") }
        return att
    }
}

extension Envelope {
    /// `command`, once its arguments are seen to be an object.
    func plain(_ command: PoolMessage.Command) throws(WireError) -> PoolMessage.Command {
        try expectObject()
        return command
    }
}
