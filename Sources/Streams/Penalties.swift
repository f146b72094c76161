/// What a server holds against peers that send what the protocol forbids.
///
/// A peer is answered at most once a second; ten offences within a minute mute it for a minute. The account is bounded:
/// beyond 10,000 peers it starts anew, which forgives and never blocks.
public struct Penalties: Sendable {
    private struct Account: Sendable {
        var offences: [Int64] = []
        var answered: Int64?
        var mutedUntil: Int64 = .min
    }

    private var accounts: [[UInt8]: Account] = [:]
    private let capacity = 10_000

    /// Creates an empty account.
    public init() {}

    /// Whether what `peer` sends is not even looked at.
    public func isMuted(_ peer: [UInt8], now: Int64) -> Bool {
        guard let account = accounts[peer] else { return false }
        return now < account.mutedUntil
    }

    /// Notes an offence of `peer` at `now`, in milliseconds, and says whether to answer it.
    ///
    /// - Parameters:
    ///   - peer: Who it was.
    ///   - now: When.
    ///   - counts: Whether it is one that leads to being muted.
    /// - Returns: Whether the peer was not answered within the last second.
    public mutating func note(_ peer: [UInt8], now: Int64, counts: Bool = true) -> Bool {
        if accounts.count >= capacity, accounts[peer] == nil { accounts.removeAll() }
        var account = accounts[peer] ?? Account()
        account.offences.removeAll { now - $0 >= 60_000 }
        if counts { account.offences.append(now) }
        if account.offences.count >= 10 {
            account.mutedUntil = now + 60_000
            account.offences = []
        }
        let mayAnswer = account.answered.map { now - $0 >= 1_000 } ?? true
        if mayAnswer { account.answered = now }
        accounts[peer] = account
        return mayAnswer
    }
}
