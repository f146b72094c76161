import Service
import Wire

/// Shows messages of a stream as they come.
struct MessagePrinter {
    let format: AnalysisFormat
    let selection: Selection
    let console: Console
    private var writer: AnalysisWriter
    /// Messages that were taken, but for those that were not asked for.
    private(set) var count = 0
    /// Messages that could not be shown.
    private(set) var failures = 0

    init(format: AnalysisFormat, selection: Selection = Selection(), console: Console) {
        self.format = format
        self.selection = selection
        self.console = console
        writer = AnalysisWriter(format: format, selection: selection)
    }

    /// Shows a message at once; one that cannot be shown becomes a remark.
    /// - Throws: What the console throws, such as `Output.Failure`.
    mutating func show(_ message: StreamMessage) throws {
        do {
            guard let bytes = try rendered(message) else { return }
            count += 1
            try console.write(bytes)
        } catch let error as WireError {
            count += 1
            failures += 1
            console.remark("message \(message.position.n) cannot be shown: \(error)")
        }
    }

    /// The event with its place in the stream, `epoch` and `number`, before its own attributes.
    private static func placed(_ message: StreamMessage, _ json: [UInt8]) -> [UInt8] {
        let body = json.drop { $0 <= 0x20 }
        guard body.first == UInt8(ascii: "{") else { return json }
        let isEmpty = body.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "}")
        let place = "{\"epoch\":\"\(message.position.e)\",\"number\":\(message.position.n)\(isEmpty ? "" : ",")"
        return Array(place.utf8) + body.dropFirst()
    }

    /// The message as it is shown, or nil where it was not asked for.
    private mutating func rendered(_ message: StreamMessage) throws(WireError) -> [UInt8]? {
        if StreamName(rawValue: message.position.s) == .results {
            if format == .csv || format == .linkedData || !selection.isEverything { return try selected(message) }
        } else if !selection.isEverything {
            let article = try JSON.decode(CloudEvent<Article>.self, from: message.body).data
            guard selection.includes(language: article.language, source: article.source, published: article.published)
            else { return nil }
        }
        if format == .text { return Array(try MessageText.render(message, layout: console.layout()).utf8) }
        try JSON.check(message.body)
        return JSONLine.line(of: Self.placed(message, message.body))
    }

    /// What is wanted of an analysis.
    private mutating func selected(_ message: StreamMessage) throws(WireError) -> [UInt8]? {
        var event = try JSON.decode(CloudEvent<Analysis>.self, from: message.body)
        guard let analysis = selection.apply(to: event.data) else { return nil }
        event.data = analysis
        if format == .jsonLines { return JSONLine.line(of: Self.placed(message, try JSON.encode(event))) }
        return try writer.bytes(of: event, time: message.position.ts, layout: console.layout())
    }
}
