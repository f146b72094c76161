import Testing
import Wire

/// A message that must be refused, with the code and reason of the refusal.
struct Malformed: Sendable, CustomTestStringConvertible {
    var title: String
    var code: Int
    var reason: String
    var decode: @Sendable () throws(WireError) -> Void

    var testDescription: String { title }

    static func control(
        _ title: String, _ code: Int, _ reason: String, _ frames: [String]
    ) -> Malformed {
        Malformed(title: title, code: code, reason: reason) { () throws(WireError) in
            _ = try ControlMessage(frames: frames.map { Array($0.utf8) })
        }
    }

    static func pool(_ title: String, _ code: Int, _ reason: String, _ frames: [String]) -> Malformed {
        Malformed(title: title, code: code, reason: reason) { () throws(WireError) in
            _ = try PoolMessage(frames: frames.map { Array($0.utf8) })
        }
    }

    static func stream(_ title: String, _ code: Int, _ reason: String, _ frames: [Frame]) -> Malformed {
        Malformed(title: title, code: code, reason: reason) { () throws(WireError) in
            _ = try StreamMessage(frames: frames)
        }
    }

    static func position(_ title: String, _ code: Int, _ reason: String, _ json: String) -> Malformed {
        stream(title, code, reason, [Array("raw/1/en/a/".utf8), Array(json.utf8), [0x7B, 0x7D]])
    }
}

@Suite struct MalformedTests {
    static let e = Sample.epoch
    static let good = #"{"v":1,"s":"raw","e":"00112233aabbccdd","n":2,"p":1,"id":"x","ts":"t"}"#

