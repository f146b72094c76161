import Ingest
import Service

extension WebOptions {
    /// How a command reads an address: once, and remembers nothing.
    static func toolbox(allowPrivate: Bool) -> WebOptions {
        var options = WebOptions(agent: "OnRecord/\(Release.version)")
        options.allowsPrivate = allowPrivate
        return options
    }
}
