import Service
import Wire

/// What `onrecord topic` can be told.
struct TopicConfiguration: Sendable {
    var stream = StreamName.results
    var language = "en"
    /// Names of publishers.
    var names: [String] = []

    static var command: Command<TopicConfiguration> {
        Command(
            "onrecord topic", summary: "show what to subscribe to for a publisher",
            discussion: """
                Prints the topic under which articles of a publisher, or their analyses, are published: what a ZeroMQ client \
                subscribes to. A publisher is named as the articles name it, or by the host of their address.

                Exit codes:
                  0   the topics are shown
                  64  the command line is wrong
                """,
            examples: [
                .init("onrecord topic 'Harbour Courier'", "print res/1/en/harbour-courier/"),
                .init("onrecord topic --stream raw --language da Ærø", "print raw/1/da/aeroe/"),
            ],
            options: [
                .value("stream", "NAME", \.stream, help: "raw for articles, res for analyses, dlq for dead letters."),
                .value("language", "TAG", \.language, help: "The language of the articles."),
            ],
            arguments: Arguments("NAME", \.names, help: "A publisher."),
            defaults: TopicConfiguration(), version: Release.version,
            check: { $0.names.isEmpty ? "name a publisher" : nil })
    }

    /// The topics, one a line.
    var text: String {
        names.map {
            Topic.raw(language: language, source: $0).moved(to: stream.rawValue).text + "\n"
        }.joined()
    }
}
