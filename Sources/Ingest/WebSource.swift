internal import Feeds
internal import Glibc
internal import Service
internal import TextInput
internal import Web
internal import Wire

/// Articles from pages and feeds of the web: each address once, and feeds again and again if wanted.
///
/// Several addresses are asked at a time, each by a `WebJob` on a thread of its own, of each host one. An entry counts as read once whoever
/// takes the articles asks for more after the pause that follows it: by then they are durable.
struct WebSource {
    private struct Place {
        /// When it is asked next, or nil for never.
        var next: ContinuousClock.Instant?
        /// When pages of its entries are asked for next, or nil.
        var pages: ContinuousClock.Instant?
        /// Whether it is being asked.
        var isAsked = false

        /// When there is something to do, or nil for never.
        var due: ContinuousClock.Instant? {
            guard let next, let pages else { return next ?? pages }
            return min(next, pages)
        }
    }

    /// How long articles wait at most before what was read is kept.
    private static let settling = Duration.seconds(1)

    private let options: WebOptions
    private let fetcher: Fetcher
    private let desk = WebDesk()
    /// When it began, in milliseconds from 1970.
    private let start = Timestamp.milliseconds()
    private var memory: FeedMemory
    private var places: [String: Place] = [:]
    private var due: [IngestEvent] = []
    /// Hosts that are being asked.
    private var busy: Set<String> = []
    /// What becomes of the memory once the articles that were given are durable.
    private var pending: [String: FeedMemory.Feed] = [:]
    private var lastSettled = ContinuousClock.now
    /// Addresses that were given one by one.
    private let given: Set<String>
    private var list: ListedFeeds?
    /// Whether what was given is durable by the next call.
    private var isSettling = false

