/// The first frame of a message: segments of `a`–`z`, `0`–`9`, `.`, `_` and `-`, each closed by `/`.
///
/// The closing `/` makes a subscription to `raw/1/en/` take exactly the language `en`. The first segment is the stream, the
/// second the major version of its payload.
public struct Topic: Sendable, Hashable, CustomStringConvertible {
    /// The topic as it stands in the frame.
    public let text: String

    /// Reads a topic.
    ///
    /// - Throws: `bad-topic` where it is not one, `too-big` beyond `Limits.topicBytes`.
    public init(_ text: String) throws(WireError) {
        guard text.utf8.count <= Limits.topicBytes else {
            throw WireError(413, "too-big", "a topic has \(text.utf8.count) bytes, more than \(Limits.topicBytes)")
        }
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.count >= 3, segments.last?.isEmpty == true, segments.dropLast().allSatisfy(Topic.isSegment)
        else {
            throw WireError(
                400, "bad-topic", "a topic is segments of a-z 0-9 . _ -, each closed by /, such as raw/1/en/")
        }
        self.text = text
    }

    /// The topic itself.
    public var description: String { text }

    /// Its segments without the slashes.
    public var segments: [String] { text.split(separator: "/").map(String.init) }

    /// Its first segment: the stream that carries it, or `mark`.
    public var stream: String { String(text.prefix { $0 != "/" }) }

    /// The same topic in another stream: a result's topic from the one of its article.
    ///
    /// A topic that would pass `Limits.topicBytes` loses its last segments.
    public func moved(to stream: String) -> Topic {
        Topic(joining: [Topic.segment(stream)] + segments.dropFirst())
    }
}

extension Topic {
    /// The topic of an article: `raw/1/<lang>/<source>/`.
    public static func raw(language: String, source: String) -> Topic {
        of("raw", language: language, source: source)
    }

    /// The topic of an article's analysis: `res/1/<lang>/<source>/`.
    public static func results(language: String, source: String) -> Topic {
        of("res", language: language, source: source)
    }

    /// The topic of an article's dead letter: `dlq/1/<lang>/<source>/`.
    public static func deadLetters(language: String, source: String) -> Topic {
        of("dlq", language: language, source: source)
    }

    /// The topic of a stream's marks: `mark/<stream>/1/`.
    public static func mark(of stream: String) -> Topic {
        Topic(joining: ["mark", segment(stream), "1"])
    }

    /// What to subscribe to for all of a stream: `<stream>/1/`.
    public static func prefix(of stream: String) -> String {
        Topic(joining: [segment(stream), "1"]).text
    }

    /// What to subscribe to for all notices of a stream: `<stream>/0/`.
    public static func notices(of stream: String) -> String {
        Topic(joining: [segment(stream), "0"]).text
    }

    /// The topic of a notice about an article of this topic: the same with major version 0.
    public var notice: Topic { Topic(joining: [stream, "0"] + segments.dropFirst(2)) }

    /// Whether it carries notices.
    public var isNotice: Bool { segments.dropFirst().first == "0" }

    private static func of(_ stream: String, language: String, source: String) -> Topic {
        // Only the primary subtag: a subscriber to `raw/1/en/` wants `en-GB` too, and the article has the whole tag.
        let primary = language.prefix { $0 != "-" && $0 != "_" }
        return Topic(joining: [stream, "1", segment(String(primary), otherwise: "und"), Topic.source(source)])
    }
}

extension Topic {
    /// A legal segment made of any string: in lower case, with "-" for each run of what is not allowed.
    ///
    /// - Parameters:
    ///   - string: What the segment stands for.
    ///   - otherwise: The segment where nothing of the string remains.
    /// - Returns: A segment of at most 80 bytes.
    public static func segment(_ string: String, otherwise: String = "-") -> String {
        var bytes: [UInt8] = []
        for byte in string.utf8 {
            let lower = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
            if isAllowed(lower) {
                bytes.append(lower)
            } else if bytes.last != UInt8(ascii: "-") {
                bytes.append(UInt8(ascii: "-"))
            }
            if bytes.count == 80 { break }
        }
        let kept = bytes.drop { $0 == UInt8(ascii: "-") }
        let last = kept.lastIndex { $0 != UInt8(ascii: "-") }
        return last.map { String(decoding: kept[...$0], as: UTF8.self) } ?? otherwise
    }

    static func isSegment(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private init(joining segments: [String]) {
        var text = ""
        for segment in segments where text.utf8.count + segment.utf8.count < Limits.topicBytes {
            text += segment + "/"
        }
        self.text = text
    }
}
