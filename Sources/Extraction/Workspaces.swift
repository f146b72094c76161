import Language
import Synchronization

/// The reader's buffers, kept between articles: as many as there were threads at once.
final class Workspaces: Sendable {
    private let tagger: Tagger
    private let idle = Mutex<[Workspace]>([])

    init(of tagger: Tagger) { self.tagger = tagger }

    /// Lends a workspace to `body`.
    func with<Result>(_ body: (Workspace) -> Result) -> Result {
        let workspace = idle.withLock { $0.popLast() } ?? tagger.workspace()
        let result = body(workspace)
        idle.withLock { $0.append(workspace) }
        return result
    }
}
