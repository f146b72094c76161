import Delivery
import Service
import ZeroMQ

/// What `onrecord sink` can be told.
struct SinkConfiguration: Sendable {
    /// Where analyses are published, or nil for the default.
    var connect: Endpoint?
    /// Where FETCH is answered, or nil for what goes with `connect`.
    var control: Endpoint?
    /// Whether it ends once it has everything.
    var once = false
    /// Its keys and those of its server.
    var security = SecurityOptions()
    /// The file.
    var paths: [String] = []

    static var command: Command<SinkConfiguration> {
        Command(
            "onrecord sink", summary: "keep all analyses in a file, without loss",
            discussion: """
                Follows the analyses from the oldest that is kept, and writes each once: into an SQLite database that \
                'onrecord search' and the sqlite3 shell can query (its view 'current' holds what stands now), or, where the \
                name ends with .jsonl, into a file of JSON lines. It goes on where it left off, whatever happened in \
                between: what is written and how far it has come become durable together.

                In the database a later version takes the place of an earlier one, and what was taken back is not found \
                any more. JSON lines hold everything as it came, and a line {"setBack": …} where the journal was restored.

                Exit codes:
                  0   stopped by a signal, or complete with --once
                  64  the command line is wrong
                  65  the stream was replaced by another one: name another file
                  66  the endpoint has no such stream
                  69  the server refuses, or an endpoint cannot be used
                  73  the file cannot be used
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord sink analyses.db", "keep a database of who said what"),
                .init("onrecord sink --once analyses.jsonl", "bring a file up to date, and end"),
                .init("onrecord search analyses.db --speaker trudeau", "see what one said"),
            ],
            options: [
                .value(
                    "connect", "ENDPOINT", \.connect,
                    help: "Where analyses are published. [default: tcp://127.0.0.1:5566]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "control", "ENDPOINT", \.control,
                    help: "Where to ask for what was missed. [default: the port after the one of --connect]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .flag("once", \.once, help: "End once everything that there is was written."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Your own key pair, for an endpoint that is encrypted; onrecord keygen makes one."),
                .value(
                    "server-key", "FILE", \.security.serverKey, completion: .files,
                    help: "The public key file of the service at that endpoint."),
            ],
            arguments: Arguments(
                "FILE", \.paths, count: 1...1, help: "A database, or with .jsonl a file of JSON lines."),
            defaults: SinkConfiguration(), version: Release.version,
            check: { configuration in
                if configuration.paths.contains(where: { $0.contains("://") }) {
                    return "a sink is a file: a database of SQLite, or JSON lines"
                }
                if configuration.control == nil, let connect = configuration.connect, connect.next == nil {
                    return "--control is needed, since there is no port after the one of \(connect)"
                }
                return configuration.security.mistake(servers: 1)
            })
    }

    /// Where analyses are published.
    var publishEndpoint: Endpoint {
        get throws { try connect ?? StreamName.results.publishEndpoint }
    }

    /// Where FETCH is answered.
    var controlEndpoint: Endpoint {
        get throws { try control ?? connect?.next ?? StreamName.results.controlEndpoint }
    }
}
