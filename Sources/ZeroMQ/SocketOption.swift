internal import CZeroMQ

/// An option of a socket with its value, such as `.linger(.seconds(1))`.
///
/// Durations count in milliseconds, rounded up.
public struct SocketOption: Sendable {
    /// What the option is called in errors.
    let name: String
    /// What it means to libzmq.
    let settings: [(number: Int32, value: Value)]

    init(_ name: String, _ settings: (number: Int32, value: Value)...) {
        self.name = name
        self.settings = settings
    }
}

extension SocketOption {
    /// How long a closed socket goes on delivering what was sent, 0 unless set; the context's end waits for it.
    public static func linger(_ time: Duration) -> SocketOption {
        SocketOption("linger", (ZMQ_LINGER, .duration(time)))
    }

    /// Messages that may wait for each peer to take them, at least 1; unless set, 1,000.
    ///
    /// Beyond it, `pub` and `xpub` drop, and others would block.
    public static func sendHighWaterMark(_ messages: Int) -> SocketOption {
        SocketOption("sendHighWaterMark", (ZMQ_SNDHWM, .integer(messages, least: 1)))
    }

    /// Messages from each peer that may wait to be received, at least 1; unless set, 1,000.
    public static func receiveHighWaterMark(_ messages: Int) -> SocketOption {
        SocketOption("receiveHighWaterMark", (ZMQ_RCVHWM, .integer(messages, least: 1)))
    }

    /// How long a send that waits may take before it returns false; unless set, for ever.
    public static func sendTimeout(_ time: Duration) -> SocketOption {
        SocketOption("sendTimeout", (ZMQ_SNDTIMEO, .duration(time)))
    }

    /// How long a receive that waits may take before it returns nil; unless set, for ever.
    public static func receiveTimeout(_ time: Duration) -> SocketOption {
        SocketOption("receiveTimeout", (ZMQ_RCVTIMEO, .duration(time)))
    }

    /// The largest frame in bytes that is accepted; a peer that sends a larger one is disconnected.
    public static func maximumMessageSize(_ bytes: Int64) -> SocketOption {
        SocketOption("maximumMessageSize", (ZMQ_MAXMSGSIZE, .long(bytes, least: 0)))
    }

    /// Whether messages go to finished connections only, instead of queueing for one that may never come.
    public static func immediate(_ isOn: Bool) -> SocketOption {
        SocketOption("immediate", (ZMQ_IMMEDIATE, .flag(isOn)))
    }

    /// Whether only the newest message is kept; it cannot be used with messages of several frames.
    public static func conflate(_ isOn: Bool) -> SocketOption {
        SocketOption("conflate", (ZMQ_CONFLATE, .flag(isOn)))
    }
}

extension SocketOption: CustomStringConvertible, CustomReflectable {
    /// The option's name; the value, which may be a secret key, is not shown.
    public var description: String { name }
    /// The option's name; the value, which may be a secret key, is not shown.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
