import Testing
import ZeroMQ

@Suite struct EndpointTests {
    @Test(arguments: [
        "tcp://127.0.0.1:5556", "tcp://*:5556", "tcp://127.0.0.1:*", "tcp://[::1]:0", "tcp://eth0:65535",
        "tcp://example.org:80", "ipc:///run/onrecord/raw", "ipc://@abstract", "ipc://*", "inproc://raw",
    ])
    func `a well-formed endpoint reads and writes the same`(text: String) throws {
        #expect(try Endpoint(text).description == text)
    }

    @Test(arguments: [
        "", "tcp", "tcp://", "://x", "udp://127.0.0.1:1", "TCP://127.0.0.1:1", "tcp://127.0.0.1", "tcp://127.0.0.1:",
        "tcp://:5556", "tcp://127.0.0.1:65536", "tcp://127.0.0.1:-1", "tcp://127.0.0.1:+1", "tcp://127.0.0.1:1a",
        "tcp://::1:5556", "tcp://a b:1", "tcp://127.0.0.1:1/path", "tcp://h;i:1", "tcp://h\0:1", "ipc://", "ipc://a\nb",
        "ipc://\(String(repeating: "x", count: 108))", "inproc://", "inproc://\(String(repeating: "é", count: 128))",
        "tcp://\(String(repeating: "x", count: 256)):1", "tcp://127.0.0.1:٣",
    ])
    func `a malformed endpoint is refused with the reason`(text: String) throws {
        let error = try #require(zeroMQError { _ = try Endpoint(text) })
        #expect(error.code == .invalid)
        #expect(error.operation.hasPrefix("read endpoint"))
        #expect(!error.message.isEmpty)
    }

    @Test(arguments: [
        "tcp://127.0.0.1:1", "tcp://127.255.255.254:1", "tcp://localhost:1", "tcp://[::1]:1",
        "tcp://[::ffff:127.0.0.1]:1", "ipc:///tmp/x", "inproc://x",
    ])
    func `loopback, ipc and inproc are local`(text: String) throws {
        #expect(try Endpoint(text).isLocal)
    }

    @Test(arguments: [
        "tcp://*:1", "tcp://0.0.0.0:1", "tcp://[::]:1", "tcp://10.0.0.1:1", "tcp://lo:1", "tcp://128.0.0.1:1",
        "tcp://127.0.0.1.example.org:1", "tcp://localhost.example.org:1", "tcp://0127.0.0.1:1", "tcp://[::2]:1",
        "tcp://[::ffff:10.0.0.1]:1", "tcp://[fe80::1]:1",
    ])
    func `whatever others might reach is not local`(text: String) throws {
        #expect(try !Endpoint(text).isLocal)
    }

    @Test func `host and port are those of tcp alone`() throws {
        let endpoint = try Endpoint("tcp://[::1]:5556")
        #expect(endpoint.host == "::1")
        #expect(endpoint.port == 5556)
        #expect(try Endpoint("tcp://127.0.0.1:*").port == nil)
        let ipc = try Endpoint("ipc:///a:1")
        #expect(ipc.host == nil)
        #expect(ipc.port == nil)
    }
}
