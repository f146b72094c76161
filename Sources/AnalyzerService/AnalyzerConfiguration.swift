public import Delivery
public import HTTP
public import Service

/// What an analyzer can be told on its command line, in the environment and in a file.
public struct AnalyzerConfiguration: Sendable {
    /// Where producers publish articles, one endpoint a producer.
    public var raw = [DefaultEndpoint.rawPublish]
    /// Where the same producers answer FETCH, in the same order.
    public var rawControl = [DefaultEndpoint.rawControl]
    /// The folder that holds the journal.
    public var state = "onrecord-state/analyzer"
    /// Where the journal is kept instead: another folder, or a PostgreSQL URL.
    public var journal: String?
    /// Whether the journal was restored from a backup since it was last used.
    public var restored = false
    /// Where results and dead letters are published.
    public var publish = DefaultEndpoint.resultsPublish
    /// Where FETCH is answered.
    public var control = DefaultEndpoint.resultsControl
    /// Where workers of other processes and machines connect.
    public var pool = DefaultEndpoint.pool
    /// Threads that extract in this process.
    public var workers = 1
    /// The pool of another analyzer to work for, instead of being one.
    public var join: String?
    /// Whether a producer whose journal was replaced is followed from its beginning.
    public var reset = false
    /// The article of each producer to begin again with, nil to go on.
    public var from: Int?
    /// Whether results are published in the order of their articles, for each producer.
    public var ordered = false
    /// How much of each stream is kept, nil for all.
    public var retainBytes: ByteCount?
    /// How long messages are kept, nil for ever.
    public var retainAge: Duration?
    /// Its keys, those of its servers, and who may connect.
    public var security = SecurityOptions()
    /// Where health and numbers are shown by HTTP, nil for nowhere.
    public var http: HTTPAddress?
    /// Whether it only looks whether all that is configured can be used.
    public var checkConfig = false
    /// The lowest level that is logged.
    public var log = LogLevel.info

    /// The defaults, which fit those of the producer.
    public init() {}

