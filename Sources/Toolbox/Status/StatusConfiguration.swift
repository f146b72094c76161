import Delivery
import Service
import ZeroMQ

/// What `onrecord status` can be told.
struct StatusConfiguration: Sendable {
    /// Control endpoints of the services, nil where they were not named.
    var producer: Endpoint?
    var analyzer: Endpoint?
    var format = OutputFormat.text
    /// How old an article may become before it has its result, nil for any age.
    var maxLag: Duration?
    /// Whether it looks once even on a terminal.
    var once = false
    /// Its keys and those of the services.
    var security = SecurityOptions()
    /// State folders of producers.
    var folders: [String] = []

    /// The services to ask: those that were named, or both of this machine where nothing was.
    var services: [(name: String, endpoint: Endpoint)] {
        get throws {
            if producer == nil, analyzer == nil, folders.isEmpty {
                return [
                    ("producer", try Endpoint(DefaultEndpoint.rawControl)),
                    ("analyzer", try Endpoint(DefaultEndpoint.resultsControl)),
                ]
            }
            return [("producer", producer), ("analyzer", analyzer)].compactMap { name, endpoint in
                endpoint.map { (name, $0) }
            }
        }
    }

    /// The folders whose feeds are shown.
    var feedFolders: [String] {
        folders.isEmpty && producer == nil && analyzer == nil ? ["onrecord-state/producer"] : folders
    }

    static var command: Command<StatusConfiguration> {
        Command(
            "onrecord status", summary: "show how the services and the feeds are doing",
            discussion: """
                Asks the producer and the analyzer how they are: positions, rates, how far the analyzer is behind, its queue \
                and workers, what was refused or lost since their start, free space. On a terminal it looks every second until \
                Ctrl-C; elsewhere, or with --once, it shows one look. For the state folder of a producer it shows each feed: \
                when it was last read, how often it failed since and why, and where it has moved; those that fail come first.

                With --format jsonl each line is an object: service, endpoint, answers, ready, alive, waits, lagSeconds, rates \
                and metrics, which has every number; or, of a feed, address, movedTo, lastSuccess, errors, error, isGone, entries.

                Exit codes:
                  0   every service is ready, every feed answers
                  64  the command line is wrong
                  65  a folder holds no memory of feeds
                  66  a folder is missing, or no feed was asked for from there
                  69  a service does not answer or is not ready, or some feed does not answer
                  75  an article waits longer than --max-lag for its result
                  78  a key file cannot be used
                """,
            examples: [
                .init("onrecord status", "watch the services of this machine"),
                .init("onrecord status --max-lag 5min >/dev/null || alert", "for a script"),
                .init("onrecord status --analyzer tcp://10.0.0.5:5567 --format jsonl", "one service, for programs"),
                .init("onrecord status /var/lib/onrecord/producer", "the feeds of a producer"),
            ],
            options: [
                .value(
                    "producer", "ENDPOINT", \.producer,
                    help:
                        "The producer's control endpoint. [default: tcp://127.0.0.1:5557 unless something else is named]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "analyzer", "ENDPOINT", \.analyzer,
                    help:
                        "The analyzer's control endpoint. [default: tcp://127.0.0.1:5567 unless something else is named]",
                    parse: { try Endpoint(connecting: $0) }, show: { $0?.description }),
                .value(
                    "max-lag", "TIME", \.maxLag,
                    help: "End with 75 if an article waits longer for its result, such as 5min."),
                .flag("once", \.once, help: "Look once, on a terminal, too."),
                .value("format", "FORMAT", \.format, help: "How to show it."),
                .value(
                    "key", "FILE", \.security.key, completion: .files,
                    help: "Your own key pair, for services that encrypt; onrecord keygen makes one."),
                .list(
                    "server-key", "FILE", \.security.serverKeys, completion: .files,
                    help:
                        "The public key file of the services; once for both, or of the producer and then of the analyzer."
                ),
            ],
            arguments: Arguments(
                "DIR", \.folders, help: "A producer's --state; onrecord-state/producer if nothing is named."),
            defaults: StatusConfiguration(), version: Release.version,
            check: { configuration in
                if let mistake = configuration.folders.lazy.compactMap(Self.mistake(inFolder:)).first { return mistake }
                return configuration.security.mistake(servers: (try? configuration.services.count) ?? 1)
            })
    }

    /// What is no folder, though it stands in the place of one, and what was meant; nil for what may be one.
    private static func mistake(inFolder name: String) -> String? {
        let port = name.split(separator: ":").last.flatMap { UInt16($0) }
        if name.hasPrefix("tcp://") || name.hasPrefix("ipc://")
            || name.contains(":") && port != nil && !name.contains("/")
        {
            let endpoint = name.contains("://") ? name : "tcp://\(name.hasPrefix(":") ? "127.0.0.1" : "")\(name)"
            return
                "\(name) is an endpoint, and no folder: write --producer \(endpoint) or --analyzer \(endpoint) to ask the "
                + "service there"
        }
        guard name.contains("://") else { return nil }
        return "\(name) is an address, and no folder: DIR is the folder of --state of a producer that reads feeds"
    }
}
