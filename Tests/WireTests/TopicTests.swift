import Testing
import Wire

@Suite struct TopicTests {
    @Test(arguments: [
        ("en", "afp.com", "raw/1/en/afp.com/"),
        ("en-GB", "The Harbour Courier", "raw/1/en/the-harbour-courier/"),
        ("zh_Hant", "新聞", "raw/1/zh/x-9c200fe1150d/"), ("zh", "NHK 新聞 24", "raw/1/zh/nhk-24-x-f22f91db214e/"),
        ("da", "Ærø", "raw/1/da/aeroe/"), ("fr", "L’Équipe – édition", "raw/1/fr/l-equipe-edition/"),
        ("de", "Süddeutsche Zeitung", "raw/1/de/sueddeutsche-zeitung/"), ("de", "Su\u{308}d", "raw/1/de/sued/"),
        ("ru", "Новая газета", "raw/1/ru/novaya-gazeta/"), ("el", "Η Καθημερινή", "raw/1/el/i-kathimerini/"),
        ("tr", "İğne Şık", "raw/1/tr/igne-sik/"), ("pl", "Łódź", "raw/1/pl/lodz/"),
        ("vi", "Tuổi Trẻ", "raw/1/vi/tuoi-tre/"),
        ("en", "📰", "raw/1/en/x-d131f9132252/"), ("en", "-", "raw/1/en/-/"),
        ("", "", "raw/1/und/-/"),
        ("EN", "--a//b\0c--", "raw/1/en/a-b-c/"),
    ])
    func `any language and source give a legal topic`(language: String, source: String, expected: String) throws {
        let topic = Topic.raw(language: language, source: source)
        #expect(topic.text == expected)
        #expect(try Topic(topic.text) == topic)
    }

    @Test func `no language and source are too long for a topic`() throws {
        let long = String(repeating: "x", count: 10_000)
        let topic = Topic.raw(language: long, source: long)
        #expect(topic.text.utf8.count <= Limits.topicBytes)
        #expect(topic.segments.count == 4)
        #expect(try Topic(topic.text) == topic)
    }

    @Test func `publishers in other scripts have a segment each, of which any client can work out the digest`() {
        let names = ["新聞", "新闻", "朝日新聞", "الجزيرة", "العربية", "הארץ", "ข่าวสด", "दैनिक जागरण", "한겨레", "한국"]
        let segments = names.map { Topic.raw(language: "und", source: $0).segments.last ?? "" }
        #expect(Set(segments).count == names.count)
        for (name, segment) in zip(names, segments) {
            #expect(segment == "x-\(Digest.sha256(Array(name.utf8)).prefix(12))")
        }
        let long = [String(repeating: "x", count: 200) + "新", String(repeating: "x", count: 200) + "聞"]
        #expect(Set(long.map { Topic.raw(language: "zh", source: $0) }).count == 2)
        #expect(long.allSatisfy { (Topic.raw(language: "zh", source: $0).segments.last?.utf8.count ?? 81) <= 80 })
    }

    @Test func `results and dead letters of an article stand under the same language and source`() {
        let raw = Topic.raw(language: "en", source: "afp.com")
        #expect(raw.moved(to: "res") == Topic.results(language: "en", source: "afp.com"))
        #expect(raw.moved(to: "dlq") == Topic.deadLetters(language: "en", source: "afp.com"))
    }

    @Test func `a subscription to a stream takes its messages and not its marks`() {
        #expect(Topic.prefix(of: "raw") == "raw/1/")
        #expect(Topic.mark(of: "raw").text == "mark/raw/1/")
        #expect(Topic.raw(language: "en", source: "a").text.hasPrefix(Topic.prefix(of: "raw")))
        #expect(!Topic.mark(of: "raw").text.hasPrefix(Topic.prefix(of: "raw")))
    }

    @Test(arguments: [
        "", "/", "raw", "raw/", "raw/1", "raw//en/", "/raw/1/", "Raw/1/", "raw/1/en /", "raw/1/é/", "raw/1/\0/",
    ])
    func `what is no topic is refused`(text: String) {
        #expect(throws: WireError.self) { try Topic(text) }
    }

    @Test func `a topic of 200 bytes is taken and one of 201 is not`() throws {
        let start = "raw/1/en/"
        let fits = start + String(repeating: "a", count: 199 - start.utf8.count) + "/"
        #expect(try Topic(fits).text.utf8.count == 200)
        #expect(throws: WireError.self) { try Topic("x" + fits) }
    }
}
