import Testing
import ZeroMQ

@Test func `a message goes through`() throws {
    let context = try Context()
    var left = try Socket(.pair, in: context)
    var right = try Socket(.pair, in: context)
    let endpoint = try left.bind(to: Endpoint("tcp://127.0.0.1:*"))
    #expect(endpoint.port != nil)
    try right.connect(to: endpoint)
    try right.send([[1, 2, 3], []])
    #expect(try left.receive() == [[1, 2, 3], []])
    let sent = try left.send(Message([9]))
    #expect(sent)
    var items = [right.pollItem(.readable)]
    #expect(try poll(&items, timeout: nil) == 1)
    #expect(items[0].ready == .readable)
    let body = try right.receiveMessage()?.bytes
    #expect(body == [9])
}
