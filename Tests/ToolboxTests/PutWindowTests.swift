import Testing
import Wire

@testable import Toolbox

/// A window that the macros of tests can use in place.
private final class Sill {
    private var window = PutWindow()
    var requests: [[UInt8]] = []

    var hasRoom: Bool { window.hasRoom }
    var count: Int { window.count }
    func add(_ item: PutWindow.Item) -> Bool { window.add(item) }
    func begin() { window.begin() }
    func receive(_ message: IngestMessage) -> PutWindow.News? { window.receive(message) }
    func sent() -> [String] {
        var sent: [String] = []
        while let message = window.toSend() {
            if case .put(_, let article) = message.command { sent.append(String(decoding: article, as: UTF8.self)) }
            requests.append(message.request)
        }
        return sent
    }
}

@Suite struct PutWindowTests {
    private let window = Sill()

    private func item(_ name: String) -> PutWindow.Item { .init(place: name, bytes: Array(name.utf8)) }

    private func welcome(credit: Int = 2, bytes: Int = 100) {
        _ = window.receive(IngestMessage(.welcome(IngestMessage.Welcome(credit: credit, bytes: bytes, server: "x"))))
    }

    private func sent() -> [String] { window.sent() }
    private var requests: [[UInt8]] { window.requests }

    @Test func `sends nothing before WELCOME and no more than the credit`() {
        #expect(!window.hasRoom)
        for name in ["a", "b", "c"] { #expect(window.add(item(name))) }
        #expect(sent().isEmpty)
        welcome()
        #expect(sent() == ["a", "b"] && !window.hasRoom)
        let ack = IngestMessage.Ack(id: "x", at: nil)
        #expect(window.receive(IngestMessage(request: requests[1], .ack(ack))) == .known(item("b"), remarks: []))
        #expect(sent() == ["c"])
        // An answer that comes twice, or to nothing.
        #expect(window.receive(IngestMessage(request: requests[1], .ack(ack))) == nil)
        #expect(window.receive(IngestMessage(request: [], .ack(ack))) == nil)
        #expect(window.count == 2)
    }

    @Test func `repeats in order what was not acknowledged`() {
        welcome(credit: 5)
        for name in ["a", "b", "c"] { _ = window.add(item(name)) }
        #expect(sent() == ["a", "b", "c"])
        _ = window.receive(IngestMessage(request: requests[0], .ack(IngestMessage.Ack(id: "x", at: nil))))
        let later = ErrorReply(code: 503, text: "", retry: true)
        #expect(window.receive(IngestMessage(request: requests[1], .error(later))) == .putOff(later))
        window.begin()
        #expect(sent().isEmpty)
        welcome(credit: 5)
        #expect(sent() == ["b", "c"])
    }

    @Test func `drops what is refused for good, and adds nothing that is too large`() {
        welcome(bytes: 3)
        #expect(!window.add(item("long")))
        #expect(window.add(item("bad")))
        #expect(sent() == ["bad"])
        let error = ErrorReply(code: 400, text: "no article", retry: false)
        #expect(window.receive(IngestMessage(request: requests[0], .error(error))) == .refused(item("bad"), error))
        #expect(window.count == 0)
        let forbidden = ErrorReply(code: 403, text: "")
        #expect(window.receive(IngestMessage(.error(forbidden))) == .rejected(forbidden))
    }
}
