import Delivery
import Glibc
import Ingest
import Service
import Streams
import Wire
import ZeroMQ

/// `onrecord status`: how the services and feeds are doing.
struct ShowStatus {
    /// Milliseconds between two looks, from which rates come.
    private static let period: Int64 = 1_000

    let configuration: StatusConfiguration
    let console: Console
    let context: Context
    /// Ends the looking.
    let signal: LoopSignal
    /// Whether it shows over and over how things are, on a screen that it clears.
    let isLive: Bool

    /// Shows all that was asked for.
    /// - Returns: `unavailable` where a service does not answer or is not ready, or a feed does not answer, `tempFail` where
    ///   articles wait too long, `noInput` or `dataError` where a folder has no memory of feeds.
    /// - Throws: What the console throws, `SecurityError`, or `ZeroMQError`.
    func run() throws -> ExitCode {
        let security = try Security(configuration.security, in: context)
        var code = ExitCode.ok
        var earlier = try look(security)
        if !earlier.isEmpty {
            repeat {
                // Of one look, the second is for the rates of those that answer.
                let answering = isLive || !earlier.allSatisfy(\.isAbsent)
                if answering { try wait() }
                if signal.isStopping, isLive { break }
                let services = answering ? try look(security, after: earlier) : earlier
                var text = isLive ? "\u{1b}[H\u{1b}[J" : ""
                for (index, status) in services.enumerated() { text += try rendered(status, since: earlier[index]) }
                try console.write(Array(text.utf8))
                code = verdict(on: services)
                earlier = services
            } while isLive && !signal.isStopping
        }
        let feeds = try showFeeds()
        return code == .ok ? feeds : code
    }

    /// Asks the services, all at the same time; in one look, whoever said nothing before is not asked again.
    private func look(_ security: Security, after earlier: [ServiceStatus] = []) throws -> [ServiceStatus] {
        let questions = try configuration.services.enumerated().map { index, service in
            !isLive && earlier.indices.contains(index) && earlier[index].isAbsent
                ? nil
                : try StatusQuestion(
                    service.name, at: service.endpoint, security: security, server: index, in: context)
        }
        return try questions.enumerated().map { index, question in try question?.answer() ?? earlier[index] }
    }

    private func wait() throws(ZeroMQError) {
        let end = SteadyClock.milliseconds() + Self.period
        while !signal.isStopping {
            let left = end - SteadyClock.milliseconds()
            guard left > 0 else { return }
            var items = [signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(left))
        }
    }

    private func verdict(on services: [ServiceStatus]) -> ExitCode {
        guard services.allSatisfy(\.isWell) else { return .unavailable }
        guard let limit = configuration.maxLag else { return .ok }
        return services.contains { $0.lag > limit / .seconds(1) } ? .tempFail : .ok
    }

    private func rendered(_ status: ServiceStatus, since earlier: ServiceStatus) throws -> String {
        if configuration.format == .jsonLines {
            return String(
                decoding: JSONLine.line(of: try JSON.encode(StatusLine(status, since: earlier))), as: UTF8.self)
        }
        return StatusText(layout: console.layout()).rendered(status, since: earlier)
    }

    // MARK: - Feeds

    private func showFeeds() throws -> ExitCode {
        var code = ExitCode.ok
        for folder in configuration.feedFolders {
            let feeds: [FeedStatus]
            do {
                feeds = try FeedStatus.all(in: "\(folder)/feeds.json")
            } catch {
                // Where no folder was named, there need be none.
                if configuration.folders.isEmpty, error.isMissing { continue }
                console.remark(error.code == .notFound ? Self.advice(on: folder) : error.description)
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

    /// Why a folder holds no memory of feeds, and what to name in its place.
    private static func advice(on folder: String) -> String {
        let found =
            switch FolderKind(folder) {
            case .nothing: "there is no such folder"
            case .file: "it is a file, and no folder"
            case .state: "no feed has been read here: the service that keeps its journal here was given none"
            case .other: "no feed has been read here, and no service keeps its journal here"
            }
        return "\(folder): \(found); name the folder of --state of a producer that reads feeds, such as "
            + "/var/lib/onrecord/producer, or no folder to ask how the services are"
    }

    /// What stands at a path.
    private enum FolderKind {
        case nothing, file, state, other

        init(_ path: String) {
            func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }
            self =
                !isThere(path)
                ? .nothing : !isThere(path + "/.") ? .file : isThere(path + "/journal.db") ? .state : .other
        }
    }

    private func rendered(_ feed: FeedStatus) throws -> [UInt8] {
        if configuration.format == .jsonLines { return JSONLine.line(of: try JSON.encode(feed)) }
        var text = StyledText()
        text.add(feed.lastSuccess.map(Clock.text) ?? "never", .faint)
        text.add(feed.address, .strong)
        text.add("\(feed.entries) entries")
        if feed.waiting > 0 { text.add("\(feed.waiting) entries to read") }
        if let moved = feed.movedTo { text.add("moved to \(moved)") }
        if let flooded = feed.flooded {
            text.add("brought \(feed.flood ?? 0) entries at once \(Clock.text(flooded))", .alert)
        }
        if feed.errors > 0 {
            text.add("\(feed.isGone ? "gone" : "failed \(feed.errors) times"): \(feed.error ?? "")", .alert)
        }
        let layout = console.layout()
        return Array(text.folded(width: layout.width, hanging: 2, isColored: layout.isColored).utf8)
    }
}