    /// The options of the program `analyzer`.
    public static var command: Command<AnalyzerConfiguration> {
        Command(
            "analyzer", summary: "extract who said what, and what is claimed, from a stream of articles",
            discussion: """
                Follows the articles that producers publish without losing any, has workers extract quotes and claims, and \
                publishes one analysis for each on the topics res/1/… (or a dead letter on dlq/1/…). Every result is in the \
                journal before it is published, so the analyzer can be stopped, killed and started at any moment.

                To scale, start more workers: on this machine with --workers, on any machine with --join.

                Exit codes:
                  0   stopped by a signal
                  64  the command line is wrong
                  65  the journal is none of this release, or damaged
                  69  an endpoint cannot be used
                  70  an error inside
                  74  reading or writing failed
                  75  a port or the journal is taken for now, or it was stopped before all was done
                  77  a port, the journal or its folder may not be used
                  78  the configuration cannot be used
                """,
            examples: [
                .init("analyzer", "follow the producer of this machine with one worker"),
                .init("analyzer --workers 4", "the same with four threads"),
                .init("analyzer --join tcp://10.0.0.5:5568 --workers 8", "lend eight threads to the analyzer there"),
            ],
            options: [
                .list("raw", "ENDPOINT", \.raw, help: "Where a producer publishes; once for each producer."),
                .list(
                    "raw-control", "ENDPOINT", \.rawControl,
                    help: "Where that producer answers FETCH; in the order of --raw."),
                .value("state", "DIR", \.state, completion: .folders, help: "The folder for the journal."),
                .value(
                    "journal", "URL", \.journal,
                    help: "Keep the journal in PostgreSQL: postgres://USER@HOST/DATABASE; a password in PGPASSFILE."),
                .flag(
                    "restored", \.restored,
                    help: "For the first start after the journal was restored: its streams get new epochs."),
                .value("publish", "ENDPOINT", \.publish, help: "Where to publish results and dead letters."),
                .value("control", "ENDPOINT", \.control, help: "Where to answer FETCH."),
                .value("pool", "ENDPOINT", \.pool, help: "Where workers of other processes connect."),
                .value(
                    "workers", "N", \.workers, in: 0...256,
                    help:
                        "Articles that are extracted at once, a thread each, with idle processors for the long ones; 0 leaves all to workers that join."
                ),
                .value("join", "ENDPOINT", \.join, help: "Work for the analyzer whose pool is there."),
                .flag(
                    "reset", \.reset,
                    help: "Follow a producer whose journal was replaced from its beginning, instead of stopping."),
                .value(
                    "from", "N", \.from,
                    help: """
                        Analyse the articles of each producer again from number N on, such as after an update of the pipeline; \
                        for one start.
                        """),
                .flag(
                    "ordered", \.ordered,
                    help:
                        "Publish results in the order of each producer's articles; one that takes long holds up the rest."
                ),
                .value(
                    "retain-bytes", "AMOUNT", \.retainBytes,
                    help: "Drop the oldest results beyond so much, such as 20GB, and dead letters alike."),
                .value(
                    "retain-age", "TIME", \.retainAge,
                    help: "Drop results and dead letters that are older, such as 30d."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Encrypt with the key pair in this file, which onrecord keygen made."),
                .value(
                    "allow", "FILE", \.security.allow, completion: .files,
                    help: "Admit only the public keys in this file, for their roles; read again on SIGHUP."),
                .list(
                    "server-key", "FILE", \.security.serverKeys, completion: .files,
                    help: """
                        The public key file of the producer, or of the analyzer to join; once for all producers, or once for \
                        each in the order of --raw.
                        """),
                .flag(
                    "insecure", \.security.insecure,
                    help: "Let endpoints be open to other machines without keys: everybody there may read and work."),
                .value(
                    "http", "ADDRESS:PORT", \.http,
                    help:
                        "Show /metrics for Prometheus, /livez and /readyz there, such as 127.0.0.1:9465; to all who reach it."
                ),
                .flag(
                    "check-config", \.checkConfig,
                    help: "Look whether all of this, with its keys, lists and folders, can be used, and end."),
                .value("log", "LEVEL", \.log, help: "The lowest level that is logged; read again on SIGHUP."),
            ], defaults: AnalyzerConfiguration(), readsFile: true, version: Release.version,
            check: { configuration in
                if configuration.raw.count != configuration.rawControl.count {
                    return "--raw and --raw-control come in pairs: \(configuration.raw.count) and "
                        + "\(configuration.rawControl.count) are given"
                }
                if let idle = configuration.idleOption {
                    return "--\(idle) is of use without --join only: the analyzer that is joined has what belongs to it"
                }
                if let from = configuration.from, from < 1 { return "--from counts from 1 on" }
                if configuration.join != nil, configuration.workers == 0 {
                    return "--join needs --workers of at least 1"
                }
                let servers =
                    configuration.join.map { [("join", $0)] }
                    ?? configuration.raw.map { ("raw", $0) } + configuration.rawControl.map { ("raw-control", $0) }
                return SecurityOptions.mistake(connecting: servers) ?? configuration.securityMistake
            })
    }

    /// An option that a worker of another analyzer has no use for, though it is set; nil where there is none.
    private var idleOption: String? {
        let own = AnalyzerConfiguration()
        guard join != nil else { return nil }
        return [
            ("raw", raw != own.raw), ("raw-control", rawControl != own.rawControl), ("state", state != own.state),
            ("journal", journal != nil), ("restored", restored), ("publish", publish != own.publish),
            ("control", control != own.control), ("pool", pool != own.pool), ("reset", reset), ("from", from != nil),
            ("ordered", ordered), ("retain-bytes", retainBytes != nil), ("retain-age", retainAge != nil),
        ].first { $0.1 }?.0
    }

    private var securityMistake: String? {
        guard join == nil else {
            return security.allow == nil
                ? security.mistake(binding: [], servers: 1) : "--allow is of use without --join only"
        }
        return security.mistake(
            binding: [("publish", publish), ("control", control), ("pool", pool)], servers: raw.count)
    }
}
