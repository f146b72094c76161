import Journal
import Wire
import ZeroMQ

/// FETCH: each request in progress is sent a batch in its turn, as far as its client gives credit.
extension StreamPublisher {
    mutating func start(
        _ fetch: ControlMessage.Fetch, request: Frame, of peer: Frame, client: PeerInfo, now: Int64
    ) throws(WireError) -> ControlMessage.Command? {
        guard let state = streams[fetch.s]?.state else {
            let known = names.joined(separator: ", ")
            throw WireError(404, "no-stream", "there is no stream \"\(fetch.s)\" here, only: \(known)")
        }
        guard fetch.e == nil || fetch.e == state.epoch else {
            throw WireError(409, "epoch", "the epoch of \"\(fetch.s)\" is \(state.epoch)")
        }
        guard fetch.from >= state.oldest else { return .gone(ControlMessage.Gone(e: state.epoch, lo: state.oldest)) }
        if sessions[peer] == nil { try checkRoom(for: client) }
        turns.removeAll { $0 == peer }
        turns.append(peer)
        sessions[peer] = FetchSession(
            peer: peer, client: client, request: request, stream: fetch.s, prefix: fetch.prefix ?? "",
            through: min(fetch.to ?? .max, state.last), next: fetch.from, credit: fetch.credit, bytes: fetch.bytes,
            touched: now)
        return nil
    }

    /// Sees to it that one client does not take the place of all others.
    private func checkRoom(for client: PeerInfo) throws(WireError) {
        let others = sessions.values.count {
            $0.client.userID == client.userID && (client.userID != nil || $0.client.address == client.address)
        }
        guard others < settings.fetchesOfOne else {
            throw WireError(429, "fetches", "\(others) requests of yours are being served; ask again later")
        }
        guard sessions.count < settings.fetches else {
            throw WireError(429, "fetches", "\(settings.fetches) requests are being served; ask again later")
        }
    }

    /// Sends each FETCH in progress its next batch, for as long as live messages may wait; the others come first next time.
    ///
    /// - Returns: Whether any of them can go on at once.
    mutating func serveSessions() throws(ZeroMQError) -> Bool {
        let start = SteadyClock.milliseconds()
        var canGoOn = false
        var served: [Frame] = []
        var rest = turns[...]
        while let peer = rest.popFirst() {
            guard let session = sessions[peer] else { continue }
            canGoOn = try serve(session, of: peer) || canGoOn
            if sessions[peer] != nil { served.append(peer) }
            guard SteadyClock.milliseconds() - start < settings.fetchTurn else {
                canGoOn = canGoOn || !rest.isEmpty
                break
            }
        }
        turns = rest + served
        return canGoOn
    }

    /// Milliseconds until a FETCH whose client did not read is to be tried again.
    func nextTry(now: Int64) -> Int64 {
        sessions.values.reduce(settings.markPeriod) { $1.delay > 0 ? min($0, $1.retryAt - now) : $0 }
    }

    private mutating func serve(_ old: FetchSession, of peer: Frame) throws(ZeroMQError) -> Bool {
        var session = old
        let now = SteadyClock.milliseconds()
        guard now >= session.retryAt else { return false }
        if session.isComplete { return try finish(session) }
        guard session.credit > 0 else { return false }
        let messages: [StreamMessage]
        let state: StreamState
        do {
            let count = min(settings.batch, session.credit)
            messages = try journal.read(
                session.stream, from: session.next, prefix: session.prefix, maxCount: count,
                maxBytes: min(settings.batchBytes, session.bytes))
            // Asked after reading: what is still kept now was there to be read.
            state = try journal.state(of: session.stream)
        } catch {
            report(.journal(error))
            sessions[peer] = nil
            try send(.error(ErrorReply(code: 503, text: error.message)), request: session.request, to: peer)
            return false
        }
        if session.next < state.oldest {
            streams[session.stream]?.state = state
            let gone = ControlMessage.Gone(e: state.epoch, lo: state.oldest)
            if try send(.gone(gone), request: session.request, to: peer) { sessions[peer] = nil }
            return false
        }
        var sent = 0
        var isFull = false
        for message in messages where message.position.n <= session.through {
            guard try send(.item(message), request: session.request, to: peer) else {
                isFull = true
                break
            }
            sent += 1
            session.next = message.position.n + 1
            session.credit -= 1
            session.bytes -= message.body.count
        }
        if sent > 0 {
            report(.replayed(stream: session.stream, count: sent))
            session.touched = now
        }
        if isFull { session.hold(now: now, anew: sent > 0) } else { session.delay = 0 }
        // Nothing left that matches the prefix: all up to the end was looked at.
        if messages.allSatisfy({ $0.position.n > session.through }) { session.next = session.through + 1 }
        guard sessions[peer] != nil else { return false }
        sessions[peer] = session
        if session.isComplete { return try finish(session) }
        return !isFull && session.credit > 0
    }

    private mutating func finish(_ session: FetchSession) throws(ZeroMQError) -> Bool {
        let state = streams[session.stream]?.state
        let end = ControlMessage.End(e: state?.epoch ?? "", next: session.next, hi: state?.last ?? 0)
        if try send(.end(end), request: session.request, to: session.peer) {
            sessions[session.peer] = nil
        } else {
            sessions[session.peer]?.hold(now: SteadyClock.milliseconds(), anew: false)
        }
        return false
    }
}
