import Testing

@testable import ZeroMQ

@Suite struct ZeroMQErrorTests {
    @Test(arguments: errorNumbers)
    func `an error number has its code, text and advice to retry`(
        errno: Int32, code: ZeroMQError.Code, isRetriable: Bool
    ) {
        let error = ZeroMQError(errno: errno, "try it")
        #expect(error.code == code)
        #expect(error.errno == errno)
        #expect(error.isRetriable == isRetriable)
        #expect(error.description == "try it: \(error.message)")
        #expect(!error.message.isEmpty)
    }

    @Test func `a second bind to an address says which address is in use`() throws {
        let context = try Context()
        var first = try Socket(.pull, in: context)
        let endpoint = try first.bind(to: Endpoint("tcp://127.0.0.1:*"))
        var second = try Socket(.pull, in: context)
        let error = zeroMQError { try second.bind(to: endpoint) }
        #expect(error?.code == .addressInUse)
        #expect(error?.description == "pull socket: bind \(endpoint): Address already in use")
    }

    @Test func `an address of another machine is not available`() throws {
        var socket = try Socket(.pull, in: Context())
        // TEST-NET-1 belongs to nobody.
        #expect(zeroMQError { try socket.bind(to: Endpoint("tcp://192.0.2.1:*")) }?.code == .addressNotAvailable)
        #expect(
            zeroMQError { try socket.bind(to: Endpoint("tcp://no-such-interface:1")) }?.code == .addressNotAvailable)
    }

    @Test func `what a socket cannot do in its state or at all has its own code`() throws {
        let context = try Context()
        var request = try Socket(.req, in: context)
        #expect(zeroMQError { _ = try request.receive(wait: false) }?.code == .wrongState)
        var push = try Socket(.push, in: context)
        #expect(zeroMQError { _ = try push.receive(wait: false) }?.code == .notSupported)
        #expect(zeroMQError { try push.subscribe(to: "") }?.code == .invalid)
        #expect(zeroMQError { try push.disconnect(from: Endpoint("tcp://127.0.0.1:1")) }?.code == .notFound)
        #expect(zeroMQError { try push.connect(to: Endpoint("tcp://127.0.0.1:*")) }?.code == .invalid)
        #expect(zeroMQError { try push.send([]) }?.code == .invalid)
    }

    @Test func `localhost can be bound as well as connected`() throws {
        var socket = try Socket(.pull, in: Context())
        let endpoint = try socket.bind(to: Endpoint("tcp://localhost:*"))
        #expect(endpoint.host == "127.0.0.1")
        #expect(endpoint.port != nil)
    }
}
