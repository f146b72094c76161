import Service
import Wire

/// Shows messages of a stream as they come.
struct MessagePrinter {
    let format: OutputFormat
    let console: Console
    /// Messages that were taken, shown or not.
    private(set) var count = 0
    /// Messages that could not be shown.
    private(set) var failures = 0

    init(format: OutputFormat, console: Console) {
        self.format = format
        self.console = console
    }

    /// Shows a message at once; one that cannot be shown becomes a remark.
    /// - Throws: What the console throws, such as `Output.Failure`.
    mutating func show(_ message: StreamMessage) throws {
        count += 1
        do {
            let bytes = try rendered(message)
            try console.write(bytes)
        } catch let error as WireError {
            failures += 1
            console.remark("message \(message.position.n) cannot be shown: \(error)")
        }
    }

    private func rendered(_ message: StreamMessage) throws(WireError) -> [UInt8] {
        switch format {
        case .text: return Array(try MessageText.render(message, layout: console.layout()).utf8)
        case .jsonLines:
            try JSON.check(message.body)
            return JSONLine.line(of: message.body)
        }
    }
}