    /// - Parameters:
    ///   - options: How it reads.
    ///   - addresses: What it will be given to read.
    init(_ options: WebOptions, addresses: Set<String> = []) {
        self.options = options
        given = addresses
        fetcher = Fetcher(agent: options.agent, allowsPrivate: options.allowsPrivate, pause: options.pause)
        memory = FeedMemory(options.memory)
        if let fault = memory.fault { due.append(fault) }
        if let feeds = options.feeds {
            list = ListedFeeds(feeds, former: memory.listed)
        } else if !addresses.isEmpty {
            memory.drop(all: addresses)
        }
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
    var goesOn: Bool { !busy.isEmpty || !pending.isEmpty || !places.isEmpty || options.polls && list != nil }

    /// Adds an address.
    mutating func add(_ address: String) {
        if memory.want(address, isListed: list?.addresses.contains(address) == true).isGone {
            // Servers say so for good.
            due.append(
                .note(
                    .warning, place: Self.shown(address),
                    text: "it is gone for good, as its server said, and not asked again: take it off the list"))
            return
        }
        if places[address] == nil {
            // A restart makes no server be asked sooner than it wants; whoever reads once asks now.
            let rest = options.polls ? memory.feeds[address]?.rest ?? .zero : .zero
            places[address] = Place(next: .now + rest, pages: nextPage(of: memory.feeds[address]))
        }
    }

    /// Waits until there may be an event, at most so long.
    func wait(atMost patience: Duration) {
        let next = places.values.lazy.filter { !$0.isAsked }.compactMap(\.due).min() ?? .now + .seconds(1)
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
        // However much comes, what came is kept from time to time.
        if !pending.isEmpty, .now - lastSettled > Self.settling { return rest() }
        while let news = desk.take() {
            switch news {
            case .event(let event): return event
            case .kept(let address, let feed): pending[address] = feed
            case .done(let address, let host, let outcome):
                busy.remove(host)
                pending[address] = outcome.feed
                take(outcome, of: address)
                ask()
            }
        }
        return pending.isEmpty ? nil : rest()
    }

    /// Takes note that all that was given is durable, before an end.
    mutating func settle(isEnd: Bool = false) {
        if isSettling || isEnd {
            isSettling = false
            lastSettled = .now
            memory.merge(pending)
            pending = [:]
        }
        if let fault = memory.save(isEnd: isEnd || !goesOn) { due.append(fault) }
    }

    /// Whoever takes the articles makes them durable, now that there is nothing for a moment.
    private mutating func rest() -> IngestEvent {
        isSettling = true
        return .idle
    }

    private mutating func take(_ outcome: WebJob.Outcome, of address: String) {
        guard var place = places[address] else { return }
        place.isAsked = false
        switch outcome.again {
        case .never: place.next = nil
        case .after(let wait): place.next = .now + wait
        case .asBefore: break
        }
        place.pages = nextPage(of: outcome.feed)
        places[address] = place.due == nil ? nil : place
    }

    /// When the next page of a feed's entries is due, or nil where none waits.
    private func nextPage(of feed: FeedMemory.Feed?) -> ContinuousClock.Instant? {
        guard let waiting = feed?.waiting, !waiting.isEmpty else { return nil }
        let now = Timestamp.milliseconds()
        let start = options.polls ? nil : start
        if waiting.contains(where: { $0.isDue(at: now, start: start) }) { return .now }
        // Pages that are to be asked for later are left to the next start where this one has an end.
        guard options.polls else { return nil }
        return .now + .milliseconds((waiting.lazy.compactMap(\.next).min() ?? now) - now)
    }

    /// Asks for pages and feeds that are due, as far as their hosts are free.
    private mutating func ask() {
        guard busy.count < WebDesk.jobs else { return }
        let now = ContinuousClock.now
        // This is done for each event, with thousands of places: only what is due is sorted, by what is known of it then.
        let waiting = places.compactMap { address, place -> (due: ContinuousClock.Instant, address: String)? in
            guard !place.isAsked, let due = place.due, due <= now, pending[address] == nil else { return nil }
            return (due, address)
        }
        for (_, address) in waiting.sorted(by: <) {
            guard busy.count < WebDesk.jobs, let place = places[address] else { return }
            let known = memory.feeds[address] ?? FeedMemory.Feed()
            let host = Fetcher.origin(of: known.place(at: address))
            guard !busy.contains(host) else { continue }
            let job = WebJob(
                address: address, known: known, options: options, fetcher: fetcher,
                isListed: list?.addresses.contains(address) == true, asksPlace: place.next.map { $0 <= now } ?? false,
                start: start)
            // Where the system has no room for another thread, it is tried again later.
            guard desk.start(job, host: host) else { return }
            busy.insert(host)
            places[address]?.isAsked = true
        }
    }

    /// Takes up what the list of feeds says now.
    private mutating func lookAtList() {
        guard var list else { return }
        let former = list.addresses
        let isFirst = !list.wasLookedAt
        var notes: [IngestEvent] = []
        let isRead = list.look { notes.append(.failure($0)) }
        self.list = list
        due += notes.reversed()
        if isRead {
            for gone in former.subtracting(list.addresses).subtracting(given) { places[gone] = nil }
            memory.drop(all: list.addresses.union(given))
            for new in (isFirst ? list.addresses : list.addresses.subtracting(former)).sorted() { add(new) }
        } else if isFirst {
            for old in former.sorted() { add(old) }
        }
    }
}

extension WebSource {
    static func ingestError(_ error: WebError, _ address: String, again: Duration? = nil) -> IngestError {
        let code: IngestError.Code =
            switch error.code {
            case .notFound, .gone: .notFound
            case .tooBig: .tooBig
            case .otherType: .notText
            case .refused, .robots, .denied, .noFeed, .unavailable: .unreadable
            }
        let place = shown(address)
        let text = error.description
        let message = text.hasPrefix("\(place): ") ? String(text.dropFirst(place.count + 2)) : text
        let advice =
            error.code == .gone
            ? "it is not asked again" : error.isRetriable ? "try again later" : "check the address"
        let remedy = again.map { "\(error.isRetriable ? "" : "check the address; ")it is asked again in \(shown($0))" }
        return IngestError(code, message, place: place, remedy: remedy ?? advice)
    }

    /// An address as others may see it.
    static func shown(_ address: String) -> String {
        TextNormalization.line(Address.withoutCredentials(address), limit: 200)
    }

    /// A time to wait, for a person.
    static func shown(_ wait: Duration) -> String {
        let seconds = wait / .seconds(1)
        return switch seconds {
        case ..<100: "\(Int(seconds.rounded(.up))) s"
        case ..<6_000: "\(Int((seconds / 60).rounded())) min"
        default: "\(Int((seconds / 3_600).rounded())) h"
        }
    }
}
