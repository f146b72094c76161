/// A connection URL as far as a log needs it; what it means is for libpq to say.
struct PostgresURL {
    /// User, hosts and database; less where the URL is written so that a part of a password could be among them.
    let redacted: String
    /// Whether it holds a password.
    let holdsPassword: Bool

    /// Reads a URL; nil for a text that is none of PostgreSQL.
    init?(_ text: String) {
        guard let scheme = ["postgres://", "postgresql://"].first(where: text.hasPrefix) else { return nil }
        let body = text.dropFirst(scheme.count)
        let front = body.prefix { $0 != "?" }
        let query = body.dropFirst(front.count).dropFirst().split(separator: "&")
        let credentials = front.lastIndex(of: "@").map { front[..<$0] }
        let place = credentials.map { front[$0.endIndex...].dropFirst() } ?? front
        let secrets = ["password=", "sslpassword="]
        holdsPassword =
            credentials?.contains(":") == true || query.contains { item in secrets.contains(where: item.hasPrefix) }
        let hosts = place.prefix { $0 != "/" }
        let ports = hosts.split(separator: ",").map { host in
            let name = host.hasPrefix("[") ? host.drop { $0 != "]" } : host
            return name.drop { $0 != ":" }.dropFirst()
        }
        // A password that is not percent-encoded may hold any of the characters that this splits at.
        let isClear =
            ports.allSatisfy { $0.allSatisfy(\.isWholeNumber) } && !query.contains { $0.contains("@") }
            && credentials?.contains("/") != true
        guard isClear else {
            redacted = scheme + "…"
            return
        }
        let user = credentials.map { $0.prefix { $0 != ":" } + "@" } ?? ""
        let shown = query.filter { $0.hasPrefix("host=") || $0.hasPrefix("user=") }.joined(separator: "&")
        redacted = scheme + user + place + (shown.isEmpty ? "" : "?" + shown)
    }
}
