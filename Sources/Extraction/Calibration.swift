import Glibc

/// Turns a probability of the model into one that comes true as often as it says.
///
/// A line through the logarithm of the odds (Platt 1999), fitted to the development articles: `Fitted`.
struct Calibration {
    let slope: Double
    let offset: Double

    /// The calibrated probability, in thousandths.
    func callAsFunction(_ probability: Double) -> Double {
        let probability = min(max(probability, 1e-4), 1 - 1e-4)
        let odds = slope * log(probability / (1 - probability)) + offset
        return (1_000 / (1 + exp(-odds))).rounded() / 1_000
    }
}

extension Fitted {
    /// How much a sentence is worth checking: the calibrated probability, with a kink that puts 0.5 where F1 is best.
    ///
    /// A probability that comes true as often as it says finds too few at 0.5, since whoever misses a claim loses more than
    /// whoever reads one in vain. From `leastClaim` up to 0.6 the scale is drawn up to begin at 0.5; elsewhere it is left alone.
    static func worthiness(_ probability: Double) -> Double {
        let calibrated = claim(probability)
        guard calibrated >= leastClaim, calibrated < 0.6 else { return calibrated }
        return (1_000 * (0.5 + 0.1 * (calibrated - leastClaim) / (0.6 - leastClaim))).rounded() / 1_000
    }
}
