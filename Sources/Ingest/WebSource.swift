internal import Feeds
internal import Glibc
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Articles from pages and feeds of the web: each address once, and feeds again and again if wanted.
///
/// Several addresses are asked at a time, each by a `WebJob` on a thread of its own, of each host one. An entry counts as read once whoever
/// takes the articles asks for more after the pause that follows a feed: by then they are durable.
struct WebSource {
    private struct Place {
        var next: ContinuousClock.Instant
        /// Whether it is being asked.
        var isAsked = false
    }

    private let options: WebOptions
    private let fetcher: Fetcher
    private let desk = WebDesk()
    private var memory: FeedMemory
    private var places: [String: Place] = [:]
    private var due: [IngestEvent] = []
    /// Hosts that are being asked.
    private var busy: Set<String> = []
    /// What becomes of the memory once the articles that were given are durable.
    private var pending: [String: FeedMemory.Feed] = [:]
    private var listed: Set<String> = []
    private var listChange: Int?
    private var lastLook: ContinuousClock.Instant?
    /// Whether what was given is durable by the next call.
    private var isSettling = false
    /// Whether the memory could not be written.
    private var isForgetting = false

    init(_ options: WebOptions) {
        self.options = options
        fetcher = Fetcher(agent: options.agent, allowsPrivate: options.allowsPrivate, pause: options.pause)
        memory = FeedMemory(options.memory)
    }

    static func isAddress(_ path: String) -> Bool {
        ["http://", "https://"].contains { path.lowercased().hasPrefix($0) }
    }

    /// What is at an address.
    static func fetch(
        _ address: String, _ options: WebOptions, limit: Int
    ) throws(IngestError) -> (bytes: [UInt8], charset: String?, address: String) {
        do {
            let response = try Fetcher(agent: options.agent, allowsPrivate: options.allowsPrivate).fetch(
                address, limit: limit, heedsRobots: false)
            return (response.body, response.charset, response.address)
        } catch {
            throw ingestError(error, address)
        }
    }

    /// Whether anything is being asked, or is to be asked again.
    var goesOn: Bool { !busy.isEmpty || options.polls && (!places.isEmpty || options.feeds != nil) }

    /// Adds an address.
    mutating func add(_ address: String) {
        if memory.feeds[address]?.isGone == true {
            // Servers say so for good.
            due.append(
                .remark(
                    place: Self.shown(address),
                    text: "it is gone for good, as its server said, and not asked again: take it off the list"))
            return
        }
        if places[address] == nil { places[address] = Place(next: .now) }
    }

    /// Waits until there may be an event, at most so long.
    func wait(atMost patience: Duration) {
        let next = places.values.lazy.filter { !$0.isAsked }.map(\.next).min() ?? .now + .seconds(1)
        // One whose host is busy is due, and has to wait all the same.
        let rest = busy.isEmpty ? max(.zero, next - .now) : patience
        desk.wait(atMost: min(patience, rest))
    }

    /// The next event; nil where there is nothing at present.
    mutating func next() -> IngestEvent? {
        settle()
        if let event = due.popLast() { return event }
        lookAtList()
        if let event = due.popLast() { return event }
        ask()
        while let news = desk.take() {
            switch news {
            case .event(let event): return event
            case .done(let address, let host, let outcome):
                busy.remove(host)
                places[address]?.isAsked = false
                pending[address] = outcome.feed
                if let wait = outcome.again { places[address]?.next = .now + wait } else { places[address] = nil }
                ask()
            }
        }
        guard !pending.isEmpty else { return nil }
        // Whoever takes the articles makes them durable, now that there is nothing for a moment.
        isSettling = true
        return .idle
    }

    private mutating func settle() {
        guard isSettling else { return }
        isSettling = false
        memory.feeds.merge(pending) { $1 }
        pending = [:]
        do {
            try memory.save()
            isForgetting = false
        } catch {
            // Once; articles are known by their journal, too.
            if isForgetting { return }
            isForgetting = true
            due.append(
                .remark(
                    place: OSString.shown(options.memory ?? ""), text: "what was read of feeds cannot be kept: \(error)"
                ))
        }
    }

    /// Asks for pages and feeds that are due, as far as their hosts are free.
    private mutating func ask() {
        guard busy.count < WebDesk.jobs else { return }
        let now = ContinuousClock.now
        let waiting = places.filter { !$0.value.isAsked && $0.value.next <= now && pending[$0.key] == nil }
        for (address, _) in waiting.sorted(by: { ($0.value.next, $0.key) < ($1.value.next, $1.key) }) {
            guard busy.count < WebDesk.jobs else { return }
            let known = memory.feeds[address] ?? FeedMemory.Feed()
            let host = Fetcher.origin(of: known.movedTo ?? address)
            guard !busy.contains(host) else { continue }
            let job = WebJob(address: address, known: known, options: options, fetcher: fetcher)
            // Where the system has no room for another thread, it is tried again later.
            guard desk.start(job, host: host) else { return }
            busy.insert(host)
            places[address]?.isAsked = true
        }
    }

    static func ingestError(_ error: WebError, _ address: String) -> IngestError {
        let code: IngestError.Code =
            switch error.code {
            case .notFound, .gone: .notFound
            case .tooBig: .tooBig
            case .refused, .robots, .unavailable: .unreadable
            }
        let place = shown(address)
        let text = error.description
        let message = text.hasPrefix("\(place): ") ? String(text.dropFirst(place.count + 2)) : text
        return IngestError(
            code, message, place: place, remedy: error.isRetriable ? "try again later" : "check the address")
    }

    /// An address as others may see it.
    static func shown(_ address: String) -> String {
        TextNormalization.line(Address.withoutCredentials(address), limit: 200)
    }

    /// Reads the list of feeds where it has changed: an address a line, or the `xmlUrl`s of OPML.
    private mutating func lookAtList() {
        guard let list = options.feeds, lastLook.map({ .now - $0 >= .seconds(2) }) ?? true else { return }
        lastLook = .now
        guard let change = (try? FileStatus(path: list))?.change else {
            if listChange != -1 {
                due.append(
                    .failure(
                        IngestError(
                            .notFound, "the list of feeds is not there", place: list,
                            remedy: "make it; it is looked for again")))
            }
            listChange = -1
            return
        }
        guard change != listChange else { return }
        listChange = change
        do {
            let bytes = try WholeFile.bytes(of: list, limit: Feed.limit)
            let addresses = FeedList.addresses(in: bytes)
            for bad in addresses.filter({ !Self.isAddress($0) }) {
                due.append(
                    .failure(
                        IngestError(
                            .badArticle, "'\(TextNormalization.line(bad, limit: 100))' is no address of a feed",
                            place: list, remedy: "give one with http:// or https:// a line")))
            }
            let now = Set(addresses.filter(Self.isAddress))
            for gone in listed.subtracting(now) { places[gone] = nil }
            for new in now.subtracting(listed).sorted() { add(new) }
            listed = now
        } catch {
            due.append(.failure(error))
        }
    }
}
