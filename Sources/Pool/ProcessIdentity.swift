import Glibc

/// What tells this process, and each worker in it, from all others.
enum ProcessIdentity {
    /// The process's number on its machine.
    static var pid: Int32 { getpid() }

    /// Eight bytes at random: a worker's routing identity for one life, so that nothing meant for an earlier one reaches it.
    ///
    /// The first is never zero, which libzmq keeps for itself.
    static func incarnation() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return [UInt8.random(in: 1...255, using: &random)]
            + (0..<7).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
