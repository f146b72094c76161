import Wire
import ZeroMQ

/// The status of a service as a line of JSON.
struct StatusLine: Encodable {
    var service: String
    var endpoint: String
    var answers: Bool
    var ready: Bool
    var alive: Bool
    /// What it waits for, or why it says nothing.
    var waits: [String]
    /// Seconds that the article is old which waits longest for its result.
    var lagSeconds: Double
    /// Messages that came in a second, by stream.
    var rates: [String: Double]
    /// All its numbers, with their labels.
    var metrics: [String: Double]

    init(_ status: ServiceStatus, since earlier: ServiceStatus?) {
        service = status.service
        endpoint = status.endpoint.description
        rates = [:]
        metrics = [:]
        lagSeconds = status.lag
        switch status.answer {
        case .success(let (report, samples)):
            (answers, ready, alive) = (true, report.waits.isEmpty, report.stuck.isEmpty)
            waits = report.waits
            for stream in samples.values(of: "stream", in: "onrecord_newest") {
                rates[stream] = status.rate(of: "onrecord_newest", "stream", stream, since: earlier)
            }
            for (name, series) in samples.all {
                for sample in series {
                    let labels = sample.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    metrics[labels.isEmpty ? name : "\(name){\(labels.joined(separator: ","))}"] = sample.value
                }
            }
        case .failure(let silence):
            (answers, ready, alive) = (false, false, false)
            if case .refused(let why) = silence { waits = [why] } else { waits = ["nobody answers"] }
        }
    }
}