    static let cases: [Malformed] = [
        .control("no frames", 400, "frame-count", []),
        .control("three frames", 400, "frame-count", ["NWP1", "PING", ""]),
        .control("nine frames", 400, "frame-count", ["NWP1", "PING", "", "{}", "", "", "", "", ""]),
        .control("other magic", 400, "bad-magic", ["HTTP", "PING", "", "{}"]),
        .control("another major version", 426, "version", ["NWP2", "PING", "", "{}"]),
        .control("an unknown command", 501, "unknown-command", ["NWP1", "DANCE", "", "{}"]),
        .control("a long command", 413, "too-big", ["NWP1", String(repeating: "A", count: 17), "", "{}"]),
        .control("a long request id", 413, "too-big", ["NWP1", "PING", String(repeating: "A", count: 17), "{}"]),
        .control("arguments that are no object", 400, "bad-json", ["NWP1", "PING", "", "[]"]),
        .control("arguments that end early", 400, "bad-json", ["NWP1", "CREDIT", "", #"{"n":"#]),
        .control("a missing argument", 400, "bad-json", ["NWP1", "CREDIT", "", "{}"]),
        .control("an argument of another type", 400, "bad-json", ["NWP1", "CREDIT", "", #"{"n":"3"}"#]),
        .control("a number beyond Int64", 400, "bad-json", ["NWP1", "CREDIT", "", #"{"n":99999999999999999999}"#]),
        .control("a fraction", 400, "bad-json", ["NWP1", "CREDIT", "", #"{"n":1.5}"#]),
        .control("a negative credit", 400, "bad-args", ["NWP1", "CREDIT", "", #"{"n":-1}"#]),
        .control(
            "arguments beyond 8 KiB", 413, "too-big",
            ["NWP1", "CREDIT", "", "{\"n\":1,\"x\":\"" + String(repeating: "x", count: 8192) + "\"}"]),
        .control(
            "arguments 17 levels deep", 400, "too-deep",
            [
                "NWP1", "PING", "",
                "{\"x\":" + String(repeating: "[", count: 16) + String(repeating: "]", count: 16) + "}",
            ]),
        .control("a bracket closed twice", 400, "bad-json", ["NWP1", "PING", "", "{}}"]),
        .control("a zero byte", 400, "bad-json", ["NWP1", "PING", "", "{\0}"]),
        .control(
            "FETCH from 0", 400, "bad-args", ["NWP1", "FETCH", "1", #"{"s":"raw","from":0,"credit":1,"bytes":1}"#]),
        .control(
            "FETCH of a stream that has no name", 400, "bad-args",
            ["NWP1", "FETCH", "1", #"{"s":"","from":1,"credit":1,"bytes":1}"#]),
        .control(
            "FETCH with half an epoch", 400, "bad-position",
            ["NWP1", "FETCH", "1", #"{"s":"raw","e":"0011","from":1,"credit":1,"bytes":1}"#]),
        .control(
            "FETCH with a long prefix", 413, "too-big",
            [
                "NWP1", "FETCH", "1",
                "{\"s\":\"raw\",\"from\":1,\"credit\":1,\"bytes\":1,\"prefix\":\""
                    + String(repeating: "a", count: 201) + "\"}",
            ]),
        .control("ITEM without its message", 400, "frame-count", ["NWP1", "ITEM", "1", "{}"]),
        .control("END without an epoch", 400, "bad-position", ["NWP1", "END", "1", #"{"e":"","next":1,"hi":0}"#]),
        .control("GONE up to 0", 400, "bad-args", ["NWP1", "GONE", "1", "{\"e\":\"\(e)\",\"lo\":0}"]),

        .pool("an unknown command", 501, "unknown-command", ["NWP1", "FETCH", "", "{}"]),
        .pool("a task without its id", 400, "bad-task", ["NWP1", "OK", "", "{}"]),
        .pool("a long task id", 413, "too-big", ["NWP1", "OK", String(repeating: "1", count: 65), "{}"]),
        .pool("RESULT without a body", 400, "frame-count", ["NWP1", "RESULT", "t", #"{"att":1,"rid":"x","ms":1}"#]),
        .pool(
            "RESULT with an empty body", 400, "empty-body", ["NWP1", "RESULT", "t", #"{"att":1,"rid":"x","ms":1}"#, ""]),
        .pool("RESULT of attempt 0", 400, "bad-args", ["NWP1", "RESULT", "t", #"{"att":0,"rid":"x","ms":1}"#, "{}"]),
        .pool(
            "FAIL of a new class", 400, "bad-json",
            ["NWP1", "FAIL", "t", #"{"class":"sad","code":"","text":"","att":1}"#]),
        .pool("RELEASE of attempt 0", 400, "bad-args", ["NWP1", "RELEASE", "t", #"{"att":0}"#]),
        .pool("TASK without its message", 400, "frame-count", ["NWP1", "TASK", "t", #"{"att":1}"#, "raw/1/"]),
        .pool(
            "WELCOME with no beat", 400, "bad-args",
            ["NWP1", "WELCOME", "", #"{"v":1,"beat_ms":0,"ttl_ms":1,"lease_ms":1,"cap_ms":1}"#]),
        .pool(
            "READY that takes nothing", 400, "bad-args",
            [
                "NWP1", "READY", "",
                #"{"vmin":1,"vmax":1,"pipeline":"p","langs":[],"credit":-1,"max_bytes":1,"host":"","pid":1}"#,
            ]),

        .stream("two frames", 400, "frame-count", [Array("raw/1/".utf8), Array(good.utf8)]),
        .stream("a topic that is not UTF-8", 400, "not-utf8", [[0xFF], Array(good.utf8), [0x7B]]),
        .stream("a bad topic", 400, "bad-topic", [Array("raw".utf8), Array(good.utf8), [0x7B]]),
        .stream("a long topic", 413, "too-big", [Array(repeating: 0x61, count: 201), Array(good.utf8), [0x7B]]),
        .stream("another stream's topic", 400, "bad-position", [Array("res/1/".utf8), Array(good.utf8), [0x7B]]),
        .stream("an empty body", 400, "empty-body", [Array("raw/1/".utf8), Array(good.utf8), []]),
        .stream(
            "a body beyond 8 MiB", 413, "too-big",
            [Array("raw/1/".utf8), Array(good.utf8), Frame(repeating: 0x20, count: Limits.bodyBytes + 1)]),
        .stream("a position that is not UTF-8", 400, "not-utf8", [Array("raw/1/".utf8), [0x22, 0xC3, 0x22], [0x7B]]),
        .position("no position", 400, "bad-json", ""),
        .position("a position beyond 2 KiB", 413, "too-big", good + String(repeating: " ", count: 2048)),
        .position("a position of version 2", 426, "version", good.replacing(#""v":1"#, with: #""v":2"#)),
        .position("an epoch in capitals", 400, "bad-position", good.replacing("aabbccdd", with: "AABBCCDD")),
        .position("number 0", 400, "bad-position", good.replacing(#""n":2"#, with: #""n":0"#)),
        .position(
            "a previous number that is not before", 400, "bad-position", good.replacing(#""p":1"#, with: #""p":2"#)),
        .position("an empty id", 400, "bad-position", good.replacing(#""id":"x""#, with: #""id":"""#)),
        .position("half a surrogate pair", 400, "bad-json", good.replacing(#""x""#, with: #""\ud800""#)),
    ]

    @Test(arguments: cases)
    func `a malformed message is refused with its reason`(malformed: Malformed) {
        let error = #expect(throws: WireError.self) { try malformed.decode() }
        #expect(error?.code == malformed.code)
        #expect(error?.reason == malformed.reason)
        #expect(error?.message.isEmpty == false)
    }

    @Test func `a mark that contradicts itself is refused`() {
        let marks = [
            Mark(s: "res", e: Sample.epoch, n: 2, lo: 4, ts: "t"),
            Mark(s: "res", e: Sample.epoch, n: -1, lo: 1, ts: "t"),
            Mark(s: "res", e: Sample.epoch, n: .max, lo: 1, ts: "t"), Mark(s: "res", e: "x", n: 1, lo: 1, ts: "t"),
            Mark(v: 2, s: "res", e: Sample.epoch, n: 1, lo: 1, ts: "t"),
            Mark(s: "", e: Sample.epoch, n: 1, lo: 1, ts: "t"),
        ]
        for mark in marks { #expect(throws: WireError.self) { try mark.frames() } }
    }

    @Test func `what a peer would refuse is not written`() {
        var big = Sample.message
        big.body = Frame(repeating: 0x20, count: Limits.bodyBytes + 1)
        #expect(throws: WireError.self) { try big.frames() }
        #expect(throws: WireError.self) { try ControlMessage(.item(big)).frames() }
        #expect(throws: WireError.self) { try ControlMessage(request: Frame(repeating: 1, count: 17), .ping).frames() }
        #expect(throws: WireError.self) { try PoolMessage(.ok).frames() }
        let busy = (0..<1000).map { PoolMessage.Busy(task: "0.\($0)", ticks: 1) }
        #expect(throws: WireError.self) { try PoolMessage(.beat(busy)).frames() }
    }

    @Test func `the request of a message that cannot be read is still known`() {
        #expect(ControlMessage.request(in: [[1], [2], [3, 4], [5]]) == [3, 4])
        #expect(ControlMessage.request(in: [[1], [2]]) == [])
        #expect(ControlMessage.request(in: [[], [], Frame(repeating: 1, count: 17)]) == [])
    }
}
