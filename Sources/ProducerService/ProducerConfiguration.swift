public import Delivery
public import HTTP
import Ingest
public import Service

/// What a producer can be told on its command line, in the environment and in a file.
public struct ProducerConfiguration: Sendable {
    /// Files and folders to read, `-` for standard input.
    public var sources: [String] = []
    /// Whether folders are watched for what comes later.
    public var watch = false
    /// A list of feeds to read, or nil.
    public var feeds: String?
    /// The time between two requests for one feed.
    public var feedInterval = Duration.seconds(600)
    /// Whether pages and feeds may be fetched from private addresses.
    public var allowPrivate = false
    /// Whether symbolic links may lead out of the folders.
    public var followLinks = false
    /// The folder that keeps what was refused, or nil.
    public var rejects: String?
    /// Whether the producer ends once everything is published.
    public var once = false
    /// The folder that holds the journal.
    public var state = "onrecord-state/producer"
    /// Where the journal is kept instead: another folder, or a PostgreSQL URL.
    public var journal: String?
    /// Whether the journal was restored from a backup since it was last used.
    public var restored = false
    /// Where articles are published.
    public var publish = DefaultEndpoint.rawPublish
    /// Where FETCH is answered.
    public var control = DefaultEndpoint.rawControl
    /// Where other programs hand over articles, nil for nowhere.
    public var ingest: String?
    /// Whether an article with the text of another is only linked to that.
    public var dedupe = false
    /// How many bytes of articles are kept, nil for all.
    public var retainBytes: ByteCount?
    /// How long articles are kept, nil for ever.
    public var retainAge: Duration?
    /// Its keys, and who may connect.
    public var security = SecurityOptions()
    /// Where health and numbers are shown by HTTP, nil for nowhere.
    public var http: HTTPAddress?
    /// Whether it only looks whether all that is configured can be used.
    public var checkConfig = false
    /// The lowest level that is logged.
    public var log = LogLevel.info

    /// The defaults, which fit those of the analyzer.
    public init() {}

