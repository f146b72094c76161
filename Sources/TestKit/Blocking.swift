import ZeroMQ

/// Runs code that blocks on a thread of its own, so that it takes none of the test library's.
public func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        do {
            _ = try DedicatedThread(named: "test") { continuation.resume(with: Result(catching: body)) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

/// Waits until something is true; false if it is not so within `limit`, which no test that passes ever reaches.
public func eventually(within limit: Duration = .seconds(30), _ isTrue: () throws -> Bool) throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try isTrue() { return true }
        pause(milliseconds: 2)
    }
    return try isTrue()
}

/// Makes something that binds an endpoint, again for as long as that is in use.
public func retrying<Value: ~Copyable, Failure>(_ make: () throws(Failure) -> Value) throws(Failure) -> Value {
    let deadline = ContinuousClock.now + .seconds(10)
    while true {
        do throws(Failure) {
            return try make()
        } catch {
            if ContinuousClock.now > deadline { throw error }
            pause(milliseconds: 10)
        }
    }
}
