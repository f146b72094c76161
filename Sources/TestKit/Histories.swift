internal import Glibc

/// Runs a model against many random histories and reduces one that fails to the few events that matter.
///
/// `ONRECORD_SEED` sets the first seed, such as the one that a failure printed; `ONRECORD_HISTORIES` the number of histories.
public enum Histories {
    /// Runs histories until one fails.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - generate: The events of a seed.
    ///   - run: What is wrong after these events, nil if nothing is; the seed feeds whatever else is random.
    /// - Returns: Seed, events and fault of the first failure, as short as it could be made, or nil.
    public static func failure<Event>(
        of count: Int, generate: (inout SplitMix64) -> [Event], run: ([Event], UInt64) -> String?
    ) -> String? {
        let first = setting("ONRECORD_SEED") ?? UInt64.random(in: 0..<(1 << 48))
        for offset in 0..<(setting("ONRECORD_HISTORIES") ?? UInt64(count)) {
            let seed = first &+ offset
            var random = SplitMix64(seed: seed)
            let events = generate(&random)
            guard let fault = run(events, seed) else { continue }
            let short = shrink(events) { run($0, seed) != nil }
            let lines = short.map { "    \($0)" }.joined(separator: "\n")
            return """
                \(run(short, seed) ?? fault)
                  seed \(seed) (run again with ONRECORD_SEED=\(seed)), \(short.count) of \(events.count) events:
                \(lines)
                """
        }
        return nil
    }

    /// The events without those that the failure does not need.
    static func shrink<Event>(_ events: [Event], stillFails: ([Event]) -> Bool) -> [Event] {
        var events = events
        var length = max(1, events.count / 2)
        while true {
            var start = 0
            var isShorter = false
            while start < events.count {
                let end = min(events.count, start + length)
                let candidate = Array(events[..<start] + events[end...])
                if stillFails(candidate) {
                    events = candidate
                    isShorter = true
                } else {
                    start = end
                }
            }
            if length == 1, !isShorter { return events }
            length = max(1, length / 2)
        }
    }

    private static func setting(_ name: String) -> UInt64? {
        guard let text = getenv(name) else { return nil }
        return UInt64(String(cString: text))
    }
}
