import Delivery
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
    /// - Throws: `ToolError`, or what the console throws.
    func run() throws {
        let path = configuration.paths.first ?? ""
        do {
            if path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") {
                try follow(LineSink(at: path), path)
            } else {
                try follow(SQLiteSink(at: path), path)
            }
        } catch let error as ToolError {
            throw error
        } catch let error as ZeroMQError {
            throw error
        } catch {
            throw ToolError("\(error)", remedy: "start again once that is mended: nothing is lost", .cantCreate)
        }
    }

    private func follow(_ sink: consuming some Sink & ~Copyable, _ path: String) throws {
        var sink = sink
        let control = try configuration.controlEndpoint
        let security = try Security(configuration.security, in: context)
        let address = FollowerConnection.Address(
            publish: try configuration.publishEndpoint, control: control, serverKey: security.serverKey())
        let cursor = sink.cursor
        var identity = cursor.map { StreamFollower.Identity(epoch: $0.epoch, journal: $0.journal) }
        var connection = try FollowerConnection(
            StreamFollower(
                stream: "res", identity: identity, cursor: cursor?.n ?? 0, trail: cursor?.trail ?? Trail()),
            at: address, keys: security.keys, client: "onrecord/\(Release.version)", fillsUp: true, in: context)
        var isSilent = false
        var written = 0
        while !signal.isStopping {
            var messages: [StreamMessage] = []
            for output in try connection.pump(now: SteadyClock.milliseconds()) {
                switch output {
                case .message(let message): messages.append(message)
                case .begin(let found, _): (identity, isSilent) = (found, false)
                case .setBack(let found, let from, let to):
                    identity = found
                    try sink.goBack(to: Self.cursor(found, connection.follower))
                    messages = []
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
                case .malformed(let error): console.remark("\(control) sent something that is no message: \(error)")
                case .reconnecting:
                    if !isSilent {
                        console.remark(
                            "nobody answers at \(control); trying again: start the analyzer, name another endpoint with "
                                + "--control, or use keys that it admits (--key, --server-key)")
                    }
                    isSilent = true
                case .failed(let error): throw ToolError(error, at: control)
                }
            }
            if let identity, !messages.isEmpty {
                isSilent = false
                // One transaction for all that came at once.
                try sink.take(messages, upTo: Self.cursor(identity, connection.follower))
                written += messages.count
                continue
            }
            if configuration.once, identity != nil, connection.follower.isCaughtUp { break }
            var items = connection.pollItems + [signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(500))
        }
        console.remark("wrote \(written) messages; \(path) holds all up to \(sink.cursor?.n ?? 0)")
    }

    private static func cursor(_ identity: StreamFollower.Identity, _ follower: StreamFollower) -> SinkCursor {
        SinkCursor(epoch: identity.epoch, journal: identity.journal, n: follower.cursor, trail: follower.trail)
    }
}
