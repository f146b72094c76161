internal import Feeds
internal import Pages
internal import Service
internal import Wire

/// The articles of one open file or stream: plain text, JSON, or JSON lines.
///
/// Where the name does not tell, the first line that is not empty does: `{…}` is the first of JSON lines, `{` alone or with
/// an open end begins one JSON object, and anything else is plain text.
struct DocumentSource: ~Copyable, Source {
    private enum Mode {
        case undecided, lines, finished
        /// One article, of all lines, in this format.
        case whole(FileFormat)
        /// One article that has passed the limit; what is left of it is read and dropped.
        case dropping
    }

    private var reader: LineReader
    private let place: String
    /// The URI of an article that brings none, or nil for a stream.
    private let uri: String?
    /// What tells that the file is the same as before, or nil for a stream.
    private var reading: String?
    /// What describes the file in another one beside it.
    private var sidecar: FrontMatter?
    private var mode: Mode
    /// Whether a line was JSON.
    private var hasJSON = false
    /// Bytes that one article may have.
    private let limit: Int
    /// What a feed holds, the next one last.
    private var entries: [IngestEvent] = []
    /// What has been read of a whole article.
    private var text: [UInt8] = []

    /// Opens a file.
    /// - Throws: `IngestError` for what cannot be read, or is too big to be.
    init(path: String, within bounds: FolderBounds? = nil) throws(IngestError) {
        let descriptor = try Descriptor(openingFileAt: path, within: bounds)
        let format = FileFormat(path: path)
        let uri = FileURI.of(path)
        let status = descriptor.status
        let size = status?.size ?? 0
        // UTF-16 and UTF-32 take up to four times the bytes of what is made of them.
        if let format, format != .jsonLines, size > max(4 * Limits.bodyBytes, Page.limit) {
            throw ArticleReader(place: path).tooBig()
        }
        self.init(descriptor, place: path, uri: uri, format: format)
        reading = status.map { "\(place) \($0.change)" }
        sidecar = FrontMatter(beside: path, within: bounds)
    }

    /// Reads an open stream.
    init(_ descriptor: consuming Descriptor, place: String, uri: String? = nil, format: FileFormat? = nil) {
        limit = format == .page ? Page.limit : format == .feed ? Feed.limit : Limits.bodyBytes
        reader = LineReader(descriptor, limit: limit)
        self.place = OSString.shown(place)
        self.uri = uri
        mode =
            switch format {
            case .jsonLines: .lines
            case .text, .markdown, .json, .page, .feed: format.map { .whole($0) } ?? .undecided
            case nil: .undecided
            }
    }

    mutating func next(waitingAtMost patience: Duration) -> IngestEvent {
        while true {
            if let entry = entries.popLast() { return entry }
            if case .finished = mode { return .end }
            switch reader.next(waitingAtMost: patience) {
            case .idle: return .idle
            case .line(let bytes, let number, let isTerminated):
                if let event = take(bytes, number: number, isTerminated: isTerminated) { return event }
            case .tooLong(let number):
                if case .lines = mode { return .failure(ArticleReader(place: place, line: number).tooBig()) }
                mode = .dropping
            case .failed(let error):
                mode = .finished
                return .failure(IngestError(errno: error.number, place: place))
            case .end: return finish()
            }
        }
    }

    private mutating func take(_ bytes: [UInt8], number: Int, isTerminated: Bool) -> IngestEvent? {
        let content = bytes.drop { $0 <= 0x20 }
        if case .undecided = mode, !content.isEmpty {
            mode = Self.mode(forFirstLine: content)
        }
        switch mode {
        case .lines:
            guard !content.isEmpty else { return nil }
            return readLine(bytes, number: number)
        case .undecided, .whole:
            text += bytes
            if isTerminated { text.append(UInt8(ascii: "\n")) }
            if text.count > limit {
                text = []
                mode = .dropping
            }
        case .dropping, .finished: break
        }
        return nil
    }

    /// An article of a line; one error for a file that holds no text from its beginning.
    private mutating func readLine(_ bytes: [UInt8], number: Int) -> IngestEvent {
        let lineURI = uri.map { "\($0)#line=\(number)" }
        let event = read(bytes) { () throws(IngestError) in
            // Lines stay what they are when others are added.
            let reading = reading == nil ? nil : "\(place):\(number)"
            return try ArticleReader(place: place, line: number, uri: lineURI, reading: reading).json(bytes)
        }
        guard case .failure(var error) = event, [.notText, .notUTF8, .badJSON].contains(error.code) else {
            hasJSON = true
            return event
        }
        guard error.code == .notText, !hasJSON else { return event }
        mode = .finished
        (error.line, error.input) = (nil, nil)
        return .failure(error)
    }

    private static func mode(forFirstLine line: ArraySlice<UInt8>) -> Mode {
        let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
        guard line.first == UInt8(ascii: "{") else { return .whole(.text) }
        return line.last { $0 > 0x20 } == UInt8(ascii: "}") ? .lines : .whole(.json)
    }

    private mutating func finish() -> IngestEvent {
        let bytes = text
        var ended = mode
        text = []
        mode = .finished
        switch ended {
        case .whole(.text), .undecided: ended = .whole(FileFormat(markup: bytes) ?? .text)
        default: break
        }
        let article = ArticleReader(place: place, uri: uri, reading: reading)
        switch ended {
        case .lines, .finished: return .end
        case .dropping: return .failure(ArticleReader(place: place).tooBig())
        case .whole(.json) where Feed.isJSON(bytes), .whole(.feed):
            entries = FeedArticles(reader: article).events(bytes).reversed()
            return entries.popLast() ?? .end
        case .whole(.page): return read(bytes) { () throws(IngestError) in try article.page(bytes, beside: sidecar) }
        case .whole(.markdown):
            return read(bytes) { () throws(IngestError) in try article.markdown(bytes, beside: sidecar) }
        case .whole(.json): return read(bytes) { () throws(IngestError) in try article.json(bytes) }
        case .whole(.text), .whole(.jsonLines), .undecided:
            return read(bytes) { () throws(IngestError) in try article.plainText(bytes, beside: sidecar) }
        }
    }

    private func read(_ bytes: [UInt8], _ body: () throws(IngestError) -> IncomingArticle) -> IngestEvent {
        do {
            return .article(try body())
        } catch {
            var refused = error
            refused.input = bytes
            return .failure(refused)
        }
    }
}
