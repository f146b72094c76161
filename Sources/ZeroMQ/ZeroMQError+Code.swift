internal import CZeroMQ
internal import Glibc

extension ZeroMQError {
    /// The kinds of failure, named after what they mean here.
    public enum Code: Sendable, Hashable {
        /// Nothing could be sent or received at once, or within the time-out (`EAGAIN`).
        case again
        /// The context was shut down (`ETERM`): close the socket.
        case terminated
        /// No such peer, or it is gone (`EHOSTUNREACH`).
        case hostUnreachable
        /// Another socket is bound there (`EADDRINUSE`).
        case addressInUse
        /// The address is not one of this machine (`EADDRNOTAVAIL`, `ENODEV`).
        case addressNotAvailable
        /// An argument is wrong (`EINVAL`).
        case invalid
        /// A signal arrived (`EINTR`).
        case interrupted
        /// The socket is closed (`ENOTSOCK`).
        case notSocket
        /// A message or name is too long (`EMSGSIZE`, `ENAMETOOLONG`).
        case tooBig
        /// The socket is not in a state for this, such as a `req` that has not had its reply (`EFSM`).
        case wrongState
        /// This kind of socket, or this build of libzmq, cannot do it (`ENOTSUP`).
        case notSupported
        /// The transport is unknown (`EPROTONOSUPPORT`).
        case protocolNotSupported
        /// The socket's kind does not go with the transport (`ENOCOMPATPROTO`).
        case protocolIncompatible
        /// The socket is not bound or connected there (`ENOENT`).
        case notFound
        /// Too many sockets or files are open (`EMFILE`, `ENFILE`).
        case tooManyOpen
        /// Memory ran out (`ENOMEM`).
        case outOfMemory
        /// The system forbids it (`EACCES`, `EPERM`).
        case permissionDenied
        /// Any other error number.
        case other

        /// The kind of failure that `errno` stands for.
        public init(errno: Int32) {
            switch errno {
            case EAGAIN: self = .again
            case ETERM: self = .terminated
            case EHOSTUNREACH: self = .hostUnreachable
            case EADDRINUSE: self = .addressInUse
            case EADDRNOTAVAIL, ENODEV: self = .addressNotAvailable
            case EINVAL: self = .invalid
            case EINTR: self = .interrupted
            case ENOTSOCK: self = .notSocket
            case EMSGSIZE, ENAMETOOLONG: self = .tooBig
            case EFSM: self = .wrongState
            case ENOTSUP: self = .notSupported
            case EPROTONOSUPPORT: self = .protocolNotSupported
            case ENOCOMPATPROTO: self = .protocolIncompatible
            case ENOENT: self = .notFound
            case EMFILE, ENFILE: self = .tooManyOpen
            case ENOMEM: self = .outOfMemory
            case EACCES, EPERM: self = .permissionDenied
            default: self = .other
            }
        }
    }
}
