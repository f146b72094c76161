internal import Glibc
internal import Service
internal import TextInput
internal import Wire

/// Reads articles from files, folders and standard input, and from watched folders as they arrive.
///
/// First everything that is there, in the order given; then, if watching, whatever comes into the folders. A file may be
/// given again, after a change or where much happens at once: articles have identities by which repetition is known.
public struct Intake: ~Copyable, Source {
    /// How long a watched folder that has gone is left before it is looked for again.
    private static let retryInterval = Duration.seconds(1)

    private let watches: Bool
    private let followsLinks: Bool
    private let now: @Sendable () -> ContinuousClock.Instant
    private var watcher: FolderWatcher?
    private var folders: [String] = []
    /// Watched folders that are not there at present.
    private var missing: Set<String> = []
    private var lastRetry: ContinuousClock.Instant
    private var web: WebSource?
    /// Sources still to look at, the next one last.
    private var waiting: [String]
    private var walk: FolderWalk?
    private var document: DocumentSource?
    /// The path of the file that is being read.
    private var documentPath: String?
    private var embargoed = EmbargoedFiles()
    /// Files whose embargo has ended, the next one last.
    private var released: [String] = []
    /// What to give before anything else, the next one last.
    private var due: [IngestEvent] = []
    /// What was said once and is not said again; at most a thousand.
    private var said: Set<String> = []

    /// Creates an intake.
    /// - Parameters:
    ///   - paths: Files and folders; `-` is standard input, read to its end before what follows.
    ///   - watch: Whether to go on with what comes into the folders, for ever.
    ///   - followsLinks: Whether symbolic links may lead out of the folders.
    ///   - web: How addresses among the paths are read, or nil where they are files.
    ///   - now: The time by which folders that have gone are looked for.
    public init(
        _ paths: [String], watch: Bool = false, followsLinks: Bool = false, web: WebOptions? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        watches = watch
        self.followsLinks = followsLinks
        waiting = paths.reversed().map { path in
            !WebSource.isAddress(path) && path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/")
                ? String(decoding: path.utf8.dropLast(), as: UTF8.self) : path
        }
        self.now = now
        lastRetry = now()
        self.web = web.map { WebSource($0, addresses: Set(paths.filter(WebSource.isAddress))) }
    }

    /// A path or address as a person, and anybody who reads the log, may see it.
    public static func shown(_ path: String) -> String {
        OSString.shown(WebSource.isAddress(path) ? Address.withoutCredentials(path) : path)
    }

    /// The next article, fault or ignored file; `idle` while watched folders bring nothing.
    public mutating func next(waitingAtMost patience: Duration) -> IngestEvent {
        while true {
            if let event = due.popLast() { return event }
            if let event = nextOfDocument(patience) { return event }
            if walk != nil {
                if let event = nextOfWalk() { return event }
            } else if let event = web?.next() {
                guard case .article(let article) = event, !article.remarks.isEmpty else { return event }
                if let remark = remarked(article) { return remark }
            } else if let path = waiting.popLast() {
                if let event = open(path) { return event }
            } else if watches, !folders.isEmpty {
                lookForMissing()
                lookForReleased()
                if let path = released.popLast() {
                    if let event = changed(path) { return event }
                } else if waiting.isEmpty, let event = nextOfWatcher(patience) {
                    return event
                }
            } else if let web, web.goesOn {
                // Short, so that an end that is asked for is heard.
                web.wait(atMost: min(patience, .milliseconds(200)))
                return .idle
            } else {
                return .end
            }
        }
    }

    /// Takes note that all that was given is durable, before it is asked no more.
    public mutating func settle() { web?.settle(isEnd: true) }

    private mutating func nextOfDocument(_ patience: Duration) -> IngestEvent? {
        guard let event = document?.next(waitingAtMost: patience) else { return nil }
        if case .article(let article) = event, !article.remarks.isEmpty { return remarked(article) }
        if case .failure(let error) = event, error.embargoEnd != nil { return .failure(kept(error)) }
        if event != .end { return event }
        document = nil
        return nil
    }

    /// Keeps in mind when a file of a watched folder is to be read again.
    private mutating func kept(_ error: IngestError) -> IngestError {
        guard watches, let path = documentPath, let end = error.embargoEnd, folder(of: path) != nil,
            embargoed.keep(path, until: end)
        else { return error }
        var error = error
        error.remedy = "it is read again when it may be published, if it is there then"
        return error
    }

    /// The remarks on an article one by one, and then itself.
    private mutating func remarked(_ article: IncomingArticle) -> IngestEvent? {
        var bare = article
        bare.remarks = []
        due.append(.article(bare))
        for remark in article.remarks.reversed() where !remark.isSaidOnce || !said.contains(remark.text) {
            if remark.isSaidOnce, said.count < 1_000 { said.insert(remark.text) }
            due.append(.remark(place: article.place, text: remark.text))
        }
        return due.popLast()
    }

