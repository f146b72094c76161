internal import Glibc

extension ProcessRunner {
    /// Both ends of a pipe, closed in programs started later.
    struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws(TestKitError) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw TestKitError(errno, "cannot make a pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reading, writing) = (ends[0], ends[1])
        }
    }

    /// Starts a program with these descriptors as 0, 1 and 2, and all signals as they are by default.
    static func spawn(
        _ path: String, _ arguments: [String], environment: [String: String], descriptors: [Int32]
    ) throws(TestKitError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = merged(environment).map { strdup($0) } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var identifier = pid_t()
        let result = posix_spawnp(&identifier, path, &actions, &attributes, &words, &variables)
        guard result == 0 else { throw TestKitError(result, "cannot start \(path)") }
        return identifier
    }

    private static func merged(_ changes: [String: String]) -> [String] {
        var variables: [String] = []
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if changes[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
            next += 1
        }
        return variables + changes.map { "\($0.key)=\($0.value)" }
    }
}
