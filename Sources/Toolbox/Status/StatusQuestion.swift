import Delivery
import Streams
import Wire
import ZeroMQ

/// A service that was asked how it is: the answer is taken later, so that services are asked at the same time.
final class StatusQuestion {
    /// Milliseconds from the question on in which a service has to answer.
    private static let patience: Int64 = 3_000

    private var client: ControlClient
    private var status: ServiceStatus

    /// Asks a service.
    ///
    /// - Throws: `ZeroMQError` where the endpoint cannot be used.
    init(_ service: String, at endpoint: Endpoint, security: Security, server: Int, in context: Context) throws {
        client = try ControlClient(endpoint, security: security, server: server, patience: Self.patience, in: context)
        try client.ask(.status)
        status = ServiceStatus(
            service: service, endpoint: endpoint, time: SteadyClock.milliseconds(), answer: .failure(.absent))
    }

    /// Waits for what it says.
    ///
    /// - Throws: `ZeroMQError` if the socket fails.
    func answer() throws -> ServiceStatus {
        while true {
            switch try client.answer(by: status.time + Self.patience) {
            case .command(.report(let report, let metrics)):
                let samples = Samples(String(decoding: metrics, as: UTF8.self))
                status.answer =
                    Self.stranger(report, samples, insteadOf: status.service).map { .failure(.refused($0)) }
                    ?? .success((report, samples))
                return status
            case .command(.error(let error)) where error.code == 501:
                status.answer = .failure(
                    .refused(
                        "it tells nothing of itself: it is of an earlier release, or this port is another than the "
                            + "\(status.service)'s control endpoint"))
                return status
            case .command(.error(let error)):
                status.answer = .failure(.refused("\(error.code) \(error.text)"))
                return status
            case .command, .unreadable: continue
            case .malformed(let error):
                status.answer = .failure(.refused("what it says is none of the protocol: \(error.message)"))
                return status
            case .silence(let line):
                let (_, remedy) = line.silence(of: status.endpoint, status.service, option: "--\(status.service)")
                switch line {
                case .down: break
                case .up:
                    status.answer = .failure(
                        .refused(
                            "takes connections and does not answer: is this its control endpoint? then it is stopped, hangs, or "
                                + "has no file descriptors left"))
                case .closed:
                    status.answer = .failure(.refused("takes connections and closes them before a word: \(remedy)"))
                case .refused: status.answer = .failure(.refused("it does not let this client in: \(remedy)"))
                }
                return status
            }
        }
    }

    /// Who answers in place of the service that was asked for, and what to do; nil where it is the right one.
    private static func stranger(
        _ report: ControlMessage.Report, _ samples: Samples, insteadOf service: String
    ) -> String? {
        let name =
            samples.values(of: "service", in: "onrecord_info").first ?? String(report.server.prefix { $0 != "/" })
        guard name != service else { return nil }
        return "here answers \(name.isEmpty ? "something else" : "the \(name)"), which is not the \(service)"
            + (["producer", "analyzer"].contains(name)
                ? ": ask it with --\(name)" : ": name the \(service)'s control endpoint")
    }
}
