import Glibc

/// Weights by the name of what there is to weigh, as `Fitted` holds them; what has none counts nothing.
struct LogisticRegression {
    let weights: [String: Double]

    /// From 0 to 1.
    func probability(of features: [(String, Double)]) -> Double {
        var sum = weights["bias"] ?? 0
        for (name, value) in features { sum += (weights[name] ?? 0) * value }
        return 1 / (1 + exp(-sum))
    }
}