    /// The options of the program `producer`.
    public static var command: Command<ProducerConfiguration> {
        Command(
            "producer", summary: "publish articles from files, folders and standard input as a stream",
            discussion: """
                Reads articles as plain text (the first line is the headline), web pages, IPTC ninjs, or JSON objects with uri, headline, \
                language, published, source and body, one a file or one a line. Each is written to the journal and then \
                published on raw/1/LANGUAGE/SOURCE/; the same article is never published twice. Anyone can subscribe with a \
                plain ZeroMQ SUB socket, and ask for what was missed on the control endpoint.

                After reading its sources the producer goes on to serve what it has, until it is stopped.

                Exit codes:
                  0   stopped by a signal, or with --once all is read
                  64  the command line is wrong
                  65  with --once: some of it was refused; or the journal is none of this release, or damaged
                  66  with --once: a source is missing, or entries of feeds wait for their pages
                  69  an endpoint cannot be used
                  70  an error inside
                  74  reading or writing failed
                  75  a port or the journal is taken for now, or it was stopped before all was done
                  77  a port, the journal or its folder may not be used
                  78  the configuration cannot be used
                """,
            examples: [
                .init("producer --source seeds", "publish the articles of a folder"),
                .init("producer --source inbox --watch", "publish whatever comes into a folder, within milliseconds"),
                .init("producer --source - --once < articles.jsonl", "publish standard input, and end"),
                .init(
                    "producer --ingest tcp://127.0.0.1:5558", "publish what other programs put, such as onrecord put"),
                .init(
                    "producer --key moor.key_secret --allow readers.txt",
                    "publish encrypted, to those on a list; also with --publish tcp://*:5556"),
            ],
            options: [
                .list(
                    "source", "PATH", \.sources, completion: .files,
                    help: "A file, a folder, a page or feed (https://…), or - for standard input; several may follow."
                ).anyBytes,
                .flag("watch", \.watch, help: "Go on with files that come into the folders later."),
                .value(
                    "feeds", "FILE", \.feeds, completion: .files,
                    help:
                        "Read the feeds whose addresses are in this file, one a line or as OPML; read again when it changes."
                ).anyBytes,
                .value(
                    "feed-interval", "TIME", \.feedInterval,
                    help: "Ask for each feed so often; one that fails is asked ever more rarely."),
                .flag(
                    "allow-private", \.allowPrivate,
                    help: "Fetch pages and feeds from private, loopback and link-local addresses, too."),
                .flag(
                    "follow-links", \.followLinks,
                    help: "Follow symbolic links out of the folders: whoever writes there can publish any file."),
                .flag(
                    "once", \.once,
                    help:
                        "End when everything is published: with 65 if something was refused, 66 if a source is missing."
                ),
                .value(
                    "rejects", "DIR", \.rejects, completion: .folders,
                    help: "Keep what is refused in this folder, with the reason, whether a source or a client gave it."
                ).anyBytes,
                .value("state", "DIR", \.state, completion: .folders, help: "The folder for the journal."),
                .value(
                    "journal", "URL", \.journal,
                    help: "Keep the journal in PostgreSQL: postgres://USER@HOST/DATABASE; a password in PGPASSFILE."),
                .flag(
                    "restored", \.restored,
                    help: "For the first start after the journal was restored: its streams get new epochs."),
                .value("publish", "ENDPOINT", \.publish, help: "Where to publish articles."),
                .value("control", "ENDPOINT", \.control, help: "Where to answer FETCH."),
                .value(
                    "ingest", "ENDPOINT", \.ingest,
                    help: "Take articles from other programs here, such as tcp://127.0.0.1:5558; see onrecord put."),
                .flag(
                    "dedupe", \.dedupe,
                    help: "Link an article that has the text of an earlier one to that, instead of publishing it again."
                ),
                .value(
                    "retain-bytes", "AMOUNT", \.retainBytes,
                    help: "Drop the oldest articles beyond so much, such as 20GB, whether they were read or not."),
                .value("retain-age", "TIME", \.retainAge, help: "Drop articles that are older, such as 30d."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Encrypt with the key pair in this file, which onrecord keygen made."),
                .value(
                    "allow", "FILE", \.security.allow, completion: .files,
                    help: "Admit only the public keys in this file, for their roles; read again on SIGHUP."),
                .flag(
                    "insecure", \.security.insecure,
                    help: "Let endpoints be open to other machines without keys: everybody there may read."),
                .value(
                    "http", "ADDRESS:PORT", \.http,
                    help:
                        "Show /metrics for Prometheus, /livez and /readyz there, such as 127.0.0.1:9464; to all who reach it."
                ),
                .flag(
                    "check-config", \.checkConfig,
                    help: "Look whether all of this, with its keys, lists and folders, can be used, and end."),
                .value("log", "LEVEL", \.log, help: "The lowest level that is logged; read again on SIGHUP."),
            ], defaults: ProducerConfiguration(), readsFile: true, version: Release.version,
            check: { configuration in
                if configuration.once, configuration.watch { return "--once and --watch contradict each other" }
                if configuration.once, configuration.ingest != nil {
                    return "--once and --ingest contradict each other"
                }
                if configuration.once, configuration.sources.isEmpty, configuration.feeds == nil {
                    return "--once needs a --source to read"
                }
                if configuration.watch, configuration.sources.contains("-") {
                    return "--watch needs folders, and standard input is none: start a producer for each"
                }
                if configuration.feedInterval < .seconds(1) { return "--feed-interval must be at least 1s" }
                if configuration.watch, configuration.sources.isEmpty { return "--watch needs a --source to watch" }
                return configuration.security.mistake(
                    binding: [("publish", configuration.publish), ("control", configuration.control)]
                        + (configuration.ingest.map { [("ingest", $0)] } ?? []), servers: 0)
            })
    }

    /// How addresses among the sources are read.
    var web: WebOptions {
        var options = WebOptions(agent: "OnRecord/\(Release.version)")
        options.allowsPrivate = allowPrivate
        options.feeds = feeds
        options.memory = "\(state)/feeds.json"
        options.polls = !once
        options.interval = feedInterval
        return options
    }
}
