/// The words of a command line that belong to no option, such as the files to read.
public struct Arguments<Configuration: Sendable>: Sendable {
    /// What one is called in help, such as `FILE`.
    public let metavariable: String
    /// What they mean.
    public let help: String
    /// How many there may be.
    public let count: ClosedRange<Int>
    /// The property that they set.
    let property: any WritableKeyPath<Configuration, [String]> & Sendable

    /// Creates a description of positional arguments.
    /// - Parameters:
    ///   - metavariable: What one is called in help.
    ///   - property: The property that they set.
    ///   - count: How many there may be.
    ///   - help: What they mean.
    public init(
        _ metavariable: String, _ property: any WritableKeyPath<Configuration, [String]> & Sendable,
        count: ClosedRange<Int> = 0...Int.max, help: String
    ) {
        self.metavariable = metavariable
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
