internal import Wire

/// Entries that a journal should have and does not: somebody deleted them by hand.
enum Hole {
    /// Looks for the first entry that is missing from what was read of a whole stream.
    ///
    /// - Parameters:
    ///   - messages: What was read, in rising order.
    ///   - first: The number from which on it was asked for.
    ///   - state: The stream's bounds.
    /// - Returns: Its number, or nil.
    static func first(in messages: [StreamMessage], from first: Int64, of state: StreamState) -> Int64? {
        var expected = max(first, state.oldest)
        for message in messages {
            if message.position.n != expected { return expected }
            expected += 1
        }
        return messages.isEmpty && expected <= state.last ? expected : nil
    }

    /// The error about it.
    static func error(_ n: Int64, of stream: String, at place: String) -> JournalError {
        JournalError(
            .unusable,
            "\(place): entry \(n) of \(stream) is missing though it is not past retention: it was deleted by hand; nobody gets "
                + "what follows it. Restore a backup that has it; what is to be taken back for good, 'producer erase' erases"
        )
    }
}
