import Delivery
import Journal
import Service
import Sink
import Streams
import Wire
import ZeroMQ

/// `onrecord sink`: follows the results, and has a sink take each once.
struct FollowIntoSink {
    let configuration: SinkConfiguration
    let console: Console
    let signal: LoopSignal
    let context: Context

    /// Follows until a signal or, with `once`, the end of what there is; blocks.
    /// - Returns: The code to exit with: with `once`, whether the end was reached.
    /// - Throws: `ToolError`, or what the console throws.
    func run() throws -> ExitCode {
        let isComplete = try place.writing {
            if place.isLines {
                return try follow(LineSink(at: place.path))
            } else if place.isFile {
                return try follow(SQLiteSink(at: place.path))
            } else {
                #if Postgres
                guard let sink = try whenThere({ try PostgresSink(at: place.path) }) else { return false }
                return try follow(sink)
                #else
                throw SinkPlace.noPostgres
                #endif
            }
        }
        return configuration.once && !isComplete ? .tempFail : .ok
    }

    /// Does something with a sink, again and again while that is away for the moment; nil where a signal came first.
    private func whenThere<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result? {
        var isSaid = false
        while true {
            do {
                let result = try body()
                if isSaid { console.remark("going on") }
                return result
            } catch let error as JournalError where error.isRetriable {
                if !isSaid { console.remark("\(error); waiting, nothing is lost") }
                isSaid = true
                var items = [signal.waker.pollItem]
                if !signal.isStopping { _ = try poll(&items, timeout: .milliseconds(500)) }
                if signal.isStopping { return nil }
            }
        }
    }

    /// Follows with a sink; whether that has all that there is.
    private func follow(_ sink: consuming some Sink & ~Copyable) throws -> Bool {
        var sink = sink
        let selection = configuration.selection.summary
        if let cursor = sink.cursor, cursor.selection != selection {
            throw ToolError(
                "\(place) was begun with \(cursor.selection ?? "everything"), and not with \(selection ?? "everything")",
                remedy: "give the same options as then, or name another place", .usage)
        }
        let control = try configuration.controlEndpoint
        let security = try Security(configuration.security, in: context)
        let address = FollowerConnection.Address(
            publish: try configuration.publishEndpoint, control: control, serverKey: security.serverKey())
        let cursor = sink.cursor
        var identity = cursor.map { StreamFollower.Identity(epoch: $0.epoch, journal: $0.journal) }
        var connection = try FollowerConnection(
            StreamFollower(
                stream: "res", identity: identity, cursor: cursor?.n ?? 0, trail: cursor?.trail ?? Trail()),
            at: address, keys: security.keys, client: "onrecord/\(Release.version)", in: context)
        var silence: LineState?
        var (written, unread) = (0, 0)
        var isComplete = false
        var account = SinkAccount(now: SteadyClock.milliseconds())
        let progress = Progress("storing")
        defer { progress.finish() }
        while !signal.isStopping {
            var messages: [StreamMessage] = []
            // What is wrong with those that came without a body.
            var flaws: [Int64: WireError] = [:]
            for output in try connection.pump(now: SteadyClock.milliseconds()) {
                switch output {
                case .message(let message):
                    do throws(WireError) {
                        if let wanted = try configuration.selection.apply(to: message) { messages.append(wanted) }
                    } catch {
                        unread += 1
                        leftOut(message.position.n, error)
                    }
                case .unreadable(let message, let error):
                    flaws[message.position.n] = error
                    messages.append(message)
                case .begin(let found, _): (identity, silence) = (found, nil)
                case .setBack(let found, let from, let to):
                    identity = found
                    messages = []
                    let cursor = reached(found, connection.follower)
                    guard try whenThere({ try sink.goBack(to: cursor) }) != nil else { return false }
                    console.remark(
                        from > to
                            ? "the journal at \(control) was set back: what came after \(to) comes anew"
                            : "the journal at \(control) was restored; nothing is missing here")
                    _ = try connection.resume(now: SteadyClock.milliseconds())
                case .lost(let from, let through):
                    console.remark(
                        "messages \(from) to \(through) are no longer kept at \(control), and are missing here")
                case .stuck(let n, let why):
                    console.remark("\(control) does not give message \(n): \(why); trying again")
                case .malformed(let error, let endpoint):
                    console.remark("\(endpoint) sent something that is no message: \(error)")
                case .reconnecting(let line):
                    if silence != line {
                        let (text, remedy) = line.silence(of: control, "analyzer", option: "--control")
                        console.remark("\(text); trying again: \(remedy)")
                    }
                    silence = line
                case .failed(let error): throw ToolError(error, at: control)
                }
            }
            if let identity, connection.follower.cursor > sink.cursor?.n ?? 0 || !messages.isEmpty {
                silence = nil
                let cursor = reached(identity, connection.follower)
                // One transaction for all that came at once.
                guard let remarks = try whenThere({ try sink.take(messages, upTo: cursor) }) else { break }
                for remark in remarks { leftOut(remark.n, flaws[remark.n] ?? remark.error) }
                written += messages.count - remarks.count
                unread += remarks.count
                progress.advance(by: messages.count)
                account.take(messages.count - remarks.count)
                if let remark = account.remark(upTo: cursor.n, isCaughtUp: false, now: SteadyClock.milliseconds()) {
                    console.remark(remark)
                }
                continue
            }
            isComplete = identity != nil && connection.follower.isCaughtUp
            if configuration.once, isComplete { break }
            let end = sink.cursor?.n ?? 0
            if let remark = account.remark(upTo: end, isCaughtUp: isComplete, now: SteadyClock.milliseconds()) {
                progress.finish()
                console.remark(remark)
            }
            var items = connection.pollItems + [signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(500))
        }
        let others = unread > 0 ? ", left out \(unread) that cannot be read" : ""
        let end = sink.cursor?.n ?? 0
        let held = end > 0 ? "all up to \(end)" : "nothing yet"
        console.remark("wrote \(written) messages\(others); \(place) holds \(held)")
        return isComplete
    }

    private var place: SinkPlace { SinkPlace(path: configuration.place) }

    private func leftOut(_ n: Int64, _ error: WireError) {
        console.remark("message \(n) is no analysis, and is left out: \(error)")
    }

    /// How far the sink has come with what the follower gave.
    private func reached(_ identity: StreamFollower.Identity, _ follower: StreamFollower) -> SinkCursor {
        SinkCursor(
            epoch: identity.epoch, journal: identity.journal, n: follower.cursor, trail: follower.trail,
            selection: configuration.selection.summary)
    }
}
