import Streams
import ZeroMQ

extension LineState {
    /// What is wrong where a server gives no answer, and what to do.
    ///
    /// - Parameters:
    ///   - endpoint: Where it was asked.
    ///   - service: `producer` or `analyzer`.
    ///   - mode: How the service has to be started for that.
    ///   - role: The role that a key needs there.
    ///   - option: The option that names the endpoint.
    /// - Returns: Both, for a person.
    func silence(
        of endpoint: Endpoint, _ service: String, mode: String = "", role: String = "fetch",
        option: String = "--connect"
    ) -> (message: String, remedy: String) {
        switch self {
        case .down:
            ("nobody answers at \(endpoint)", "start the \(service)\(mode), or name another endpoint with \(option)")
        case .refused:
            (
                "\(endpoint) does not let this client in",
                "give --key with a key that the \(service)'s list has with the role \(role), and --server-key with the "
                    + "\(service)'s public key, neither where it is not encrypted; or name another endpoint with "
                    + "\(option), if this is another program's or has another purpose"
            )
        case .closed:
            (
                "\(endpoint) takes connections and closes them before a word",
                "look what listens there: another program, or a proxy or tunnel that does not reach the \(service)"
            )
        case .up:
            (
                "\(endpoint) takes connections and gives no answer",
                "look whether the \(service) is stopped, hangs, or is out of file descriptors, or what listens there"
            )
        }
    }
}
