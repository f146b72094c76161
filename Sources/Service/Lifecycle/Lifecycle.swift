public import Glibc

/// The life of a service: it runs until a signal or its own end, drains for a limited time, and exits with a code.
///
/// ```swift
/// let lifecycle = try Lifecycle(log: log)   // first, before other threads
/// let service = try Service(…)
/// lifecycle.onReload { service.reload() }
/// lifecycle.waitUntilStopped()
/// return lifecycle.drain { service.stop() }
/// ```
/// The first SIGTERM or SIGINT stops it gently, a second one at once, SIGHUP reloads.
public final class Lifecycle: Sendable {
    private struct State: Sendable {
        var stop: ExitCode?
        var isImpatient = false
        var isDraining = false
        var isDrained = false
        var reload: (@Sendable () -> Void)?
    }

    private let state = Condition(State())
    private let log: Log
    private let drainLimit: Duration
    private let halt: @Sendable (ExitCode) -> Void

    /// Starts to listen for signals; to be called before any other thread is started.
    /// - Parameters:
    ///   - log: Where it says what happens.
    ///   - drainLimit: How long draining may take.
    ///   - signals: Whether to listen for signals at all; tests do not.
    ///   - halt: Ends the process at once.
    /// - Throws: `OSThreadError` where no thread can be started.
    public init(
        log: Log, drainLimit: Duration = .seconds(30), signals: Bool = true,
        halt: @escaping @Sendable (ExitCode) -> Void = { _exit($0.rawValue) }
    ) throws(OSThreadError) {
        self.log = log
        self.drainLimit = drainLimit
        self.halt = halt
        guard signals else { return }
        let state = state
        try Signals.handle { signal in
            switch signal {
            case SIGHUP:
                guard let reload = state.read({ $0.reload }) else { return log.info("SIGHUP: nothing to read again") }
                log.info("SIGHUP: reading the configuration again")
                reload()
            default:
                Self.stop(state, .ok, because: signal == SIGINT ? "SIGINT" : "SIGTERM", log: log)
                // Where nothing drains, nobody else would see that this was the second signal.
                if state.read({ $0.isImpatient && !$0.isDraining }) { halt(.tempFail) }
            }
        }
    }

    /// Has `reload` called on SIGHUP from now on, on the thread of the signals.
    public func onReload(_ reload: @escaping @Sendable () -> Void) {
        state.update { $0.reload = reload }
    }

    /// Asks for the end, as a signal does: gently the first time, at once the second time.
    /// - Parameters:
    ///   - code: The code to exit with.
    ///   - reason: For the log.
    public func stop(_ code: ExitCode = .ok, because reason: String) {
        Self.stop(state, code, because: reason, log: log)
    }

    private static func stop(_ state: Condition<State>, _ code: ExitCode, because reason: String, log: Log) {
        // Said before anyone who waits can go on, so that the log tells things in their order.
        state.update { state in
            state.isImpatient = state.stop != nil
            state.stop = state.stop ?? code
            log.info(state.isImpatient ? "stopping at once" : "stopping", ["reason": reason])
        }
    }

    /// Whether the end was asked for.
    public var isStopping: Bool { state.read { $0.stop != nil } }

    /// Blocks until the end is asked for.
    public func waitUntilStopped() {
        _ = state.wait { $0.stop }
    }

    /// Blocks until the end is asked for, but no longer than `time`.
    /// - Returns: Whether the end was asked for.
    public func waitUntilStopped(for time: Duration) -> Bool {
        state.wait(timeout: time) { $0.stop } != nil
    }

    /// Runs `body`, which finishes what was begun; ends the process if that takes too long or a second signal comes.
    /// - Returns: The code to exit with.
    public func drain(_ body: @escaping @Sendable () -> Void) -> ExitCode {
        let state = state
        state.update { $0.isDraining = true }
        do {
            try OSThread.start(name: "drain") {
                body()
                state.update { $0.isDrained = true }
            }
        } catch {
            body()
            state.update { $0.isDrained = true }
        }
        let outcome = state.wait(timeout: drainLimit) { $0.isDrained || $0.isImpatient ? $0 : nil }
        if let outcome, outcome.isDrained {
            log.info("stopped")
            return outcome.stop ?? .ok
        }
        log.warning(outcome == nil ? "draining took too long" : "draining was cut short")
        halt(.tempFail)
        return .tempFail
    }
}
