import Dispatch
import Glibc
import Synchronization
import Testing

/// Runs `body` on `count` threads at once and gives all their results; an error fails the test.
func concurrently<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> [Result]) -> [Result] {
    let results = Mutex<[Result]>([])
    DispatchQueue.concurrentPerform(iterations: count) { index in
        do {
            let part = try body(index)
            results.withLock { $0 += part }
        } catch {
            Issue.record(error)
        }
    }
    return results.withLock { $0 }
}

/// Waits until a condition holds; half a minute without it fails the test.
func wait(until condition: () throws -> Bool) throws {
    for _ in 0..<3_000 {
        if try condition() { return }
        usleep(10_000)
    }
    throw TestFailure("what was waited for did not come")
}
