/// A figure, or figures by name.
package indirect enum Figure: Sendable, Hashable {
    case share(Double)
    case count(Int)
    case group([String: Figure])
}

extension Figure: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .share(let number): try value.encode(number)
        case .count(let number): try value.encode(number)
        case .group(let figures): try value.encode(figures)
        }
    }

    /// The figure that a path such as `content.ALL.partial.F1` leads to; names may hold dots themselves.
    package subscript(_ path: String...) -> Figure? {
        path.reduce(self) { figure, name in
            guard case .group(let figures)? = figure else { return nil }
            return figures[name]
        }
    }

    /// The number, of a share or count.
    package var number: Double? {
        switch self {
        case .share(let number): number
        case .count(let number): Double(number)
        case .group: nil
        }
    }
}

/// How much of what was predicted is right, and of what is there was found.
struct Agreement {
    /// Predictions that are right, and all of them.
    var rightPredicted = 0
    var predicted = 0
    /// What is there and was found, and all of it.
    var foundGold = 0
    var gold = 0

    var precision: Double { Self.ratio(rightPredicted, predicted) }
    var recall: Double { Self.ratio(foundGold, gold) }
    var f1: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }

    static func ratio(_ part: Int, _ whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : 0 }

    /// Precision, recall and F1, with the counts behind them.
    var figures: [String: Figure] {
        [
            "P": .share(precision), "R": .share(recall), "F1": .share(f1), "tp_pred": .count(rightPredicted),
            "n_pred": .count(predicted), "tp_gold": .count(foundGold), "n_gold": .count(gold),
        ]
    }
}

/// Likeness of two sets: what they share, of what either has.
func jaccard(_ a: Set<Int>, _ b: Set<Int>) -> Double {
    let shared = a.intersection(b).count
    let all = a.count + b.count - shared
    return all > 0 ? Double(shared) / Double(all) : 0
}
