internal import CZeroMQ
internal import Glibc
internal import Synchronization

/// A thread of the system for code that blocks on sockets, away from Swift's cooperative pool.
public final class DedicatedThread: Sendable {
    private enum State {
        case running(pthread_t)
        case joined
    }

    private let state: Mutex<State>

    /// Starts a thread and gives it a value to own, such as a socket.
    ///
    /// - Parameters:
    ///   - name: What it is called in debuggers and `top`, 15 bytes at most.
    ///   - value: What it owns.
    ///   - body: What it does; the thread ends with it.
    /// - Throws: `.again` where the system has no threads left.
    public init<Value: ~Copyable & Sendable>(
        named name: String, owning value: consuming Value, _ body: @escaping @Sendable (consuming Value) -> Void
    ) throws(ZeroMQError) {
        let parcel = Parcel(value)
        let start = ThreadStart {
            czeromq_name_thread(name)
            if let value = parcel.value.take() { body(value) }
        }
        let argument = Unmanaged.passRetained(start)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            throw ZeroMQError(errno: result, "start thread \(name)")
        }
        state = Mutex(.running(thread))
    }

    /// Starts a thread that owns nothing.
    ///
    /// - Parameters:
    ///   - name: What it is called in debuggers and `top`, 15 bytes at most.
    ///   - body: What it does; the thread ends with it.
    /// - Throws: `.again` where the system has no threads left.
    public convenience init(named name: String, _ body: @escaping @Sendable () -> Void) throws(ZeroMQError) {
        try self.init(named: name, owning: ()) { _ in body() }
    }

    /// Waits until the thread has ended; the first call only.
    public func join() {
        let thread: pthread_t? = state.withLock { state in
            guard case .running(let thread) = state else { return nil }
            state = .joined
            return thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    deinit {
        if case .running(let thread) = state.withLock({ $0 }) { pthread_detach(thread) }
    }
}

/// What a new thread is handed: a class without parameters, since C knows none.
private final class ThreadStart {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}

/// Carries a value that cannot be copied into a closure, which may only take it out.
private final class Parcel<Value: ~Copyable> {
    var value: Value?

    init(_ value: consuming Value) {
        self.value = consume value
    }
}
