import Delivery
import HTTP
import Journal
import Service
import ZeroMQ

/// What `onrecord board` can be told.
struct BoardConfiguration: Sendable {
    /// Where pages are served.
    var http = HTTPAddress(host: "127.0.0.1", port: 8080)
    /// Whether it may be reached from other machines.
    var insecure = false
    /// Which services are asked how they are and for articles, and with which keys.
    var pair = StatusConfiguration()
    /// Whether it only looks whether all that is configured can be used.
    var checkConfig = false
    /// The database.
    var paths: [String] = []

    static var command: Command<BoardConfiguration> {
        Command(
            "onrecord board", summary: "show a database of analyses as a web page",
            discussion: """
                Serves pages over a database of 'onrecord sink': quotes and claims as they come, to be searched and narrowed; each \
                article with who said what in it; what each person said; how the services are. What is new comes by itself. It \
                only reads the database, which the sink goes on writing. The text of an article is asked of the producer and the \
                analyzer, which keep it; where they do not answer, its page shows what the database has.

                The pages need nothing from elsewhere, and can be read without JavaScript, by keyboard, and on a phone. They are \
                served to this machine alone unless --http says otherwise; then everybody who reaches the port may read them, so \
                put a web server with passwords and TLS before it.

                Exit codes:
                  0   stopped by a signal
                  64  the command line is wrong
                  66  this is no such database
                  75  the port is in use, or the database's server is away
                  77  the port may not be used, or the database not be read
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord board analyses.db", "look at http://127.0.0.1:8080"),
                .init("onrecord board analyses.db --http 127.0.0.1:8081", "on another port"),
                .init("onrecord board postgres://reader@db.example/news", "of a database in PostgreSQL"),
            ],
            options: [
                .value("http", "ADDRESS:PORT", \.http, help: "Where to serve the pages."),
                .flag("insecure", \.insecure, help: "Let other machines read, everybody who reaches the port."),
                .value(
                    "producer", "ENDPOINT", \.pair.producer,
                    help: "The producer's control endpoint. [default: tcp://127.0.0.1:5557 unless --analyzer is named]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "analyzer", "ENDPOINT", \.pair.analyzer,
                    help: "The analyzer's control endpoint. [default: tcp://127.0.0.1:5567 unless --producer is named]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "key", "FILE", \.pair.security.key, completion: .files,
                    help: "Your own key pair, for services that encrypt; onrecord keygen makes one."),
                .list(
                    "server-key", "FILE", \.pair.security.serverKeys, completion: .files,
                    help:
                        "The public key file of the services; once for both, or of the producer and then of the analyzer."
                ),
                .flag(
                    "check-config", \.checkConfig,
                    help: "Look whether all of this, with its keys and the database, can be used, and end."),
            ],
            arguments: Arguments(
                "FILE", \.paths, count: 1...1,
                help: "A database of onrecord sink: a file, or postgres://USER@HOST/DATABASE in builds with PostgreSQL."
            ),
            defaults: BoardConfiguration(), readsFile: true, version: Release.version,
            check: { configuration in
                if let mistake = SinkPlace(path: configuration.paths.first ?? "").mistake { return mistake }
                guard configuration.isLocal || configuration.insecure else {
                    return
                        "--http \(configuration.http) is open to other machines: add --insecure if everybody there may read"
                }
                return configuration.pair.security.mistake(servers: (try? configuration.pair.services.count) ?? 1)
            })
    }

    /// Whether this machine alone reaches it.
    var isLocal: Bool { (try? Endpoint("tcp://\(http)").isLocal) ?? false }

    /// The host names by which it may be asked, nil for any.
    var names: [String]? {
        guard isLocal, let host = http.host else { return nil }
        let own = host.contains(":") ? "[\(host)]" : host
        let names = ["localhost", "127.0.0.1", "[::1]"]
        return names.contains(own) ? names : names + [own]
    }
}
