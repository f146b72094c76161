internal import CZeroMQ

extension SocketOption {
    /// The name that `router` peers know this socket by: 1 to 255 bytes, the first not 0.
    public static func routingID(_ bytes: [UInt8]) -> SocketOption {
        SocketOption("routingID", (ZMQ_ROUTING_ID, .bytes(bytes)))
    }

    /// Whether a `router` throws `.hostUnreachable` for an unknown peer instead of dropping the message.
    public static func routerMandatory(_ isOn: Bool) -> SocketOption {
        SocketOption("routerMandatory", (ZMQ_ROUTER_MANDATORY, .flag(isOn)))
    }

    /// Whether a `router` gives a routing id to the newest peer that claims it, and disconnects the one before.
    public static func routerHandover(_ isOn: Bool) -> SocketOption {
        SocketOption("routerHandover", (ZMQ_ROUTER_HANDOVER, .flag(isOn)))
    }

    /// Whether an `xpub` hears of every subscription, not only of new prefixes.
    public static func xpubVerbose(_ isOn: Bool) -> SocketOption {
        SocketOption("xpubVerbose", (ZMQ_XPUB_VERBOSE, .flag(isOn)))
    }

    /// Whether a full subscriber makes `pub` and `xpub` wait instead of drop; one slow reader then holds up all.
    public static func xpubNoDrop(_ isOn: Bool) -> SocketOption {
        SocketOption("xpubNoDrop", (ZMQ_XPUB_NODROP, .flag(isOn)))
    }
}
