import Journal
import Streams
import Wire
import ZeroMQ

/// What is settled of a stream that a head consumes, and how often its tasks were tried.
///
/// A class, for the head alters it in place; it belongs to the head's thread.
final class Origin {
    let name: String
    var account: Account
    var attempts: [Int64: Int]
    var histories: [Int64: [DeadLetter.Attempt]]
    /// Articles that were erased, by their key, with the number of the notice that said so before its turn.
    ///
    /// What stands before that is not to be read any more. At most as many as `mostErased`.
    private var erased: [String: Int64] = [:]
    /// Whether the journal still has to begin the account anew.
    var isToBegin = false

    /// The epoch as a number, for the names of tasks; 0 before the first contact.
    var epoch: UInt64 { account.epoch.flatMap { UInt64($0, radix: 16) } ?? 0 }

    /// Takes up the account of `name` where the journal has it.
    init(_ name: String, journal: any Journal) throws(JournalError) {
        let progress = try journal.progress(of: name)
        self.name = name
        account = Account(
            epoch: progress?.epoch, journal: progress?.journal, cursor: progress?.cursor ?? 0,
            settled: progress?.settled ?? [], links: progress?.links ?? [:])
        attempts = progress?.attempts ?? [:]
        histories = [:]
    }

    private static let mostErased = 10_000

    /// Takes note of an erasure that is told in message `n`, before what comes before that; false where there were too many.
    func erase(_ key: String, through n: Int64) -> Bool {
        if erased.count >= Self.mostErased { erased = erased.filter { $0.value > account.cursor } }
        guard erased.count < Self.mostErased else { return false }
        erased[key] = n
        return true
    }

    /// Whether message `n` was erased, as is known already.
    func isErased(_ key: String, at n: Int64) -> Bool {
        guard let end = erased[key] else { return false }
        if n >= end { erased[key] = nil }
        return n < end
    }

    /// Has everything from `n` on done again; what was never begun is begun there.
    func beginAgain(with n: Int64) {
        guard let epoch = account.epoch else {
            account = Account(cursor: Cursor(max(0, n - 1)))
            return
        }
        var cursor = account.reach
        cursor.n = min(cursor.n, max(0, n - 1))
        cursor.trail.cut(to: cursor.n)
        begin(.init(epoch: epoch, journal: account.journal), cursor: cursor)
    }

    /// Starts the account of a stream, or goes back in it.
    func begin(_ identity: StreamFollower.Identity, cursor: Cursor) {
        account = Account(epoch: identity.epoch, journal: identity.journal, cursor: cursor)
        attempts = [:]
        histories = [:]
        erased = [:]
        isToBegin = true
    }
}

/// An origin that a producer publishes.
///
/// A class, since a connection cannot be copied and so cannot stand in an array.
final class Producer {
    let origin: Origin
    var connection: FollowerConnection
    /// Whether its articles are left to it for now.
    var isPaused = false
    /// Whether it gives no sign.
    var isAway = false
    /// What its stream is now, and where to go on, once all is settled that came of it as it was.
    var setBack: (identity: StreamFollower.Identity, to: Int64)?

    init(
        _ source: Head.Source, _ origin: Origin, configuration: Head.Configuration, in context: Context
    ) throws(ZeroMQError) {
        self.origin = origin
        let follower = StreamFollower(
            stream: "raw",
            identity: origin.account.epoch.map { .init(epoch: $0, journal: origin.account.journal) },
            cursor: origin.account.cursor, trail: origin.account.reach.trail, mayReset: configuration.mayReset)
        connection = try FollowerConnection(
            follower, at: source.address, keys: configuration.keys, client: configuration.name, in: context)
    }
}
