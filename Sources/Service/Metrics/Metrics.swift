internal import Synchronization

/// The numbers a service shows about itself, written in Prometheus text format.
///
/// A metric has at most 100 combinations of label values; beyond, its labels all become `other`, so that no input can
/// make it grow.
public final class Metrics: Sendable {
    private enum Instrument {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
        case reading(@Sendable () -> Double?)
    }

    private struct Family {
        var help: String
        var type: String
        var series: [(labels: [Label], instrument: Instrument)] = []
    }

    /// A name and a value that tell series of one metric apart.
    private struct Label: Hashable {
        var name: String
        var value: String
    }

    private static let seriesLimit = 100

    private let families = Mutex<[String: Family]>([:])

    /// Creates an empty registry.
    public init() {}

    /// The counter with this name and these labels, made at the first call; its name ends in `_total` by convention.
    public func counter(_ name: String, _ labels: KeyValuePairs<String, String> = [:], help: String) -> Counter {
        series(name, labels, help: help, type: "counter", make: { .counter(Counter()) }) {
            if case .counter(let counter) = $0 { counter } else { nil }
        } ?? Counter()
    }

    /// The gauge with this name and these labels, made at the first call.
    public func gauge(_ name: String, _ labels: KeyValuePairs<String, String> = [:], help: String) -> Gauge {
        series(name, labels, help: help, type: "gauge", make: { .gauge(Gauge()) }) {
            if case .gauge(let gauge) = $0 { gauge } else { nil }
        } ?? Gauge()
    }

    /// The histogram with this name and these labels, made at the first call.
    public func histogram(_ name: String, _ labels: KeyValuePairs<String, String> = [:], help: String) -> Histogram {
        series(name, labels, help: help, type: "histogram", make: { .histogram(Histogram()) }) {
            if case .histogram(let histogram) = $0 { histogram } else { nil }
        } ?? Histogram()
    }

    /// Has a gauge read whenever the metrics are written; one that gives nil is left out.
    public func gauge(_ name: String, help: String, reading: @escaping @Sendable () -> Double?) {
        self.reading(name, type: "gauge", help: help, reading)
    }

    /// Has a number read whenever the metrics are written.
    func reading(_ name: String, type: String, help: String, _ read: @escaping @Sendable () -> Double?) {
        _ = series(name, [:], help: help, type: type, make: { .reading(read) }) { _ in true }
    }

    private func series<Found: Sendable>(
        _ name: String, _ labels: KeyValuePairs<String, String>, help: String, type: String,
        make: @Sendable () -> Instrument, pick: @Sendable (Instrument) -> Found?
    ) -> Found? {
        var labels = labels.map { Label(name: $0.key, value: $0.value) }
        return families.withLock { families in
            var family = families[name] ?? Family(help: help, type: type)
            if let known = family.series.first(where: { $0.labels == labels }) { return pick(known.instrument) }
            if family.series.count >= Self.seriesLimit, !labels.isEmpty {
                labels = labels.map { Label(name: $0.name, value: "other") }
                if let known = family.series.first(where: { $0.labels == labels }) { return pick(known.instrument) }
            }
            let instrument = make()
            family.series.append((labels, instrument))
            families[name] = family
            return pick(instrument)
        }
    }

    /// All metrics in Prometheus text format 0.0.4, sorted by name.
    public var text: String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(Self.escaped(family.help))\n# TYPE \(name) \(family.type)\n"
            for (labels, instrument) in family.series { text += Self.lines(name, labels, instrument) }
        }
        return text
    }

    private static func lines(_ name: String, _ labels: [Label], _ instrument: Instrument) -> String {
        switch instrument {
        case .counter(let counter): return "\(name)\(written(labels)) \(counter.value)\n"
        case .gauge(let gauge): return "\(name)\(written(labels)) \(number(gauge.value))\n"
        case .reading(let read): return read().map { "\(name)\(written(labels)) \(number($0))\n" } ?? ""
        case .histogram(let histogram):
            let (counts, sum) = histogram.cumulative
            let bounds = histogram.bounds.map(number) + ["+Inf"]
            let buckets = zip(bounds, counts).map { bound, count in
                "\(name)_bucket\(written(labels + [Label(name: "le", value: bound)])) \(count)\n"
            }
            let total = counts.last ?? 0
            return buckets.joined()
                + "\(name)_sum\(written(labels)) \(number(sum))\n\(name)_count\(written(labels)) \(total)\n"
        }
    }

    private static func written(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
