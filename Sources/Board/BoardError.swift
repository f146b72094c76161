/// Why there is no page.
struct BoardError: Error {
    var status: UInt32
    /// What is wrong and what can be done, in a sentence or two.
    var reason: String

    static func bad(_ reason: String) -> BoardError { BoardError(status: 400, reason: reason) }
    static func missing(_ reason: String) -> BoardError { BoardError(status: 404, reason: reason) }
}
