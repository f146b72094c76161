internal import Presentation
internal import Sink

/// What a person's page begins with: who that is, and how much they said.
struct PersonHead {
    let name: String
    let facts: SinkPerson

    func write(_ page: inout Markup) {
        page.begin("div", ["id": "person", "class": "person", "data-live": ""])
        page.begin("h1")
        page.element("bdi", name)
        page.end()
        page.begin("p", ["class": "origin"])
        if facts.quotes + facts.claims == SinkReader.mostCountedOfOne { page.text("more than ") }
        page.text("\(BoardPages.count(facts.quotes, "quote")), \(BoardPages.count(facts.claims, "claim")), from ")
        Day.write(facts.first, &page)
        page.text(" to ")
        Day.write(facts.last, &page)
        page.end()
        list("Called", facts.roles, &page) { role, page in page.element("bdi", role) }
        list("Written", facts.spellings, &page) { spelling, page in
            page.element("bdi", spelling.name)
            let place = [spelling.source, spelling.rule].filter { !$0.isEmpty }.joined(separator: ": ")
            if !place.isEmpty { page.element("span", ["class": "role"], " (\(place))") }
        }
        list("Others of that name", facts.others, &page) { name, page in
            page.begin("a", ["href": ArticleCard.person(name)])
            page.element("bdi", name)
            page.end()
        }
        page.end()
        page.literal("\n")
    }

    private func list<Item>(
        _ title: String, _ items: [Item], _ page: inout Markup, _ write: (Item, inout Markup) -> Void
    ) {
        guard !items.isEmpty else { return }
        page.begin("p", ["class": "facts"])
        page.element("span", ["class": "title"], "\(title): ")
        for (index, item) in items.enumerated() {
            if index > 0 { page.text(" · ") }
            write(item, &page)
        }
        page.end()
    }
}
