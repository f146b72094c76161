import Wire
import ZeroMQ

/// One FETCH in progress: what was asked for, how far it came, and how much may still be sent.
struct FetchSession: Sendable {
    /// The peer's routing identity.
    let peer: Frame
    /// Who asked.
    let client: PeerInfo
    /// The request's id.
    let request: Frame
    /// The stream's name.
    let stream: String
    /// Only topics that start with this.
    let prefix: String
    /// The last sequence number wanted.
    let through: Int64
    /// The next sequence number to look at.
    var next: Int64
    /// Items that may be sent before the client gives more credit.
    var credit: Int
    /// Bytes of bodies that may be sent in all.
    var bytes: Int
    /// When the client last asked or gave credit, in milliseconds.
    var touched: Int64
    /// When to go on, in milliseconds, and how long the last wait for a client that does not read was.
    var retryAt: Int64 = .min
    var delay: Int64 = 0

    /// Whether nothing more will be sent.
    var isComplete: Bool { next > through || bytes <= 0 }

    /// Waits for a client whose queue is full: the longer, the longer it did not read.
    mutating func hold(now: Int64, anew: Bool) {
        delay = anew ? 20 : min(max(20, 2 * delay), 5_000)
        retryAt = now + delay
    }
}
