import Service

/// Where a command writes: what was asked for, and remarks beside it.
struct Console: Sendable {
    /// Takes what was asked for.
    var write: @Sendable ([UInt8]) throws -> Void
    /// Takes a remark of one line, without its line feed.
    var remark: @Sendable (String) -> Void
    /// What a person's view is fitted to at this moment.
    var layout: @Sendable () -> Layout

    /// Standard output and standard error.
    /// - Parameters:
    ///   - command: What remarks begin with, such as `onrecord tail`.
    ///   - progress: A line that makes room for remarks.
    /// - Returns: The console of this process.
    static func standard(for command: String, besides progress: Progress? = nil) -> Console {
        let output = Output.standard
        let isColored = Terminal.usesColor(output.descriptor)
        return Console(
            write: { try output.write($0) },
            remark: {
                progress?.finish()
                try? Output.error.write("\(command): \(Printable.line($0))\n")
            },
            layout: { Layout(width: Terminal.width(of: output.descriptor), isColored: isColored) })
    }
}
