#if Postgres
internal import Wire

extension PostgresWriter {
    /// Appends some of `entries`, as `decide` places them in a plan, in one transaction with what else it says.
    ///
    /// `questions` are what that depends on beside the streams, topics and ids of the entries.
    mutating func append<Result>(
        _ entries: [(stream: String, entry: NewEntry)], asking questions: [PostgresQuery],
        _ decide: (inout AppendPlan, [PostgresRows]) throws(JournalError) -> ([PostgresQuery], Result)
    ) throws(JournalError) -> Result {
        var last: [String: Int64] = [:]
        let own = AppendPlan.questions(about: entries)
        let place = place
        let result = try write(own + questions) { (answers, reported) throws(JournalError) in
            var plan = AppendPlan(answers: answers, reported: reported)
            for (name, tail) in plan.tails where tail.state.last < reported[name, default: 0] {
                throw JournalError(setBack: name, at: place, to: tail.state.last, from: reported[name, default: 0])
            }
            let (effects, result) = try decide(&plan, Array(answers.dropFirst(own.count)))
            last = plan.tails.mapValues(\.state.last)
            return (plan.effects + effects, result)
        }
        reported.merge(last) { max($0, $1) }
        return result
    }

    /// Appends an entry without leading; the lock of the stream's row has those who do so take turns.
    mutating func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try postOnce { (run) throws(JournalError) in
            let answers = try run([PostgresQuery("BEGIN")] + AppendPlan.questions(about: [(stream, entry)]))
            var plan = AppendPlan(answers: Array(answers.dropFirst()), reported: [stream: .max])
            let position = plan.append(entry, to: stream)
            _ = try run(plan.effects + [PostgresQuery("COMMIT")])
            return position
        }
    }

    /// Drops at most `count` entries from a stream's start, and none that is within `limits`.
    mutating func dropOldest(
        of stream: String, within limits: Retention, atMost count: Int
    ) throws(JournalError) -> (StreamState, Int) {
        let name = PostgresFormat.text(stream)
        let questions =
            AppendPlan.questions(aboutStreams: [stream]) + [
                PostgresQuery(
                    """
                    SELECT n, time, octet_length(body)::bigint FROM entry WHERE stream = $1 ORDER BY n LIMIT $2::bigint
                    """, name, PostgresFormat.integer(Int64(count)))
            ]
        return try write(questions) { (answers, _) throws(JournalError) in
            guard var tail = AppendPlan.tails(answers[1])[stream] else {
                throw JournalError(.failed, "no stream \(stream)")
            }
            var dropped = 0
            for entry in answers[2].map({ (n: $0.integer(0), time: $0.text(1), bytes: $0.integer(2)) }) {
                guard limits.drops(entry.n, time: entry.time, held: tail.bytes) else { break }
                tail.state.oldest = entry.n + 1
                tail.bytes -= entry.bytes
                dropped += 1
            }
            guard dropped > 0 else { return ([], (tail.state, 0)) }
            let effects = [
                PostgresQuery(
                    "DELETE FROM entry WHERE stream = $1 AND n < $2", name,
                    PostgresFormat.integer(tail.state.oldest)),
                PostgresQuery(
                    "DELETE FROM link WHERE stream = $1 AND n < $2", name,
                    PostgresFormat.integer(tail.state.oldest - StreamState.linksBelow)),
                PostgresQuery(
                    "UPDATE streams SET oldest = $2, bytes = $3 WHERE name = $1", name,
                    PostgresFormat.integer(tail.state.oldest), PostgresFormat.integer(tail.bytes)),
            ]
            return (effects, (tail.state, dropped))
        }
    }
}
#endif
