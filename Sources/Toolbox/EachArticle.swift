import Ingest
import Service
import Wire

/// Takes articles out of files, one after the other; what is none becomes a remark.
struct EachArticle {
    /// Files, folders and addresses; `-` or none for standard input.
    let paths: [String]
    var followLinks = false
    var allowPrivate = false
    let console: Console

    /// Gives every article to `body`; blocks.
    ///
    /// - Parameter body: What to do with an article; an `Unusable` that it throws becomes a remark with its place.
    /// - Returns: `dataError` where something was no article or could not be used, `noInput` where all that failed is missing.
    /// - Throws: What `body` throws besides.
    func run(_ body: (IncomingArticle) throws -> Void) throws -> ExitCode {
        var intake = Intake(
            paths.isEmpty ? ["-"] : paths, followsLinks: followLinks, web: .toolbox(allowPrivate: allowPrivate))
        var (failures, missing) = (0, 0)
        while true {
            switch intake.next(waitingAtMost: .seconds(60)) {
            case .article(let incoming):
                if let reason = incoming.withdrawal {
                    console.remark("\(incoming.place): \(incoming.article.uri) is taken back: \(reason)")
                    continue
                }
                do {
                    try body(incoming)
                } catch let error as Unusable {
                    failures += 1
                    console.remark("\(incoming.place): \(error.cause)")
                }
            case .remark(let place, let text), .note(_, let place, let text): console.remark("\(place): \(text)")
            case .failure(let error):
                if error.isMissing { missing += 1 } else { failures += 1 }
                console.remark(error.description)
            case .ignored(let place, let reason): console.remark("\(place): not read, since it is \(reason)")
            case .hidden, .idle: continue
            case .end: return failures > 0 ? .dataError : missing > 0 ? .noInput : .ok
            }
        }
    }

    /// One article cannot be used; the others can.
    struct Unusable: Error {
        let cause: any Error

        /// Runs `body`; whatever it throws is the fault of one article.
        static func catching<Result>(_ body: () throws -> Result) throws(Unusable) -> Result {
            do {
                return try body()
            } catch {
                throw Unusable(cause: error)
            }
        }
    }
}
