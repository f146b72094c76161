import Delivery
import Service
import Wire
import ZeroMQ

/// What `onrecord fetch` can be told.
struct FetchConfiguration: Selecting {
    var stream = StreamName.results
    /// Where FETCH is answered, or nil for the default of the stream.
    var connect: Endpoint?
    /// The first message wanted, or nil for the oldest that is kept.
    var from: Int?
    /// The last message wanted, or nil for the newest there is at the start.
    var to: Int?
    /// What topics begin with, or nil for all.
    var prefix: String?
    /// The epoch that the numbers belong to, or nil for any.
    var epoch: String?
    var format = AnalysisFormat.text
    /// What of the analyses is shown.
    var selection = Selection()
    /// Its keys and those of its server.
    var security = SecurityOptions()

    static var command: Command<FetchConfiguration> {
        Command(
            "onrecord fetch", summary: "replay a stretch of a stream from its journal, and end",
            discussion: """
                Asks the server of a stream for the messages from --from to --to, which it keeps in its journal, shows them \
                in order and ends. Without --from it begins with the oldest message that is kept, without --to it ends with \
                the newest one there is.

                Exit codes:
                  0   everything asked for was shown
                  64  the command line is wrong
                  65  the stream has another epoch than --epoch, or a message could not be read
                  66  the endpoint has no such stream, or no longer keeps the messages
                  69  nobody answers at the endpoint, or not as the protocol wants
                  75  the server is busy: try again
                  77  the server does not allow it
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord fetch", "show every analysis that is kept"),
                .init("onrecord fetch --from 100 --to 199 --format jsonl > part.jsonl", "save a hundred analyses"),
                .init("onrecord fetch --stream raw --prefix raw/1/en/afp.com/", "show the articles of one source"),
                .init(
                    "onrecord fetch --format csv --since 2024-05-01 > may.csv", "make a table of what was claimed since"
                ),
                .init("onrecord fetch --stream dlq", "show what could not be analysed, and why"),
            ],
            options: [
                .value(
                    "stream", "NAME", \.stream,
                    help: "What to show: raw for articles, res for analyses, dlq for dead letters."),
                .value(
                    "connect", "ENDPOINT", \.connect,
                    help: """
                        The control endpoint of the stream's server. [default: tcp://127.0.0.1:5567, or \
                        tcp://127.0.0.1:5557 for raw]
                        """, parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value("from", "N", \.from, help: "The first message. [default: the oldest that is kept]"),
                .value("to", "N", \.to, help: "The last message. [default: the newest]"),
                .value(
                    "prefix", "TOPIC", \.prefix,
                    help: "Only topics that begin with this, such as res/1/en/ for English."),
                .value("epoch", "HEX", \.epoch, help: "Fail unless the numbers count in this epoch of the stream."),
                .value("format", "FORMAT", \.format, help: "How to show messages."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Your own key pair, for an endpoint that is encrypted; onrecord keygen makes one."),
                .value(
                    "server-key", "FILE", \.security.serverKey, completion: .files,
                    help: "The public key file of the service at that endpoint."),
            ] + Option.selection, defaults: FetchConfiguration(), version: Release.version, check: { $0.mistake })
    }

    private var mistake: String? {
        if let from, from < 1 { return "--from: messages are counted from 1" }
        if let to, to < from ?? 1 { return "--to must not be less than \(from.map { "--from \($0)" } ?? "1")" }
        if let prefix, prefix.utf8.count > Limits.topicBytes {
            return "--prefix is longer than the \(Limits.topicBytes) bytes of a topic"
        }
        if let epoch, epoch.utf8.count != 16 || !epoch.allSatisfy({ "0123456789abcdef".contains($0) }) {
            return "--epoch: '\(epoch)' is not 16 lower-case hexadecimal digits"
        }
        return format.mistake(on: stream) ?? selection.mistake(on: stream) ?? security.mistake(servers: 1)
    }

    /// Where FETCH is answered.
    var controlEndpoint: Endpoint {
        get throws { try connect ?? stream.controlEndpoint }
    }
}
