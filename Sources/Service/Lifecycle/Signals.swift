public import Glibc

/// Signals as calls of a function on a thread of their own, where anything may be done.
public enum Signals {
    /// Has `handler` called for each of these signals from now on, and SIGPIPE ignored.
    ///
    /// To be called before any other thread is started: threads inherit that the signals are blocked, so that none of
    /// their system calls is ever interrupted.
    /// - Parameters:
    ///   - signals: The signals to take.
    ///   - handler: Called with each signal's number, one call at a time.
    /// - Throws: `OSThreadError` where no thread can be started.
    public static func handle(
        _ signals: [Int32] = [SIGTERM, SIGINT, SIGHUP], _ handler: @escaping @Sendable (Int32) -> Void
    ) throws(OSThreadError) {
        ignoreBrokenPipes()
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let awaited = set
        try OSThread.start(name: "signals", stackSize: 256 << 10) {
            var set = awaited
            while true {
                var signal: Int32 = 0
                if sigwait(&set, &signal) == 0 { handler(signal) }
            }
        }
    }

    /// Makes writing to a closed pipe or connection an error (EPIPE) instead of the process's end.
    public static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}
