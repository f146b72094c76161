internal import Glibc
internal import Synchronization

/// What is known of the hosts that are asked, and whose turn it is.
final class Hosts: Sendable {
    /// How long a host that does not answer is left alone.
    private static let silence = Duration.seconds(30)
    /// How long a host is left alone that is asked too much, in seconds: where it does not say how long, and at most.
    private static let rest = (usual: 60, longest: 86_400)
    /// Hosts that are remembered at most.
    private static let limit = 10_000

    /// A host that is left alone.
    struct Rest {
        var until: ContinuousClock.Instant
        /// Whether the host itself asked for it.
        var isWanted = false

        /// Seconds that are left of it.
        var seconds: Int { Hosts.seconds(until: until) }
    }

    /// What a host's robots.txt asks for.
    struct KnownRobots {
        /// Its rules; nil where it could not be read so far.
        var rules: Robots?
        /// When it is to be read again.
        var until: ContinuousClock.Instant
        /// Why it could not be read when it was last asked for, or nil.
        var fault: String?
    }

    private struct State: Sendable {
        var lastRequests: [String: ContinuousClock.Instant] = [:]
        /// Hosts of which something is being asked.
        var busy: Set<String> = []
        /// Hosts that did not answer, or asked for rest: one that is away must not hold up the others for each of its pages.
        var resting: [String: Rest] = [:]
        var robots: [String: KnownRobots] = [:]
    }

    private let pause: Duration
    private let state = Mutex(State())

    /// - Parameter pause: The pause between two requests of one host.
    init(pause: Duration) {
        self.pause = pause
    }

    static func seconds(until time: ContinuousClock.Instant) -> Int {
        Int((max(.zero, time - .now) / .seconds(1)).rounded(.up))
    }

    /// Waits until something may be asked of a host, of which then nobody else asks anything until `endTurn`.
    ///
    /// - Parameters:
    ///   - origin: The host.
    ///   - isRobots: Whether it is its robots.txt, which no pause follows.
    func takeTurn(_ origin: String, isRobots: Bool = false) {
        while true {
            let rest: Duration? = state.withLock { state in
                if state.busy.contains(origin) { return .milliseconds(20) }
                if let last = state.lastRequests[origin], last + pause > .now { return last + pause - .now }
                if state.lastRequests.count >= Self.limit { state.lastRequests = [:] }
                if !isRobots { state.lastRequests[origin] = .now }
                state.busy.insert(origin)
                return nil
            }
            guard let rest else { return }
            let (seconds, attoseconds) = rest.components
            usleep(UInt32(clamping: max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)))
        }
    }

    func endTurn(_ origin: String) {
        state.withLock { _ = $0.busy.remove(origin) }
    }

    /// Takes note of whether a host answered.
    func note(_ origin: String, answers: Bool) {
        set(answers ? nil : Rest(until: .now + Self.silence), of: origin)
    }

    /// Leaves a host alone that says that it is asked too much, for so many seconds if it says that, too.
    func rest(_ origin: String, seconds: Int?) {
        set(
            Rest(until: .now + .seconds(min(seconds ?? Self.rest.usual, Self.rest.longest)), isWanted: true),
            of: origin)
    }

    private func set(_ rest: Rest?, of origin: String) {
        state.withLock { state in
            if state.resting.count >= Self.limit { state.resting = [:] }
            state.resting[origin] = rest
        }
    }

    /// For how long a host is left alone, or nil where it may be asked.
    func rest(of origin: String) -> Rest? {
        state.withLock { $0.resting[origin] }.flatMap { $0.until > .now ? $0 : nil }
    }

    func robots(of origin: String) -> KnownRobots? { state.withLock { $0.robots[origin] } }

    func keep(_ robots: KnownRobots, of origin: String) {
        state.withLock { state in
            if state.robots.count >= Self.limit { state.robots = [:] }
            state.robots[origin] = robots
        }
    }
}
