internal import Glibc
internal import Synchronization

/// A thread of the operating system: the owner of a socket, or of anything else that blocks.
public final class OSThread: Sendable {
    private enum Handle: Sendable {
        case running(pthread_t)
        case joined
    }

    private let handle: Mutex<Handle>

    private init(_ thread: pthread_t) {
        handle = Mutex(.running(thread))
    }

    deinit {
        handle.withLock { handle in
            if case .running(let thread) = handle { pthread_detach(thread) }
        }
    }

    /// Starts a thread.
    /// - Parameters:
    ///   - name: Its name for debuggers and `top -H`; the system keeps the first 15 bytes.
    ///   - stackSize: Bytes of its stack.
    ///   - body: What it does.
    /// - Returns: The thread, to be joined; without a join it goes on by itself.
    /// - Throws: `OSThreadError` where the system has no room for another thread.
    @discardableResult
    public static func start(
        name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
    ) throws(OSThreadError) -> OSThread {
        try start(name: name, stackSize: stackSize, owning: ()) { _ in body() }
    }

    /// Starts a thread that owns a value, such as a socket, from its first moment to its end.
    /// - Parameters:
    ///   - name: Its name for debuggers and `top -H`; the system keeps the first 15 bytes.
    ///   - stackSize: Bytes of its stack.
    ///   - value: What the thread owns from now on.
    ///   - body: What it does with the value.
    /// - Returns: The thread, to be joined; without a join it goes on by itself.
    /// - Throws: `OSThreadError` where the system has no room for another thread.
    @discardableResult
    public static func start<Value: ~Copyable>(
        name: String, stackSize: Int = 1 << 20, owning value: consuming sending Value,
        _ body: @escaping @Sendable (consuming Value) -> Void
    ) throws(OSThreadError) -> OSThread {
        let launch = Launch(name: name, value: value, body: body)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, max(stackSize, 64 << 10))
        let retained = Unmanaged<AnyLaunch>.passRetained(launch)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<AnyLaunch>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, retained.toOpaque())
        guard result == 0 else {
            retained.release()
            throw OSThreadError(name: name, errno: result)
        }
        return OSThread(thread)
    }

    /// Waits until the thread has ended; a second call returns at once.
    public func join() {
        let thread: pthread_t? = handle.withLock { handle in
            guard case .running(let thread) = handle else { return nil }
            handle = .joined
            return thread
        }
        if let thread { pthread_join(thread, nil) }
    }
}

/// Why a thread could not be started.
public struct OSThreadError: ExitCodeProviding, Hashable, CustomStringConvertible {
    /// The thread's name.
    public let name: String
    /// The system's error number.
    public let errno: Int32

    /// `tempFail`: threads may be had again later.
    public var exitCode: ExitCode { .tempFail }

    /// What the system says about it.
    public var description: String { "cannot start the thread '\(name)': \(String(cString: strerror(errno)))" }
}

/// What a new thread takes with it, its type hidden from C.
private class AnyLaunch {
    func run() {}
}

private final class Launch<Value: ~Copyable>: AnyLaunch {
    private let name: String
    private var value: Value?
    private let body: @Sendable (consuming Value) -> Void

    init(name: String, value: consuming Value, body: @escaping @Sendable (consuming Value) -> Void) {
        self.name = name
        self.value = consume value
        self.body = body
    }

    override func run() {
        // pthread_setname_np is a GNU extension that Swift's Glibc module leaves out; this file does the same.
        if let file = fopen("/proc/thread-self/comm", "we") {
            fputs(name, file)
            fclose(file)
        }
        if let value = value.take() { body(value) }
    }
}
