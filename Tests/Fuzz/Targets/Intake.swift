import Glibc
@testable import Ingest
import Wire

/// What sources bring.
enum Intake {
    /// An article is fit to be published, an error is one line.
    private static func take(_ read: () throws(IngestError) -> IncomingArticle) {
        do {
            let article = try read().article
            let controls = article.body.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }
            require(!controls, "a control character in \(article)")
            require(!article.uri.isEmpty && article.headline.unicodeScalars.count <= 500, "\(article)")
            let event = CloudEvent(
                id: "1", source: "fuzz", type: EventType.article, time: Timestamp.format(0), subject: article.uri,
                data: article)
            guard let bytes = try? JSON.encode(event), bytes.count <= Limits.bodyBytes else {
                return require(false, "cannot be sent: \(article.uri)")
            }
            let back = try? JSON.decode(CloudEvent<Article>.self, from: bytes)
            require(back?.data.body == article.body, "another body after publishing: \(article)")
        } catch {
            require(!error.description.contains("\n"), "several lines: \(error)")
        }
    }

    static let json: Fuzz.Target = { input in
        take { () throws(IngestError) in try ArticleReader(place: "p", line: 1).json(input) }
    }

    static let plainText: Fuzz.Target = { input in
        take { () throws(IngestError) in try ArticleReader(place: "p").plainText(input) }
    }

    /// A fault is within the text, or just behind it.
    static let fault: Fuzz.Target = { input in
        guard let fault = JSONFault.first(in: input) else { return }
        require((0...input.count).contains(fault.offset), "\(fault)")
        let position = fault.position(in: input)
        require(position.line >= 1 && position.column >= 1, "\(position)")
    }

    /// Lines come as they are, but for those beyond the limit.
    static let lines: Fuzz.Target = { input in
        var ends: [Int32] = [0, 0]
        // What a pipe holds, so that one thread can write and read.
        guard input.count <= 60_000, pipe(&ends) == 0 else { return }
        _ = input.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        var reader = LineReader(Descriptor(owning: ends[0]), limit: 64)
        var expected = input.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if expected.last?.isEmpty == true { expected.removeLast() }
        for (index, line) in expected.enumerated() {
            switch reader.next(waitingAtMost: .zero) {
            case .line(let bytes, let number, _): require(bytes == line && number == index + 1, "line \(number)")
            case .tooLong(let number): require(line.count > 64 && number == index + 1, "line \(number) is too long")
            case .idle, .failed, .end: require(false, "line \(index + 1) is missing")
            }
        }
        guard case .end = reader.next(waitingAtMost: .zero) else { return require(false, "no end") }
    }
}
