// Apart from the tests, whose macros do not compile where Glibc is imported.
import Glibc
import ZeroMQ

/// Error numbers, those from 156,384,712 on being libzmq's own, with their code and whether to retry.
let errorNumbers: [(Int32, ZeroMQError.Code, Bool)] = [
    (EAGAIN, .again, true), (EINTR, .interrupted, true), (EHOSTUNREACH, .hostUnreachable, true),
    (EADDRINUSE, .addressInUse, true), (EADDRNOTAVAIL, .addressNotAvailable, false),
    (ENODEV, .addressNotAvailable, false), (EINVAL, .invalid, false), (ENOTSOCK, .notSocket, false),
    (EMSGSIZE, .tooBig, false), (156_384_763, .wrongState, false), (156_384_765, .terminated, false),
    (156_384_764, .protocolIncompatible, false), (EPROTONOSUPPORT, .protocolNotSupported, false),
    (ENOTSUP, .notSupported, false), (ENOENT, .notFound, false), (EMFILE, .tooManyOpen, true),
    (ENOMEM, .outOfMemory, true), (EACCES, .permissionDenied, false), (EDOM, .other, false),
]

/// The calling thread, which from now on can be interrupted by `interrupt`; Dispatch's threads cannot.
func interruptibleThread() -> pthread_t {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGUSR2, &action, nil)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGUSR2)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    return pthread_self()
}

/// Interrupts what `thread` does, time and again, so that some signals come while it waits.
func interrupt(_ thread: pthread_t) {
    for _ in 0..<200 {
        pthread_kill(thread, SIGUSR2)
        usleep(100)
    }
}
