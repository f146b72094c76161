internal import Journal
internal import Presentation
internal import Sink

/// How the sink and the services are, in full.
struct StatePage {
    let path: String
    let reader: SharedReaders

    /// The file's name without its folder, or the URL without its secrets.
    private var name: String {
        let location = JournalLocation(path)
        return location.isFolder ? String(path.split(separator: "/").last ?? "") : location.description
    }

    func html(_ frame: inout PageFrame) -> String {
        frame.title = "State"
        frame.place = "/state"
        return frame.html { [moment = frame.moment] page in
            page.element("h1", "State")
            page.begin("div", ["id": "services", "class": "services", "data-live": ""])
            let trouble = moment?.known.trouble
            Self.begin("database", name, trouble ?? "", isWell: trouble == nil, &page)
            if let number = moment?.known.number {
                var words = "all results up to \(number)"
                let newest = moment?.known.services?.compactMap(\.newestResult).max()
                let behind = newest.map { max(0, $0 - number) } ?? 0
                if behind > 0 { words += ", \(behind) behind the analyzer" }
                Self.row("holds", words, isAlert: false, &page)
            } else {
                Self.row("holds", "nobody knows: the board's log says why", isAlert: true, &page)
            }
            if let latest = try? reader.read({ reader in try reader.latest() }) {
                Self.row("newest of", Day.text(latest), isAlert: false, &page)
            }
            page.end()
            page.end()
            for service in moment?.known.services ?? [] {
                Self.begin(service.service, service.endpoint, service.condition, isWell: service.isWell, &page)
                for fact in service.facts { Self.row(fact.name, fact.words, isAlert: fact.isAlert, &page) }
                page.end()
                page.end()
            }
            page.end()
        }
    }

    private static func begin(
        _ name: String, _ place: String, _ condition: String, isWell: Bool, _ page: inout Markup
    ) {
        page.begin("section")
        page.begin("h2")
        page.text("\(name) ")
        if !condition.isEmpty { page.element("span", ["class": isWell ? "good" : "bad"], condition) }
        page.end()
        page.begin("p", ["class": "origin"])
        page.element("bdi", place)
        page.end()
        page.begin("table")
    }

    private static func row(_ name: String, _ words: String, isAlert: Bool, _ page: inout Markup) {
        page.begin("tr")
        page.element("th", ["scope": "row"], name)
        page.begin("td", ["class": isAlert ? "bad" : nil])
        page.element("bdi", words)
        page.end()
        page.end()
    }
}
