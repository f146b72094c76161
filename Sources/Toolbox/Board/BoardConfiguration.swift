import HTTP
import Service
import ZeroMQ

/// What `onrecord board` can be told.
struct BoardConfiguration: Sendable {
    /// Where pages are served.
    var http = HTTPAddress(host: "127.0.0.1", port: 8080)
    /// Whether it may be reached from other machines.
    var insecure = false
    /// The database.
    var paths: [String] = []

    static var command: Command<BoardConfiguration> {
        Command(
            "onrecord board", summary: "show a database of analyses as a web page",
            discussion: """
                Serves pages over a database of 'onrecord sink': quotes and claims as they come, to be searched and narrowed; each \
                article with who said what in it. It only reads the file, which the sink goes on writing.

                The pages need nothing from elsewhere, and can be read without JavaScript, by keyboard, and on a phone. They are \
                served to this machine alone unless --http says otherwise; then everybody who reaches the port may read them, so \
                put a web server with passwords and TLS before it.

                Exit codes:
                  0   stopped by a signal
                  64  the command line is wrong
                  66  the file is no such database
                  75  the port is in use
                  77  the port may not be used
                """,
            examples: [
                .init("onrecord board analyses.db", "look at http://127.0.0.1:8080"),
                .init("onrecord board analyses.db --http 127.0.0.1:8081", "on another port"),
            ],
            options: [
                .value("http", "ADDRESS:PORT", \.http, help: "Where to serve the pages."),
                .flag("insecure", \.insecure, help: "Let other machines read, everybody who reaches the port."),
            ],
            arguments: Arguments("FILE", \.paths, count: 1...1, help: "A database of onrecord sink."),
            defaults: BoardConfiguration(), version: Release.version,
            check: { configuration in
                configuration.isLocal || configuration.insecure
                    ? nil
                    : "--http \(configuration.http) is open to other machines: add --insecure if everybody there may read"
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