    private mutating func nextOfWalk() -> IngestEvent? {
        switch walk?.next() {
        case nil:
            walk = nil
            return nil
        case .folder(let path): return watch(path)
        case .file(let path): return read(path, within: walk?.bounds)
        case .hidden(let path): return .hidden(place: OSString.shown(path))
        case .ignored(let path, let reason): return .ignored(place: OSString.shown(path), reason: reason)
        case .failure(let error): return .failure(error)
        }
    }

    /// Begins with a path that was given.
    private mutating func open(_ path: String) -> IngestEvent? {
        if path == "-" {
            documentPath = nil
            document = DocumentSource(.standardInput, place: "standard input")
            return nil
        }
        if web != nil, WebSource.isAddress(path) {
            web?.add(path)
            return nil
        }
        do {
            guard try FileStatus(path: path).isFolder else { return read(path) }
            if !folders.contains(path) { folders.append(path) }
            walk = FolderWalk(path, within: FolderBounds(of: path, followsLinks: followsLinks))
            return nil
        } catch {
            if watches, error.code == .notFound {
                if !folders.contains(path) { folders.append(path) }
                missing.insert(path)
            }
            return .failure(error)
        }
    }

    private mutating func read(_ path: String, within bounds: FolderBounds? = nil) -> IngestEvent? {
        do {
            document = try DocumentSource(path: path, within: bounds)
            documentPath = path
            embargoed.forget(path)
            return nil
        } catch {
            return .failure(error)
        }
    }

    private mutating func watch(_ path: String) -> IngestEvent? {
        guard watches else { return nil }
        do {
            if watcher == nil { watcher = try FolderWatcher() }
            try watcher?.watch(path)
            return nil
        } catch {
            // What keeps a folder from being read is said when it is listed.
            return error.code == .notWatched ? .failure(error) : nil
        }
    }

    /// Takes up one change in the watched folders: an event to give, or nil to go on.
    private mutating func nextOfWatcher(_ patience: Duration) -> IngestEvent? {
        let patience = min(
            patience, missing.isEmpty && embargoed.isEmpty ? patience : Self.retryInterval,
            web?.goesOn == true ? .milliseconds(200) : patience)
        // There is no watcher yet where every folder has been missing, or the system had no room for one.
        if watcher == nil { watcher = try? FolderWatcher() }
        if watcher == nil { poll(nil, 0, patience.pollMilliseconds) }
        switch watcher?.next(waitingAtMost: patience) {
        case nil: return .idle
        case .file(let path): return changed(path)
        case .folder(let path):
            if Self.isHidden(path) { return .hidden(place: OSString.shown(path)) }
            return changed(path)
        case .gone(let path):
            guard folders.contains(path) else { return nil }
            missing.insert(path)
            return .failure(
                IngestError(
                    .notWatched, "the watched folder has gone", place: path,
                    remedy: "make it again; it is looked for every second"))
        case .overflow:
            waiting = folders.reversed()
            return nil
        }
    }

    /// Takes up a file or folder that came into a watched folder.
    private mutating func changed(_ path: String) -> IngestEvent? {
        let place = OSString.shown(path)
        if Self.isHidden(path) { return .hidden(place: place) }
        let bounds = FolderBounds(of: folder(of: path) ?? path, followsLinks: followsLinks)
        do {
            if FileStatus(link: path)?.isLink == true, case .ignored(let reason) = bounds.link(path) {
                return .ignored(place: place, reason: reason)
            }
            let status = try FileStatus(path: path)
            if status.isFolder {
                walk = FolderWalk(path, within: bounds)
                return nil
            }
            guard status.isFile else { return .ignored(place: place, reason: "neither file nor folder") }
            if path.utf8.suffix(5).elementsEqual(".meta".utf8) { return .hidden(place: place) }
            if let reason = FileFormat.reasonToIgnore(path) { return .ignored(place: place, reason: reason) }
            return read(path, within: bounds)
        } catch {
            return error.code == .notFound ? .ignored(place: place, reason: "gone") : .failure(error)
        }
    }

    /// The watched folder that a path is in.
    private func folder(of path: String) -> String? {
        folders.filter { path.utf8.starts(with: "\($0)/".utf8) }.max { $0.utf8.count < $1.utf8.count }
    }

    private mutating func lookForReleased() {
        if released.isEmpty { released = embargoed.take(at: Timestamp.milliseconds()) }
    }

    private mutating func lookForMissing() {
        guard !missing.isEmpty, now() - lastRetry >= Self.retryInterval else { return }
        lastRetry = now()
        for path in missing.sorted().reversed() where (try? FileStatus(path: path)) != nil {
            missing.remove(path)
            waiting.append(path)
        }
    }

    private static func isHidden(_ path: String) -> Bool {
        path.utf8.split(separator: UInt8(ascii: "/")).last?.first == UInt8(ascii: ".")
    }
}
