/// A command as it was called, its options read.
public struct Invocation<Configuration: Sendable>: Sendable {
    /// What the options say.
    public let configuration: Configuration
    /// Reads command line, environment and configuration file again, as on SIGHUP.
    private let read: @Sendable () throws(UsageError) -> Parsed<Configuration>

    init(_ configuration: Configuration, read: @escaping @Sendable () throws(UsageError) -> Parsed<Configuration>) {
        self.configuration = configuration
        self.read = read
    }

    /// The configuration as it is now: for SIGHUP, after the file of `--config` has changed.
    /// - Throws: `UsageError` where the file has become wrong; the service then keeps the earlier configuration.
    public func reloaded() throws(UsageError) -> Configuration {
        if case .run(let configuration) = try read() { configuration } else { configuration }
    }
}
