internal import CZeroMQ

extension Socket {
    /// What a socket does with messages: the patterns of the ZeroMQ RFCs.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Sends to all subscribers, and drops for those that do not keep up.
        case pub
        /// Receives what it subscribed to.
        case sub
        /// `pub` that also receives the subscriptions.
        case xpub
        /// `sub` that sends its subscriptions as messages.
        case xsub
        /// Sends to its peers in turn and receives from all.
        case dealer
        /// Puts the sender's routing id in front of what it receives, and sends to the peer that the first frame names.
        case router
        /// Sends to its peers in turn.
        case push
        /// Receives from its peers in turn.
        case pull
        /// Talks to exactly one peer.
        case pair
        /// Sends a request, then receives its reply.
        case req
        /// Receives a request, then sends its reply.
        case rep

        var rawValue: Int32 {
            switch self {
            case .pub: ZMQ_PUB
            case .sub: ZMQ_SUB
            case .xpub: ZMQ_XPUB
            case .xsub: ZMQ_XSUB
            case .dealer: ZMQ_DEALER
            case .router: ZMQ_ROUTER
            case .push: ZMQ_PUSH
            case .pull: ZMQ_PULL
            case .pair: ZMQ_PAIR
            case .req: ZMQ_REQ
            case .rep: ZMQ_REP
            }
        }
    }
}
