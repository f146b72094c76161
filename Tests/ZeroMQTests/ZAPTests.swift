import Testing

@testable import ZeroMQ

@Suite struct ZAPTests {
    static let key = [UInt8](repeating: 5, count: 32)

    static func request(mechanism: String = "CURVE", credentials: [[UInt8]] = [key]) -> [[UInt8]] {
        ["1.0", "id", "fetch", "127.0.0.1", "peer", mechanism].map { Array($0.utf8) } + credentials
    }

    @Test func `a request names domain and key`() {
        let request = ZAPRequest(
            id: Array("id".utf8), domain: "fetch", address: "127.0.0.1", curveKey: Z85.encode(Self.key))
        #expect(ZAPRequest.read(Self.request()) == .success(request))
    }

    @Test(arguments: ["NULL", "PLAIN", "GSSAPI", "curve", ""])
    func `another mechanism has no key`(mechanism: String) {
        let request = ZAPRequest(id: Array("id".utf8), domain: "fetch", address: "127.0.0.1", curveKey: nil)
        #expect(ZAPRequest.read(Self.request(mechanism: mechanism, credentials: [])) == .success(request))
    }

    static let malformed: [[[UInt8]]] = [
        [], [[]], [[49, 46, 48]], Array(request().prefix(5)), request(credentials: []), request(credentials: [[1]]),
        request(credentials: [key, key]), [[50, 46, 48]] + request().dropFirst(),
        request(mechanism: String(repeating: "x", count: 256)),
    ]

    @Test(arguments: malformed)
    func `anything else is malformed and answered with 500`(frames: [[UInt8]]) throws {
        guard case .failure(let reply) = ZAPRequest.read(frames) else {
            Issue.record("read as a request")
            return
        }
        #expect(reply.frames.count == 6)
        #expect(reply.frames[0] == Array("1.0".utf8))
        #expect(reply.frames[1] == (frames.count > 1 ? frames[1] : []))
        #expect(reply.frames[2] == Array("500".utf8))
    }

    @Test func `an admission carries the user's id`() {
        let reply = ZAPReply(to: [9], .accepted(userID: "me"))
        #expect(reply.frames == [Array("1.0".utf8), [9], Array("200".utf8), Array("OK".utf8), Array("me".utf8), []])
    }

    @Test(arguments: [4, 32, 100])
    func `Z85 is read as it was written`(count: Int) throws {
        let bytes = pattern(count)
        let text = try #require(Z85.encode(bytes))
        #expect(text.utf8.count == count / 4 * 5)
        #expect(Z85.decode(text) == bytes)
        #expect(Z85.encode(bytes + [1]) == nil)
    }

    @Test(arguments: ["", "1", "1234", "12345\u{0}1234", "~~~~~", "%%%%%", "ééééé"])
    func `what is no Z85 is not read`(text: String) {
        #expect(Z85.decode(text) == nil)
    }
}
