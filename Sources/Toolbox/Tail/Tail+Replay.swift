import Delivery
import Service
import Streams
import ZeroMQ

extension Tail {
    /// Shows everything from message `first` on, without loss: what is kept, then what comes.
    mutating func replay(from first: Int64) throws {
        let stream = configuration.stream
        let control = try configuration.controlEndpoint
        let address = FollowerConnection.Address(
            publish: try configuration.publishEndpoint, control: control, serverKey: security.serverKey())
        var connection = try FollowerConnection(
            StreamFollower(stream: stream.rawValue, cursor: first - 1), at: address, keys: security.keys,
            client: "onrecord/\(Release.version)", in: context)
        var silence: LineState?
        var stuckAt: Int64 = 0
        while !isDone {
            for output in try connection.pump(now: SteadyClock.milliseconds()) {
                switch output {
                case .message(let message):
                    silence = nil
                    if !isDone { try printer.show(message) }
                case .unreadable(let message, let error):
                    silence = nil
                    if !isDone { printer.passOver(message, error) }
                case .begin(_, let cursor):
                    silence = nil
                    if cursor >= first {
                        console.remark("messages \(first) to \(cursor) are no longer kept")
                    }
                case .setBack(_, let from, let to):
                    silence = nil
                    if from > to {
                        console.remark(
                            "the journal at \(control) was set back: \(to + 1) to \(from) are other messages now, and follow"
                        )
                    } else {
                        console.remark("the journal at \(control) was restored; nothing is missing here")
                    }
                    _ = try connection.resume(now: SteadyClock.milliseconds())
                case .lost(let from, let through):
                    console.remark("messages \(from) to \(through) are no longer kept")
                case .stuck(let n, let why):
                    if n != stuckAt { console.remark("\(control) does not give message \(n): \(why); trying again") }
                    stuckAt = n
                case .malformed(let error, let endpoint):
                    console.remark("\(endpoint) sent something that is no message: \(error)")
                case .reconnecting(let line):
                    if silence != line {
                        let (text, remedy) = line.silence(of: control, stream.service, option: "--control")
                        console.remark("\(text); trying again: \(remedy)")
                    }
                    silence = line
                case .failed(let error): throw ToolError(error, at: control)
                }
            }
            if isDone { return }
            // The control connection may be a new one.
            var items = connection.pollItems + [signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(500))
        }
    }
}

extension ToolError {
    /// What it means for a command that the server will not let it follow.
    init(_ error: FollowerError, at control: Endpoint) {
        switch error.code {
        case .noSuchStream:
            self.init(
                "\(control): \(error.message)", remedy: "name the control endpoint that goes with the stream", .noInput)
        case .otherEpoch:
            self.init(
                "\(control): the stream was replaced by another one", remedy: "start again to follow that one",
                .dataError)
        case .refused:
            self.init("\(control): \(error.message)", remedy: "ask whoever runs it for access", .noPermission)
        case .otherRelease:
            self.init("\(control): \(error.message)", remedy: "use the release of onrecord that it runs", .unavailable)
        }
    }
}
