internal import Presentation
internal import Wire

/// Times as a person reads them.
enum Day {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `1 May 2024, 12:03 UTC`; what is no time stays as it is.
    static func text(_ time: String) -> String {
        guard let moment = Timestamp.parse(time) else { return time }
        let parts = Timestamp.format(moment)
        let fields = parts.prefix(10).split(separator: "-")
        guard fields.count == 3, let month = Int(fields[1]), let day = Int(fields[2]), (1...12).contains(month) else {
            return time
        }
        return "\(day) \(months[month - 1]) \(fields[0]), \(parts.dropFirst(11).prefix(5)) UTC"
    }

    /// Writes a time.
    static func write(_ time: String, _ page: inout Markup) {
        guard let moment = Timestamp.parse(time) else { return page.element("bdi", time) }
        page.element("time", ["datetime": Timestamp.format(moment)], text(time))
    }
}
