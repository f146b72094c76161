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
            passOver(message, error)
        }
    }

    /// Says that a message cannot be shown, and counts it.
    mutating func passOver(_ message: StreamMessage, _ error: WireError) {
        count += 1
        failures += 1
        console.remark("message \(message.position.n) cannot be shown: \(error)")
    }

    /// The event with its place in the stream, `epoch` and `number`, before its own attributes.
    private static func placed(_ message: StreamMessage, _ object: [UInt8]) -> [UInt8] {
        let body = object.drop { $0 <= 0x20 }
        let isEmpty = body.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "}")
        let place = "{\"epoch\":\"\(message.position.e)\",\"number\":\(message.position.n)\(isEmpty ? "" : ",")"
        return Array(place.utf8) + body.dropFirst()
    }

    /// The message as it is shown, or nil where it was not asked for.
    private mutating func rendered(_ message: StreamMessage) throws(WireError) -> [UInt8]? {
        if (try? Topic(message.topic))?.isNotice == true {
            guard try isWanted(notice: message) else { return nil }
        } else if format == .csv || format == .linkedData {
            return try row(message)
        }
        guard let message = try wanted(message) else {
            if StreamName(rawValue: message.position.s) == .results, (try? Topic(message.topic))?.isNotice == false {
                remark(on: try JSON.decode(CloudEvent<Analysis>.self, from: message.body).data, isShown: false)
            }
            return nil
        }
        if format == .text {
            let least = selection.leastWorth ?? AnalysisText.least
            return Array(try MessageText.render(message, from: least, layout: console.layout()).utf8)
        }
        try JSON.checkObject(message.body)
        return JSONLine.line(of: Self.placed(message, message.body))
    }

    /// Says what an analysis does not tell, of an article that is asked for, where the output does not have it.
    private func remark(on analysis: Analysis, isShown: Bool) {
        let article = analysis.article
        guard
            selection.includes(language: article.language, source: article.publisher, published: article.published)
        else { return }
        for remark in writer.remarks(on: analysis, isShown: isShown) { console.remark(remark) }
    }

    /// Whether a notice is shown.
    ///
    /// What was taken back is, whatever was asked for, since it would else seem to stand; other notices are to programs and to whoever
    /// sees everything. In a table there is no place for them.
    private func isWanted(notice message: StreamMessage) throws(WireError) -> Bool {
        switch format {
        case .csv, .linkedData: false
        case .jsonLines: true
        case .text:
            if selection.isEverything {
                true
            } else {
                try JSON.decode(CloudEvent<Notice>.self, from: message.body).data.kind == Notice.Kind.withdrawal
            }
        }
    }

    /// What is wanted of a message, or nil for nothing.
    private func wanted(_ message: StreamMessage) throws(WireError) -> StreamMessage? {
        guard !selection.isEverything, try !Topic(message.topic).isNotice else { return message }
        if StreamName(rawValue: message.position.s) == .results {
            // A person is not shown what takes another's place where there is nothing in it.
            return try selection.apply(to: message, keepsReplacements: format == .jsonLines)
        }
        let article = try JSON.decode(CloudEvent<Article>.self, from: message.body).data
        let isIncluded = selection.includes(
            language: article.language, source: article.source, published: article.published)
        return isIncluded ? message : nil
    }

    /// What is wanted of an analysis, in rows; nil for nothing, and for what was erased.
    private mutating func row(_ message: StreamMessage) throws(WireError) -> [UInt8]? {
        var event = try JSON.decode(CloudEvent<Analysis>.self, from: message.body)
        guard event.erased == nil else { return nil }
        let part = selection.apply(to: event.data)
        remark(on: event.data, isShown: part != nil)
        guard let analysis = part else { return nil }
        event.data = analysis
        return try writer.bytes(of: event, time: message.position.ts, layout: console.layout())
    }
}
