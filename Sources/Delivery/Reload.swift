public import Service

/// Reading the configuration again while the service runs.
public enum Reload {
    /// Applies the configuration as it is now; one that cannot be read changes nothing.
    ///
    /// - Parameters:
    ///   - read: Reads it.
    ///   - log: Where it is told why it cannot be read.
    ///   - apply: Takes over what can change while the service runs.
    public static func apply<Configuration>(
        _ read: () throws -> Configuration, log: Log, _ apply: (Configuration) -> Void
    ) {
        do {
            apply(try read())
        } catch {
            log.error("the configuration cannot be used; the earlier one stays in force", ["error": "\(error)"])
        }
    }
}
