/// Numbers in Prometheus text format, as the services write them.
struct Samples: Sendable, Hashable {
    /// A number with the labels that tell it from others of its name.
    struct Sample: Sendable, Hashable {
        var labels: [String: String]
        var value: Double
    }

    private(set) var all: [String: [Sample]] = [:]

    /// Reads a text; lines that are none are passed over.
    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                continue
            }
            let series = line[..<space]
            let name = series.prefix { $0 != "{" }
            all[String(name), default: []].append(
                Sample(labels: Self.labels(series.dropFirst(name.count)), value: value))
        }
    }

    /// The number of a name and, where it has several, the value of a label.
    subscript(_ name: String, _ label: String? = nil, _ value: String? = nil) -> Double? {
        all[name]?.first { label == nil || $0.labels[label ?? ""] == value }?.value
    }

    /// The sum of all numbers of a name.
    func sum(_ name: String) -> Double { all[name]?.reduce(0) { $0 + $1.value } ?? 0 }

    /// The values of a label among the numbers of a name, in order.
    func values(of label: String, in name: String) -> [String] {
        (all[name] ?? []).compactMap { $0.labels[label] }.sorted()
    }

    /// `{name="value",…}`, its quotes and line feeds escaped.
    private static func labels(_ text: Substring) -> [String: String] {
        var labels: [String: String] = [:]
        var rest = text.dropFirst()
        while let equals = rest.firstIndex(of: "=") {
            let name = String(rest[..<equals])
            rest = rest[equals...].dropFirst(2)
            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\" else {
                    value.append(character)
                    continue
                }
                guard let escaped = rest.popFirst() else { break }
                value.append(escaped == "n" ? "\n" : escaped)
            }
            labels[name] = value
            if rest.first == "," { rest = rest.dropFirst() }
        }
        return labels
    }
}
