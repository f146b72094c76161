public import Service
public import Streams

extension StreamPublisher.Status {
    /// How a service is at this moment.
    public init(of health: Health, _ metrics: Metrics) {
        self.init(waits: health.waits, stuck: health.stuck, metrics: metrics.text)
    }
}
