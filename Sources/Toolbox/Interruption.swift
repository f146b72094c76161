import Glibc
import Service
import Streams

/// Ends a command that waits: by a signal, or because nobody reads its output any more.
enum Interruption {
    /// Has `signal` stopped on SIGINT, SIGTERM and SIGHUP, and once the reader of standard output has gone, where there is to be one.
    ///
    /// To be called before other threads are started. Where the command is held up, by a reader that stands still for
    /// instance, the process ends half a second later all the same.
    /// - Parameters:
    ///   - signal: What ends the command.
    ///   - hasReader: Whether it writes to standard output; what serves or keeps something goes on without.
    ///   - code: What the process ends with where the command is held up.
    /// - Throws: `OSThreadError` where no thread can be started.
    static func stop(_ signal: LoopSignal, hasReader: Bool = true, code: ExitCode = .ok) throws {
        try Signals.handle { _ in
            signal.stop()
            poll(nil, 0, 500)
            _exit(code.rawValue)
        }
        guard hasReader else { return }
        try OSThread.start(name: "reader", stackSize: 64 << 10) {
            var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
            while poll(&output, 1, -1) < 0, errno == EINTR {}
            signal.stop()
        }
    }
}
