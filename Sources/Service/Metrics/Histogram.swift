internal import Synchronization

/// How durations are spread, in buckets with fixed upper bounds; safe and cheap from every thread.
public final class Histogram: Sendable {
    /// Upper bounds of the buckets in seconds, from a millisecond to a minute.
    public static let defaultBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    private struct Spread {
        var counts: [UInt64]
        var sum = 0.0
    }

    let bounds: [Double]
    private let spread: Mutex<Spread>

    /// Creates an empty histogram; one that is to be exported comes from `Metrics`.
    public init(bounds: [Double] = Histogram.defaultBounds) {
        self.bounds = bounds.sorted()
        spread = Mutex(Spread(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    /// Counts a duration.
    public func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let value = Double(seconds) + Double(attoseconds) / 1e18
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        spread.withLock { spread in
            spread.counts[bucket] += 1
            spread.sum += value
        }
    }

    /// For each bucket the number of durations up to its bound, the last one being all of them; and their sum.
    var cumulative: (counts: [UInt64], sum: Double) {
        let spread = spread.withLock { $0 }
        var total: UInt64 = 0
        return (
            spread.counts.map {
                total += $0; return total
            }, spread.sum
        )
    }
}
