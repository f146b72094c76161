import Delivery
import Streams
import Wire
import ZeroMQ

/// What a service says of itself, at one moment.
struct ServiceStatus: Sendable {
    /// Why a service says nothing.
    enum Silence: Error, Hashable {
        /// Nobody answers.
        case absent
        /// It answers, but not so; in its words.
        case refused(String)
    }

    /// `producer` or `analyzer`.
    var service: String
    var endpoint: Endpoint
    /// When it was asked, in milliseconds of a steady clock.
    var time: Int64
    var answer: Result<(report: ControlMessage.Report, samples: Samples), Silence>

    /// Whether it said nothing at all.
    var isAbsent: Bool { if case .failure(.absent) = answer { true } else { false } }

    /// Whether it answers and is ready and alive.
    var isWell: Bool {
        guard case .success(let (report, _)) = answer else { return false }
        return report.waits.isEmpty && report.stuck.isEmpty
    }

    var samples: Samples? { if case .success(let (_, samples)) = answer { samples } else { nil } }

    /// Seconds that the article is old which waits longest for its result.
    var lag: Double { samples?.all["onrecord_lag_seconds"]?.map(\.value).max() ?? 0 }

    /// How much a number has grown in a second, since `earlier`.
    func rate(
        of name: String, _ label: String? = nil, _ value: String? = nil, since earlier: ServiceStatus?
    ) -> Double? {
        guard let earlier, time > earlier.time, let new = samples?[name, label, value],
            let old = earlier.samples?[name, label, value]
        else { return nil }
        return max(0, new - old) * 1_000 / Double(time - earlier.time)
    }
}
