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
