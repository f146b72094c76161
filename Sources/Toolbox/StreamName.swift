import Delivery
import Service
import ZeroMQ

/// A stream that the services publish.
enum StreamName: String, CaseIterable, OptionValue {
    /// Articles, from the producer.
    case raw
    /// Analyses, from the analyzer.
    case results = "res"
    /// Articles that could not be analysed, from the analyzer.
    case deadLetters = "dlq"

    /// The program that publishes it.
    var service: String { self == .raw ? "producer" : "analyzer" }

    /// Where it is published live unless told otherwise.
    var publishEndpoint: Endpoint {
        get throws {
            try Endpoint(self == .raw ? DefaultEndpoint.rawPublish : DefaultEndpoint.resultsPublish)
        }
    }

    /// Where it is served by FETCH unless told otherwise.
    var controlEndpoint: Endpoint {
        get throws {
            try Endpoint(self == .raw ? DefaultEndpoint.rawControl : DefaultEndpoint.resultsControl)
        }
    }
}
