import Journal
import Streams
import Wire
import ZeroMQ

/// A stream that a head consumes, with the account of what is settled.
///
/// A class, since a connection cannot be copied and so cannot stand in an array; it belongs to the head's thread.
final class Origin {
    let name: String
    var account: Account
    var attempts: [Int64: Int]
    var connection: FollowerConnection

    /// The epoch as a number, for the names of tasks; 0 before the first contact.
    var epoch: UInt64 { account.epoch.flatMap { UInt64($0, radix: 16) } ?? 0 }

    init(
        _ source: Head.Source, progress: Progress?, configuration: Head.Configuration, in context: Context
    ) throws(ZeroMQError) {
        name = source.name
        account = Account(
            epoch: progress?.epoch, cursor: progress?.cursor ?? 0, settled: progress?.settled ?? [])
        attempts = progress?.attempts ?? [:]
        let follower = StreamFollower(
            stream: "raw", epoch: account.epoch, cursor: account.cursor, mayReset: configuration.mayReset)
        connection = try FollowerConnection(
            follower, at: source.address, keys: configuration.keys, client: configuration.name, in: context)
    }
}
