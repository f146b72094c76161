import Testing
import Wire

@Suite struct JSONTests {
    @Test func `equal values give equal bytes`() throws {
        let bytes = try JSON.encode(["b": "x/y", "a": "é"])
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"a":"é","b":"x/y"}"#)
    }

    @Test func `a number that JSON cannot write is an error`() {
        let error = #expect(throws: WireError.self) { try JSON.encode([Double.infinity]) }
        #expect(error?.reason == "not-encodable")
    }

    @Test func `brackets in strings do not count as depth`() throws {
        let text = "[\"" + String(repeating: "[", count: 100) + #"\"]]"# + "\"]"
        #expect(try JSON.decode([String].self, from: Array(text.utf8)).count == 1)
    }

    @Test func `sixteen levels are taken and seventeen are not`() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        try JSON.check(nested(16))
        #expect(throws: WireError.self) { try JSON.check(nested(17)) }
        #expect(throws: WireError.self) { try JSON.check(nested(1_000_000)) }
    }

    @Test(
        arguments: [
            (#"{"n":9223372036854775808}"#, ".n: 9223372036854775808"),
            (#"{"n":1,"p":-9223372036854775809}"#, ".p: -9223372036854775809"),
            (#"{"x":["{\"n\":",{"n":9223372036854775807},0.5],"list" : [2, 1e19]}"#, ".list[1]: 1e19"),
            (#"{"x":{"a\"b":[],"c\\":{}},"n":-1e400}"#, ".n: -1e400"),
        ])
    func `a number out of range is told from what is no JSON, with its place`(text: String, told: String) {
        let error = #expect(throws: WireError.self) { try JSON.decode(Whole.self, from: Array(text.utf8)) }
        #expect(error?.message == "JSON with a number out of range at " + told && error?.reason == "bad-json")
        // Neither is what is no JSON beside it, nor what the type does not ask for.
        let half = #expect(throws: WireError.self) { try JSON.decode(Whole.self, from: Array((text + "]").utf8)) }
        #expect(half?.message.contains("range") == false)
        #expect(throws: Never.self) { try JSON.decode(Anything.self, from: Array(text.utf8)) }
    }

    @Test func `an answer whose number is out of range names it`() {
        let frames = ["NWP1", "END", "1", #"{"e":"00112233aabbccdd","next":9223372036854775808,"hi":1}"#]
        let error = #expect(throws: WireError.self) { try ControlMessage(frames: frames.map { Array($0.utf8) }) }
        #expect(error?.message == "JSON with a number out of range at .next: 9223372036854775808")
    }

    @Test func `text in UTF-16 is refused`() {
        let bytes = Array("{\"n\":1}".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
        let error = #expect(throws: WireError.self) { try JSON.decode([String: Int].self, from: bytes) }
        #expect(error?.reason == "bad-json")
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":{"b":[],"b":[]}}"#, #"[1,{"x":{},"y":"x","x":3}]"#, #"{"a" :1, "\u0061" : 2}"#,
        #"{"a\"b":1,"c":2,"a\"b":3}"#, #"{"é":1,"\u00e9":2}"#, #"{"":1,"":2}"#,
        "{" + (0..<100).map { "\"k\($0)\":0," }.joined() + "\"k7\":1}",
    ])
    func `a key twice in one object is refused`(text: String) {
        let error = #expect(throws: WireError.self) { try JSON.decode(Anything.self, from: Array(text.utf8)) }
        #expect(error?.reason == "bad-json" && error?.message.contains("twice") == true)
    }

    @Test(arguments: [
        #"{"a":{"a":{"a":1}},"b":{"a":2}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":"a","b":["a","a"]}"#,
        #"{"a":"\":","b":"a:"}"#,
        #"{"A":1,"a":2}"#, "{" + (0..<100).map { "\"k\($0)\":{\"k1\":0}," }.joined() + "\"x\":1}",
    ])
    func `the same key in different objects is no repetition`(text: String) throws {
        _ = try JSON.decode(Anything.self, from: Array(text.utf8))
    }

    private struct Whole: Decodable {
        var n: Int64?
        var p: Int64?
        var list: [Int64]?
    }

    /// A type that takes any JSON.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    @Test func `an error says where the fault is`() {
        let bytes = Array(#"{"v":1,"s":"raw","e":"","n":"1","p":0,"id":"","ts":""}"#.utf8)
        let error = #expect(throws: WireError.self) { try JSON.decode(Position.self, from: bytes) }
        #expect(error?.message.contains(".n") == true)
    }

    @Test func `a span must not end before it begins`() throws {
        #expect(try JSON.decode([Span].self, from: Array("[[0,0],[3,9]]".utf8)) == [Span(0, 0), Span(3, 9)])
        for text in ["[[3,2]]", "[[-1,2]]", "[[1]]", "[{}]"] {
            #expect(throws: WireError.self) { try JSON.decode([Span].self, from: Array(text.utf8)) }
        }
    }
}
