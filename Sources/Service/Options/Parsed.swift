/// What a command line asks for.
public enum Parsed<Configuration: Sendable>: Sendable {
    /// To run with this configuration.
    case run(Configuration)
    /// To show this text, help or version, and do nothing else.
    case show(String)
}
