import Delivery
import Service
import ZeroMQ

/// What `onrecord put` can be told.
struct PutConfiguration: Sendable {
    /// The producer's ingest endpoint, or nil for the default.
    var connect: Endpoint?
    /// How long it goes on trying while the producer takes nothing.
    var patience = Duration.seconds(60)
    var followLinks = false
    var allowPrivate = false
    /// Its keys and those of the producer.
    var security = SecurityOptions()
    /// Files, folders and addresses; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<PutConfiguration> {
        Command(
            "onrecord put", summary: "hand articles to a producer",
            discussion: """
                Reads articles from files, folders, pages and feeds as the producer itself does, and hands them to a producer \
                that was started with --ingest. Each is acknowledged once it is durable in the producer's journal. What is not \
                acknowledged is given again, also after the producer was restarted; the same article is never published twice, \
                so after a failure the command can simply be repeated.

                The last line of the output counts: published, known (published before), refused (no articles), missing (not \
                there), skipped (not read), and unacknowledged (given and not known to be durable).

                Exit codes:
                  0   every article is durable
                  64  the command line is wrong
                  65  something was refused
                  66  something is missing
                  69  nobody answers at the endpoint
                  75  not all was acknowledged within --patience: repeat it
                  77  the producer does not allow it
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord put article.txt", "publish an article with the producer of this machine"),
                .init("onrecord put - < articles.jsonl", "publish JSON lines from another program"),
                .init(
                    "onrecord put --connect tcp://moor:5558 --key me.key_secret inbox",
                    "publish a folder on another machine"),
            ],
            options: [
                .value(
                    "connect", "ENDPOINT", \.connect,
                    help: "The producer's --ingest endpoint. [default: \(DefaultEndpoint.ingest)]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "patience", "TIME", \.patience,
                    help: "Go on trying for so long while nothing is acknowledged."),
                .flag("follow-links", \.followLinks, help: "Follow symbolic links out of the folders."),
                .flag("allow-private", \.allowPrivate, help: "Fetch from private addresses, too."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Your own key pair, for an endpoint that is encrypted; onrecord keygen makes one."),
                .value(
                    "server-key", "FILE", \.security.serverKey, completion: .files,
                    help: "The public key file of the producer."),
            ],
            arguments: Arguments(
                "FILE", \.paths, help: "A file, folder or address; standard input if there is none, or for -."),
            defaults: PutConfiguration(), version: Release.version,
            check: { configuration in
                if configuration.patience < .seconds(1) { return "--patience must be at least 1s" }
                return configuration.security.mistake(servers: 1)
            })
    }

    /// Where the producer takes articles.
    var endpoint: Endpoint {
        get throws { try connect ?? Endpoint(DefaultEndpoint.ingest) }
    }
}
