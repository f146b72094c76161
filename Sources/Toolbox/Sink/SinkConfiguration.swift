import Delivery
import Journal
import Service
import ZeroMQ

/// What `onrecord sink` can be told.
struct SinkConfiguration: Selecting {
    /// Where analyses are published, or nil for the default.
    var connect: Endpoint?
    /// Where FETCH is answered, or nil for what goes with `connect`.
    var control: Endpoint?
    /// Whether it ends once it has everything.
    var once = false
    /// Its keys and those of its server.
    var security = SecurityOptions()
    /// Whether it only looks whether all that is configured can be used.
    var checkConfig = false
    /// What of the analyses is kept.
    var selection = Selection()
    /// The file or database.
    var paths: [String] = []

    static var command: Command<SinkConfiguration> {
        Command(
            "onrecord sink", summary: "keep all analyses in a file or database, without loss",
            discussion: """
                Follows the analyses from the oldest that is kept, and writes each once: into an SQLite database, into \
                PostgreSQL (in a schema 'onrecord'), or, where the name ends with .jsonl, into a file of JSON lines. It goes on \
                where it left off, whatever happened in between: what is written and how far it has come become durable \
                together. While the disk is full or the server is away, it waits and says so.

                'onrecord search' and the shells sqlite3 and psql can query a database: its view 'said' tells who said what \
                when, 'claimed' who claims what, 'current' both with all details, 'untold' what of an article is not told, and 'people' which names are one person's \
                and by which rule. A row in the table 'override' (name, source, person) decides otherwise: \
                INSERT INTO override VALUES ('J. Smith', 'Courier', 'Jane Smith'), an empty source stands for all, and a name \
                that is given as its own person stands for itself.

                With --speaker and the other filters only that is kept; a sink goes on with the filters that it was begun with.

                In a database a later version takes the place of an earlier one, and what was taken back is not found \
                any more. JSON lines hold everything as it came, and a line {"setBack": …} where the journal was restored.

                Exit codes:
                  0   stopped by a signal; with --once, complete
                  64  the command line is wrong
                  65  the stream was replaced by another one: name another file
                  66  the endpoint has no such stream
                  69  an endpoint cannot be used, or its server is of another release
                  73  the file or database cannot be used
                  75  with --once, stopped by a signal before it was complete
                  77  the server does not allow it, or the database may not be written
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord sink analyses.db", "keep a database of who said what"),
                .init("onrecord sink --once analyses.jsonl", "bring a file up to date, and end"),
                .init("onrecord sink postgres://onrecord@db.example/news", "keep it in PostgreSQL"),
                .init("onrecord sink --source Courier --kind direct courier.db", "keep some of it"),
                .init("onrecord search analyses.db --person 'justin trudeau'", "see what one said"),
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
                .flag(
                    "check-config", \.checkConfig,
                    help: "Look whether all of this, with its keys and the place, can be used, and end."),
            ] + Option.selection,
            arguments: Arguments(
                "PLACE", \.paths, count: 1...1,
                help: "A database, with .jsonl a file of JSON lines, or postgres://USER@HOST/DATABASE."),
            defaults: SinkConfiguration(), readsFile: true, version: Release.version,
            check: { configuration in
                let location = JournalLocation(configuration.place)
                if location.isFolder, configuration.place.contains("://") {
                    return "a sink is a file or postgres://USER@HOST/DATABASE"
                }
                if location.holdsPassword {
                    return "the URL holds a password, which others see; keep it in a file: PGPASSFILE names that"
                }
                if configuration.control == nil, let connect = configuration.connect, connect.next == nil {
                    return "--control is needed, since there is no port after the one of \(connect)"
                }
                return configuration.security.mistake(servers: 1)
            })
    }

    /// The file or database.
    var place: String { paths.first ?? "" }

    /// Where analyses are published.
    var publishEndpoint: Endpoint {
        get throws { try connect ?? StreamName.results.publishEndpoint }
    }

    /// Where FETCH is answered.
    var controlEndpoint: Endpoint {
        get throws { try control ?? connect?.next ?? StreamName.results.controlEndpoint }
    }
}
