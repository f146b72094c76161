import Dispatch
import Glibc
import Synchronization
import Wire
import ZeroMQ

/// A thread that runs one task at a time, so that the thread of the socket never waits for one.
final class ComputeThread: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State: Sendable {
        var job: Job?
        var isStopping = false
        var clock: clockid_t?
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)

    /// Starts the thread; it ends after `stop`, once its job is done.
    init(name: String) throws(ZeroMQError) {
        _ = try DedicatedThread(named: name) { [self] in loop() }
    }

    /// Hands the idle thread a job.
    func run(_ job: @escaping Job) {
        state.withLock { $0.job = job }
        signal.signal()
    }

    /// Lets the thread end once it is idle.
    func stop() {
        state.withLock { $0.isStopping = true }
        signal.signal()
    }

    /// Milliseconds of processor time that the thread has used: they stand still when it hangs.
    var processorTime: Int64 {
        guard let clock = state.withLock({ $0.clock }) else { return 0 }
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private func loop() {
        var clock = clockid_t()
        if pthread_getcpuclockid(pthread_self(), &clock) == 0 { state.withLock { $0.clock = clock } }
        while true {
            signal.wait()
            let (job, isStopping) = state.withLock { state in
                defer { state.job = nil }
                return (state.job, state.isStopping)
            }
            job?()
            if isStopping { break }
        }
        state.withLock { $0.clock = nil }
    }
}
