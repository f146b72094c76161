import Ingest
import TestKit
import Wire

/// Everything that an intake gives until it ends or is idle, sorted by kind.
struct Reading {
    var articles: [IncomingArticle] = []
    var failures: [IngestError] = []
    var ignored: [String] = []
    var remarks: [String] = []

    init(_ paths: String...) {
        var intake = Intake(paths)
        self.init(&intake)
    }

    /// Waits for the first of it as long as `patience`; what comes with that is there by then.
    init(_ intake: inout Intake, patience: Duration = .zero) {
        while true {
            let isFirst = articles.isEmpty && failures.isEmpty && ignored.isEmpty && remarks.isEmpty
            switch intake.next(waitingAtMost: isFirst ? patience : .zero) {
            case .article(let article): articles.append(article)
            case .remark(let place, let text), .note(_, let place, let text): remarks.append("\(place): \(text)")
            case .failure(let error): failures.append(error)
            case .hidden(let place): ignored.append("\(place): hidden")
            case .ignored(let place, let reason): ignored.append("\(place): \(reason)")
            case .idle, .end: return
            }
        }
    }

    var bodies: [String] { articles.map(\.article.body) }
    var messages: [String] { failures.map(\.description) }
}
