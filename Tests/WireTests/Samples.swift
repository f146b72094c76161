import Wire

/// Valid values of every kind, for the tests to send round and to damage.
enum Sample {
    static let epoch = "00112233aabbccdd"
    static let position = Position(
        s: "raw", e: epoch, n: 4711, p: 4698, id: "0123456789abcdef0123456789abcdef", ts: "2024-05-01T12:34:56.789Z",
        h: link)
    static let link = Link.start.next("a")
    static let trail = (1...40).reduce(into: Trail()) { $0.add(.init(n: $1, link: Link.start.next(String($1)))) }
    static let mark = Mark(s: "res", e: epoch, n: 12, lo: 3, ts: "2024-05-01T12:34:57.000Z")
    static let article = Article(
        uri: "https://courier.example/2024/ferry", version: "2", headline: "Ferry to sail again", language: "en-GB",
        published: "2024-05-01T09:00:00Z", source: "Harbour Courier",
        body: "“It will sail on Monday,” Mara Lindqvist said.\nNobody was hurt — 😀.")
    static let message = StreamMessage(
        topic: "raw/1/en/harbour-courier/", position: position, body: Array("{\"specversion\":\"1.0\"}".utf8))

    static let control: [ControlMessage.Command] = [
        .hello(.init(role: "follower", client: "onrecord/0.1 host:4711")),
        .hello(.init(role: "follower", client: "onrecord/0.1 host:4711", at: ["raw": trail, "res": Trail()])),
        .welcome(.init(streams: ["raw": .init(e: epoch, lo: 1, hi: 9)], server: "producer/0.1")),
        .welcome(.init(streams: ["raw": .init(e: epoch, lo: 1, hi: 9, j: epoch, same: 4)], server: "producer/0.1")),
        .fetch(.init(s: "raw", from: 7)),
        .fetch(.init(s: "raw", e: epoch, from: 7, to: 9, prefix: "raw/1/en/", credit: 3, bytes: 1000)),
        .credit(5), .item(message), .end(.init(e: epoch, next: 10, hi: 9)), .gone(.init(e: epoch, lo: 4)),
        .ping, .pong, .bye, .error(.init(code: 409, text: "another epoch")),
    ]

    static let pool: [PoolMessage.Command] = [
        .ready(.init(pipeline: "extract-en/1.0.0", langs: ["en"], credit: 3, host: "moor", pid: 4711)),
        .beat([]), .beat([.init(task: "0.4711", ticks: 17)]),
        .result(.init(att: 1, rid: "ab", ms: 12), body: Array("{}".utf8)),
        .fail(.init(class: .invalid, code: "too-long", text: "the body has 9 million code points", att: 2)),
        .release(attempt: 1), .credit(0), .bye, .welcome(.init()), .task(attempt: 1, message), .ok, .cancel, .drain,
        .who, .error(.init(code: 426, text: "no common version")),
    ]

    static let task = Array("0.4711".utf8)
}
