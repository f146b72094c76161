import Ingest
import Service
import Wire

/// `onrecord status`: how feeds are doing.
struct ShowStatus {
    let configuration: StatusConfiguration
    let console: Console

    /// Shows every feed.
    /// - Returns: `unavailable` where one does not answer, `noInput` or `dataError` where a folder has no memory of feeds.
    /// - Throws: What the console throws.
    func run() throws -> ExitCode {
        var code = ExitCode.ok
        for folder in configuration.folders.isEmpty ? ["onrecord-state/producer"] : configuration.folders {
            let feeds: [FeedStatus]
            do {
                feeds = try FeedStatus.all(in: "\(folder)/feeds.json")
            } catch {
                console.remark(error.description)
                code = error.isMissing ? .noInput : .dataError
                continue
            }
            if code == .ok, feeds.contains(where: { $0.errors > 0 }) { code = .unavailable }
            for feed in feeds.filter({ $0.errors > 0 }) + feeds.filter({ $0.errors == 0 }) {
                try console.write(rendered(feed))
            }
        }
        return code
    }

    private func rendered(_ feed: FeedStatus) throws -> [UInt8] {
        if configuration.format == .jsonLines { return JSONLine.line(of: try JSON.encode(feed)) }
        var text = StyledText()
        text.add(feed.lastSuccess.map(Clock.text) ?? "never", .faint)
        text.add(feed.address, .strong)
        text.add("\(feed.entries) entries")
        if let moved = feed.movedTo { text.add("moved to \(moved)") }
        if feed.errors > 0 {
            text.add("\(feed.isGone ? "gone" : "failed \(feed.errors) times"): \(feed.error ?? "")", .alert)
        }
        let layout = console.layout()
        return Array(text.folded(width: layout.width, hanging: 2, isColored: layout.isColored).utf8)
    }
}
