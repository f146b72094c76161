internal import HTTP
internal import Presentation

/// What stands around every page: its head, the search above it, and what is said below.
struct PageFrame {
    /// What the window is called.
    var title: String
    /// What the search form shows.
    var query: BoardQuery?
    /// Publishers that may be chosen.
    var sources: [String] = []
    /// The part of the site that the page is in, as its address.
    var place = ""
    /// Whether it says only that there is no page now: it is read anew once something changes.
    var isPassing = false
    /// How the sink and the services are, and which versions of both the page shows; nil for a page that never changes.
    var moment: (known: BoardWatch.Moment, page: String, state: String)?

    static let toCheck = "/?kind=claim&least=0.8"
    private static let places = [
        ("/", "Latest"), (toCheck, "To check"), ("/people", "People"), ("/state", "State"),
    ]

    /// The page with `content` in its middle.
    func html(_ content: (inout Markup) -> Void) -> String {
        var page = Markup()
        page.literal("<!doctype html>\n")
        page.begin(
            "html",
            [
                "lang": "en", "data-page": moment?.page, "data-state": moment?.state,
                "data-passing": isPassing ? "" : nil,
            ])
        page.literal(
            """

            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">

            """)
        page.element("title", title.isEmpty ? "OnRecord" : "\(title) – OnRecord")
        page.void("link", ["rel": "stylesheet", "href": BoardFile.style.path])
        page.void("link", ["rel": "icon", "href": BoardFile.icon.path, "type": "image/svg+xml"])
        page.begin("script", ["src": BoardFile.script.path, "defer": ""])
        page.end()
        page.literal("\n</head>\n<body class=\"board\">\n<a class=\"skip\" href=\"#main\">Skip to the articles</a>\n")
        top(&page)
        page.literal("<main id=\"main\" tabindex=\"-1\">\n")
        content(&page)
        page.literal(
            """
            </main>
            <footer class="foot">
            <p>Found by a program, which errs: read every quote in its place before you publish it.</p>
            <p id="keys" hidden><label><input type="checkbox" id="keys-on"> Keys: <kbd>/</kbd> search, <kbd>j</kbd> and \
            <kbd>k</kbd> next and previous article</label></p>
            </footer>
            </body>

            """)
        page.end()
        return page.html
    }

    private func top(_ page: inout Markup) {
        page.literal(
            "<header class=\"top\">\n<a class=\"home\" href=\"/\"><span aria-hidden=\"true\">“</span>OnRecord</a>\n")
        page.begin("nav", ["aria-label": "Parts"])
        page.begin("ul")
        for (address, name) in Self.places {
            page.begin("li")
            page.element("a", ["href": address, "aria-current": address == place ? "page" : nil], name)
            page.end()
        }
        page.end()
        page.end()
        search(&page)
        page.begin("p", ["id": "state", "data-live": ""])
        func light(_ name: String, _ condition: String, isWell: Bool) {
            page.begin("a", ["href": "/state"])
            page.element("span", ["class": isWell ? "dot" : "dot off", "aria-hidden": "true"], "")
            page.element("span", ["class": isWell ? nil : "bad"], "\(name) \(condition)")
            page.end()
        }
        if let trouble = moment?.known.trouble { light("database", trouble, isWell: false) }
        for service in moment?.known.services ?? [] {
            light(service.service, service.condition, isWell: service.isWell)
            if !service.summary.isEmpty { page.element("span", service.summary) }
        }
        page.end()
        page.literal("<p id=\"news\" class=\"unseen\" role=\"status\"></p>\n</header>\n")
    }

    private func search(_ page: inout Markup) {
        let values = query?.values ?? [:]
        page.begin("form", ["role": "search", "action": "/", "method": "get"])
        page.literal("<div class=\"ask\"><label class=\"unseen\" for=\"q\">Words that were said</label>")
        page.void(
            "input",
            [
                "type": "search", "id": "q", "name": "q", "maxlength": "200", "placeholder": "What was said",
                "autocomplete": "off", "value": values["q"],
            ])
        page.literal("<button>Search</button></div>")
        page.begin("details", ["class": "filters"])
        page.literal("<summary>Filters</summary><div class=\"fields\">")
        field("speaker", "Speaker", "words of a name", &page)
        choice("kind", "What", "quotes and claims", BoardQuery.kinds, &page)
        choice("act", "Which was", "anything", BoardQuery.acts, &page)
        field("source", "Publisher", list: "sources", &page)
        page.begin("datalist", ["id": "sources"])
        for source in sources { page.element("option", ["value": source], "") }
        page.end()
        field("language", "Language", "en", &page)
        field("least", "Score at least", "0 to 1", &page)
        field("since", "Since", "2024-05-31", &page)
        field("until", "Until", "2024-05-31", &page)
        page.literal("</div>")
        page.end()
        page.end()
        page.literal("\n")
    }

    private func choice(
        _ name: String, _ label: String, _ everything: String, _ known: [(String, String)], _ page: inout Markup
    ) {
        page.begin("p")
        page.element("label", ["for": name], label)
        page.begin("select", ["id": name, "name": name])
        for (value, words) in [("", everything)] + known {
            page.element("option", ["value": value, "selected": value == query?.values[name] ?? "" ? "" : nil], words)
        }
        page.end()
        page.end()
    }

    private func field(
        _ name: String, _ label: String, _ hint: String? = nil, list: String? = nil, _ page: inout Markup
    ) {
        page.begin("p")
        page.element("label", ["for": name], label)
        page.void(
            "input",
            [
                "type": "text", "id": name, "name": name, "maxlength": "200", "value": query?.values[name],
                "placeholder": hint, "list": list,
            ])
        page.end()
    }
}
