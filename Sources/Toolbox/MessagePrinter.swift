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

    /// The event with its place in the stream, `epoch` and `number`, before its own attributes.
    private static func placed(_ message: StreamMessage) -> [UInt8] {
        let body = message.body.drop { $0 <= 0x20 }
        guard body.first == UInt8(ascii: "{") else { return message.body }
        let isEmpty = body.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "}")
        let place = "{\"epoch\":\"\(message.position.e)\",\"number\":\(message.position.n)\(isEmpty ? "" : ",")"
        return Array(place.utf8) + body.dropFirst()
    }

    private func rendered(_ message: StreamMessage) throws(WireError) -> [UInt8] {
        switch format {
        case .text: return Array(try MessageText.render(message, layout: console.layout()).utf8)
        case .jsonLines:
            try JSON.check(message.body)
            return JSONLine.line(of: Self.placed(message))
        }
    }
}
