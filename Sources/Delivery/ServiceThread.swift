public import Service
public import ZeroMQ

/// Threads whose failure ends the service.
public enum ServiceThread {
    /// Starts a thread that owns `loop`; an error that `body` throws is logged and stops the service.
    ///
    /// - Parameters:
    ///   - name: What the thread is called.
    ///   - loop: What it owns.
    ///   - lifecycle: Ended by a failure.
    ///   - log: Where a failure is told.
    ///   - body: What the thread does.
    /// - Returns: The thread.
    /// - Throws: `ZeroMQError` where the system has no threads left.
    public static func start<Loop: ~Copyable & Sendable>(
        _ name: String, _ loop: consuming Loop, lifecycle: Lifecycle, log: Log,
        _ body: @escaping @Sendable (inout Loop) throws -> Void
    ) throws(ZeroMQError) -> DedicatedThread {
        try DedicatedThread(named: name, owning: loop) { loop in
            var loop = loop
            do {
                try body(&loop)
            } catch {
                log.error("\(name) failed", ["error": "\(error)"])
                lifecycle.stop(Failure.exitCode(of: error), because: "\(name) failed")
            }
        }
    }
}
