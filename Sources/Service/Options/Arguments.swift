/// The words of a command line that belong to no option, such as the files to read.
public struct Arguments<Configuration: Sendable>: Sendable {
    /// What one is called in help, such as `FILE`.
    public let metavariable: String
    /// What they mean.
    public let help: String
    /// How many there may be.
    public let count: ClosedRange<Int>
    /// Whether they may be names of files that are not UTF-8, in the form of `OSString`.
    let anyBytes: Bool
    /// The property that they set.
    let property: any WritableKeyPath<Configuration, [String]> & Sendable

    /// Creates a description of positional arguments.
    /// - Parameters:
    ///   - metavariable: What one is called in help.
    ///   - property: The property that they set.
    ///   - count: How many there may be.
    ///   - anyBytes: Whether they are opened by `OSString`, so that they may have any bytes.
    ///   - help: What they mean.
    public init(
        _ metavariable: String, _ property: any WritableKeyPath<Configuration, [String]> & Sendable,
        count: ClosedRange<Int> = 0...Int.max, anyBytes: Bool = true, help: String
    ) {
        self.metavariable = metavariable
        self.anyBytes = anyBytes
        self.property = property
        self.count = count
        self.help = help
    }

    /// How they stand in a usage line, such as `[FILE…]`.
    var usage: String {
        let many = count.upperBound > 1 ? "\(metavariable)…" : metavariable
        return count.lowerBound == 0 ? "[\(many)]" : many
    }
}
