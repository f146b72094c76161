public import Wire
public import ZeroMQ

/// Decides whose messages a bound ROUTER takes: those of peers on the allow list that keep to the protocol.
///
/// With CURVE, a peer is its key, however many connections it has; without, it is its connection.
public struct Gate: Sendable {
    /// What to do with a message.
    public enum Verdict: Sendable, Hashable {
        /// Take it.
        case take
        /// Leave it unread.
        case ignore
        /// Leave it unread, and say why.
        case answer(ErrorReply)
    }

    /// What comes of a message.
    public enum Admission<Message: Sendable>: Sendable {
        /// It is to be dealt with.
        case message(Message)
        /// It is left: with what is to be answered, if anything, and what of the protocol it breaks, if that is why.
        case left(answer: ErrorReply?, fault: WireError?)
    }

    private let server: CurveServer?
    private let domain: String
    private var penalties = Penalties()
    private var revision: Int

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - server: Whom to admit; nil for everybody.
    ///   - domain: The role that a peer needs, which is the socket's ZAP domain.
    public init(_ server: CurveServer?, domain: String) {
        self.server = server
        self.domain = domain
        revision = server?.authenticator.revision ?? 0
    }

    /// Whether `peer` may talk to the socket now.
    public func admits(_ peer: PeerInfo) -> Bool { server?.authenticator.admits(peer, to: domain) ?? true }

    /// Whether the allow list was replaced since the last call.
    public mutating func hasNewList() -> Bool {
        guard let now = server?.authenticator.revision, now != revision else { return false }
        revision = now
        return true
    }

    /// Takes in a message from a connection of `peer`: looks whose it is, reads it, and notes one that breaks the protocol.
    public mutating func admit<Message>(
        _ frames: [Frame], on connection: Frame, of peer: PeerInfo, now: Int64,
        reading read: ([Frame]) throws(WireError) -> Message
    ) -> Admission<Message> {
        switch verdict(on: connection, of: peer, now: now) {
        case .take: break
        case .ignore: return .left(answer: nil, fault: nil)
        case .answer(let error): return .left(answer: error, fault: nil)
        }
        do throws(WireError) { return .message(try read(frames)) } catch {
            return .left(answer: note(error, on: connection, of: peer, now: now), fault: error)
        }
    }

    /// What to do with a message from a connection of `peer`.
    public mutating func verdict(on connection: Frame, of peer: PeerInfo, now: Int64) -> Verdict {
        let culprit = account(of: connection, peer)
        if penalties.isMuted(culprit, now: now) { return .ignore }
        if admits(peer) { return .take }
        guard penalties.note(culprit, now: now, counts: false) else { return .ignore }
        return .answer(ErrorReply(code: 403, text: "this key may not use this endpoint: it needs the role \(domain)"))
    }

    /// Notes that a message broke the protocol; the answer that is due, if any.
    public mutating func note(_ error: WireError, on connection: Frame, of peer: PeerInfo, now: Int64) -> ErrorReply? {
        // A command of a later protocol is no offence.
        let mayAnswer = error.code == 501 || penalties.note(account(of: connection, peer), now: now)
        return mayAnswer ? ErrorReply(error) : nil
    }

    private func account(of connection: Frame, _ peer: PeerInfo) -> [UInt8] {
        peer.userID.map { Array($0.utf8) } ?? connection
    }
}
