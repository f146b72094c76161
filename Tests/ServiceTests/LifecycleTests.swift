import Glibc
import Service
import Synchronization
import TestKit
import Testing

@Suite struct LifecycleTests {
    /// A value that only one thread can own.
    struct Token: ~Copyable, Sendable { let number: Int }

    @Test func `a thread owns a value that cannot be copied, under its own name`() throws {
        let seen = Condition<(number: Int, name: String)?>(nil)
        let thread = try OSThread.start(name: "a-very-long-thread-name", owning: Token(number: 7)) { token in
            var name = [UInt8](repeating: 0, count: 64)
            let file = open("/proc/thread-self/comm", O_RDONLY)
            let count = read(file, &name, name.count)
            close(file)
            let text = String(decoding: name[..<max(count, 0)], as: UTF8.self)
            let number = token.number
            seen.update { $0 = (number, text) }
        }
        thread.join()
        thread.join()
        #expect(seen.read { $0?.number } == 7)
        #expect(seen.read { $0?.name } == "a-very-long-thr\n")
    }

    @Test func `waiting ends with the time or with the change`() throws {
        let condition = Condition(0)
        #expect(condition.wait(timeout: .milliseconds(1)) { $0 > 0 ? $0 : nil } == nil)
        let thread = try OSThread.start(name: "change") { condition.update { $0 = 5 } }
        #expect(condition.wait { $0 > 0 ? $0 : nil } == 5)
        thread.join()
    }

    @Test func `a service that is stopped drains and gives its code`() throws {
        let lifecycle = try Lifecycle(log: Log(to: CapturedLogs()), signals: false) { Issue.record("halted: \($0)") }
        lifecycle.stop(.tempFail, because: "test")
        lifecycle.waitUntilStopped()
        let drained = Condition(false)
        #expect(lifecycle.isStopping)
        #expect(lifecycle.drain { drained.update { $0 = true } } == .tempFail)
        #expect(drained.read { $0 })
    }

    @Test func `draining that takes too long ends the process`() throws {
        let logs = CapturedLogs()
        let halted = Mutex<ExitCode?>(nil)
        let gate = Condition(false)
        let lifecycle = try Lifecycle(log: Log(to: logs), drainLimit: .milliseconds(10), signals: false) { code in
            halted.withLock { $0 = code }
        }
        lifecycle.stop(because: "test")
        #expect(lifecycle.drain { _ = gate.wait { $0 ? true : nil } } == .tempFail)
        #expect(halted.withLock { $0 } == .tempFail)
        #expect(logs.messages == ["stopping", "draining took too long"])
        gate.update { $0 = true }
    }

    @Test func `a second stop cuts draining short`() throws {
        let logs = CapturedLogs()
        let gate = Condition(false)
        let lifecycle = try Lifecycle(log: Log(to: logs), signals: false) { _ in }
        lifecycle.stop(because: "first")
        let code = lifecycle.drain {
            lifecycle.stop(because: "second")
            _ = gate.wait { $0 ? true : nil }
        }
        #expect(code == .tempFail)
        #expect(logs.messages == ["stopping", "stopping at once", "draining was cut short"])
        gate.update { $0 = true }
    }
}
