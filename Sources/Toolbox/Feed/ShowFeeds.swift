import Feeds
import Ingest
import Service
import Wire

/// `onrecord feed`: what is read from feeds.
struct ShowFeeds {
    let configuration: FeedConfiguration
    let console: Console

    /// Shows every feed; blocks.
    /// - Returns: `noInput` where a file is missing, `dataError` where one is no feed.
    /// - Throws: What the console throws.
    func run() throws -> ExitCode {
        var code = ExitCode.ok
        for path in configuration.paths.isEmpty ? ["-"] : configuration.paths {
            let found: (bytes: [UInt8], charset: String?, address: String?)
            do {
                found = try WholeFile.bytes(
                    of: path, limit: Feed.limit, web: .toolbox(allowPrivate: configuration.allowPrivate))
            } catch {
                console.remark(error.description)
                code = error.isMissing ? .noInput : .dataError
                continue
            }
            guard let feed = Feed(found.bytes, charset: found.charset, address: found.address) else {
                console.remark("\(OSString.shown(path)): it is no feed of RSS, RDF, Atom or JSON Feed")
                code = .dataError
                continue
            }
            try console.write(rendered(feed))
        }
        return code
    }

    private func rendered(_ feed: Feed) throws -> [UInt8] {
        if configuration.format == .json { return JSONLine.line(of: try JSON.encode(feed)) }
        let layout = console.layout()
        var text = ""
        func add(_ line: String?, _ style: StyledText.Style = .plain, indent: Int = 0) {
            guard let line, !line.isEmpty else { return }
            var styled = StyledText()
            styled.add(line, style)
            text += styled.folded(width: layout.width, indent: indent, hanging: indent + 2, isColored: layout.isColored)
        }
        add(feed.title ?? "(no title)", .strong)
        add(
            [feed.link, feed.language, feed.updated ?? feed.published].compactMap { $0 }.joined(separator: " · "),
            .faint)
        for entry in feed.entries {
            text += "\n"
            add(entry.title ?? "(no title)", indent: 2)
            add(
                [entry.published ?? entry.updated, entry.author, entry.link].compactMap { $0 }.joined(separator: " · "),
                .faint, indent: 4)
        }
        return Array((text + "\n").utf8)
    }
}
