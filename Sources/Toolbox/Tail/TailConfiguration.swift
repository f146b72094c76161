import Delivery
import Service
import ZeroMQ

/// What `onrecord tail` can be told.
struct TailConfiguration: Selecting {
    var stream = StreamName.results
    /// Where the stream is published, or nil for the default of the stream.
    var connect: Endpoint?
    /// Where FETCH is answered, or nil for what goes with `connect`.
    var control: Endpoint?
    /// The first message wanted, or nil for those from now on.
    var from: Int?
    var format = AnalysisFormat.text
    /// What of the analyses is shown.
    var selection = Selection()
    /// Its keys and those of its server.
    var security = SecurityOptions()
    /// How many messages are shown before the end, or nil for no end.
    var count: Int?

    static var command: Command<TailConfiguration> {
        Command(
            "onrecord tail", summary: "show a stream as it comes",
            discussion: """
                Subscribes to a stream and shows each message the moment it is published, until it is stopped. A plain \
                subscription sees what is published while it lasts; with --from it first replays the journal from that \
                message on, goes on live, and leaves nothing out.

                Text is for reading. With --format jsonl each line is one event as JSON (CloudEvents 1.0), written at \
                once, for jq and other programs.

                Exit codes:
                  0   stopped by a signal, by --count or because its reader went
                  64  the command line is wrong
                  65  the stream was replaced by another one while --from followed it
                  66  the endpoint has no such stream
                  69  an endpoint cannot be used, or its server is of another release
                  77  the server does not allow it
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord tail", "show analyses of this machine's analyzer as they come"),
                .init("onrecord tail --from 1", "show all that is kept, then go on"),
                .init("onrecord tail --stream raw --count 10", "show the next ten articles, then end"),
                .init("onrecord tail --speaker Trudeau --min-confidence 0.8", "wait for what one says"),
                .init(
                    "onrecord tail --format jsonl | jq -r '.data.quotes[].speaker.name'",
                    "list who is quoted, for ever"),
            ],
            options: [
                .value(
                    "stream", "NAME", \.stream,
                    help: "What to show: raw for articles, res for analyses, dlq for dead letters."),
                .value(
                    "connect", "ENDPOINT", \.connect,
                    help: """
                        Where the stream is published. [default: tcp://127.0.0.1:5566, or tcp://127.0.0.1:5556 for raw]
                        """, parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "control", "ENDPOINT", \.control,
                    help: "Where --from asks for what was missed. [default: the port after the one of --connect]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value("from", "N", \.from, help: "Begin with message N; 1 begins with the oldest that is kept."),
                .value("format", "FORMAT", \.format, help: "How to show messages."),
                .value("count", "N", \.count, help: "End after N messages shown."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Your own key pair, for an endpoint that is encrypted; onrecord keygen makes one."),
                .value(
                    "server-key", "FILE", \.security.serverKey, completion: .files,
                    help: "The public key file of the service at that endpoint."),
            ] + Option.selection, defaults: TailConfiguration(), version: Release.version,
            check: { configuration in
                if let from = configuration.from, from < 1 { return "--from: messages are counted from 1" }
                if let count = configuration.count, count < 1 { return "--count must be at least 1" }
                if configuration.control != nil, configuration.from == nil {
                    return "--control is of use with --from only"
                }
                if configuration.from != nil, configuration.control == nil,
                    let connect = configuration.connect, connect.next == nil
                {
                    return "--from needs --control, since there is no port after the one of \(connect)"
                }
                return configuration.format.mistake(on: configuration.stream)
                    ?? configuration.selection.mistake(on: configuration.stream)
                    ?? configuration.security.mistake(servers: 1)
            })
    }

    /// Where the stream is published.
    var publishEndpoint: Endpoint {
        get throws { try connect ?? stream.publishEndpoint }
    }

    /// Where FETCH is answered.
    var controlEndpoint: Endpoint {
        get throws { try control ?? connect?.next ?? stream.controlEndpoint }
    }
}
