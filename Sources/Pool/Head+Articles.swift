import Journal
import Streams
import Wire
import ZeroMQ

/// How articles become tasks.
extension Head {
    /// Milliseconds without a sign after which a producer is away: five of its marks did not come.
    private static let silence: Int64 = 5_000

    mutating func takeArticles() throws(ZeroMQError) -> Bool {
        var isBusy = false
        for index in producers.indices {
            let outputs = try producers[index].connection.pump(now: SteadyClock.milliseconds())
            lookAfter(producers[index])
            isBusy = !outputs.isEmpty || isBusy
            try take(outputs, of: index)
            for message in producers[index].connection.overheard { try takeErasure(message, of: index) }
        }
        return isBusy
    }

    /// Reports a producer that gives no sign any more, and one that does again.
    private func lookAfter(_ producer: Producer) {
        let isAway = producer.connection.silence >= Self.silence
        guard producer.isAway != isAway else { return }
        producer.isAway = isAway
        let name = producer.origin.name
        report(isAway ? .away(source: name, producer.connection.line) : .back(source: name))
    }

    private mutating func take(_ outputs: [FollowerConnection.Output], of index: Int) throws(ZeroMQError) {
        let origin = origins[index]
        var received = 0
        for output in outputs {
            switch output {
            case .message(let message):
                received += 1
                try take(message, of: index)
            case .unreadable(let message, let error):
                received += 1
                report(.malformed(error))
                try take(message, of: index, flaw: error)
            case .begin(let identity, let cursor):
                origin.begin(identity, cursor: Cursor(cursor))
                do { try beginAccounts() } catch { failure = error }
            case .setBack(let identity, let from, let to):
                report(.setBack(source: origin.name, from: from, to: to))
                producers[index].setBack = (identity, to)
                producers[index].isPaused = true
            case .lost(let from, let through):
                origin.account.lose(from...max(from, through))
                report(.lost(source: origin.name, from: from, through: through))
            case .malformed(let error, _): report(.malformed(error))
            case .stuck(let n, let why): report(.stuck(source: origin.name, at: n, why: why))
            case .reconnecting: if !producers[index].isAway { report(.silent(source: origin.name)) }
            case .failed(let error):
                report(.ended(source: origin.name, error))
                failure = .follower(error)
            }
        }
        if received > 0 { report(.received(source: origin.name, count: received)) }
    }

    private mutating func take(
        _ message: StreamMessage, of index: Int, flaw: WireError? = nil
    ) throws(ZeroMQError) {
        let origin = origins[index]
        let n = message.position.n
        origin.account.hear(of: n, link: message.position.h)
        guard !origin.account.isSettled(n) else { return }
        let work = Dispatcher.Work(
            id: TaskID(origin: index, epoch: origin.epoch, n: n, history: message.position.h?.brief ?? 0),
            message: message, key: Envelope.key(of: message),
            language: Self.language(of: message.topic),
            attempts: origin.attempts.removeValue(forKey: n) ?? 0,
            history: origin.histories.removeValue(forKey: n) ?? [],
            passed: Self.passed(message, by: configuration.dispatch.pipeline),
            flaw: flaw.map { Dispatcher.Failure(class: .invalid, code: $0.reason, text: $0.message) })
        if Envelope.isErased(message) || origin.isErased(work.key, at: n) {
            // There is nothing to be read any more.
            settle(work)
        } else {
            try carryOut(dispatcher.enqueue(work, now: SteadyClock.milliseconds()))
        }
    }

    /// Takes the notice of an erasure before its turn: what waits here may wait for long, and must not be analysed meanwhile.
    private mutating func takeErasure(_ message: StreamMessage, of index: Int) throws(ZeroMQError) {
        let producer = producers[index]
        guard producer.setBack == nil, message.position.e == producer.origin.account.epoch,
            Self.passed(message, by: configuration.dispatch.pipeline)?.isErasure == true,
            producer.origin.erase(Envelope.key(of: message), through: message.position.n)
        else { return }
        try take(message, of: index)
    }

    /// Goes back in the account of an origin whose journal was set back, once nothing is held of what came of it before: what is
    /// held is finished, since the journal no longer has it, and must not be taken for what has its numbers now.
    private mutating func goBack(_ index: Int) throws(HeadError) {
        let origin = origins[index]
        guard let (identity, to) = producers[index].setBack, !dispatcher.holds(of: index),
            !pending.contains(where: { $0.id.origin == index }), !attempts.contains(where: { $0.id.origin == index })
        else { return }
        var cursor = origin.account.reach
        cursor.n = min(cursor.n, to)
        cursor.trail.cut(to: cursor.n)
        origin.begin(identity, cursor: cursor)
        producers[index].setBack = nil
        try beginAccounts()
    }

    private func reportLoad() {
        report(
            .load(
                tasks: dispatcher.heldTasks, leased: dispatcher.leasedTasks, bytes: dispatcher.heldBytes,
                workers: dispatcher.workers, threads: dispatcher.threads))
        let now = Timestamp.milliseconds()
        for (index, producer) in producers.enumerated() {
            let account = producer.origin.account
            let oldest = dispatcher.oldest(of: index).flatMap { Timestamp.parse($0.message.position.ts) }
            report(
                .followed(
                    source: producer.origin.name, newest: producer.connection.follower.last,
                    settled: account.cursor + Int64(account.settledBeyond),
                    milliseconds: oldest.map { max(0, now - $0) }))
        }
    }

    /// The notice in a message as it goes on to the readers of results; nil for articles, and for what cannot be read, of which
    /// a worker makes the failure.
    private static func passed(_ message: StreamMessage, by pipeline: String) -> Dispatcher.PassedNotice? {
        guard (try? Topic(message.topic))?.isNotice == true,
            let notice = try? JSON.decode(CloudEvent<Notice>.self, from: message.body)
        else { return nil }
        let event = CloudEvent(passing: notice, of: pipeline, source: "urn:onrecord:analyzer", time: Timestamp.now())
        guard let body = try? JSON.encode(event) else { return nil }
        return Dispatcher.PassedNotice(id: event.id, body: body, isErasure: notice.data.isErasure)
    }

    static func language(of topic: String) -> String {
        let segments = topic.split(separator: "/")
        return segments.count > 2 ? String(segments[2].prefix { $0 != "-" }) : "und"
    }

    /// Stops reading while the dispatcher is full or too much is settled beyond an article that is not, and goes on once
    /// there is room; the producer's journal is the queue.
    mutating func balance() throws(HeadError) {
        let now = SteadyClock.milliseconds()
        if now >= nextLoad {
            nextLoad = now + 1_000
            reportLoad()
        }
        let isFull = dispatcher.isFull || retryAt > now
        for index in producers.indices {
            let producer = producers[index]
            try goBack(index)
            let isWide = producer.origin.account.settledBeyond >= configuration.spread
            if !producer.isPaused, isFull || isWide {
                producer.isPaused = true
                producer.connection.pause(now: now)
            } else if producer.isPaused, producer.setBack == nil, dispatcher.hasRoom, !isFull, !isWide {
                producer.isPaused = false
                do {
                    try take(try producer.connection.resume(now: now), of: index)
                } catch {
                    throw HeadError.socket(error)
                }
            }
        }
    }
}
