import Glibc
import Service
import TestKit
import Testing
import ZeroMQ

@testable import Delivery

@Suite struct `Files of keys and lists` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ text: String, mode: mode_t = 0o600) throws -> String {
        let path = "\(folder.path)/file"
        try SmallFile.write(text, to: path, permissions: mode, replaces: true)
        return path
    }

    @Test func `give back the pair that was written, and its public half`() throws {
        let keys = try CurveKeys.generate()
        try KeyFile.write(keys, to: "\(folder.path)/a.key", replaces: false)
        #expect(try KeyFile.readPair("\(folder.path)/a.key_secret") == keys)
        #expect(try KeyFile.readPublicKey("\(folder.path)/a.key") == keys.publicKey)
        let error = try #require(throws: SecurityError.self) {
            try KeyFile.write(try CurveKeys.generate(), to: "\(folder.path)/a.key", replaces: false)
        }
        #expect(error.exitCode == .cantCreate)
        #expect(try KeyFile.readPair("\(folder.path)/a.key_secret") == keys)
    }

    @Test(arguments: [
        ("", "no file of keys"), ("curve\n    public-key = \"x\"\n", "no secret key"),
        ("curve\n    secret-key = unquoted\n", "file:2"), ("curve\n    secret-key = \"short\"\n", "40 characters"),
    ])
    func `name the mistake and no secret`(text: String, expected: String) throws {
        let path = try write(text)
        let error = try #require(throws: SecurityError.self) { try KeyFile.readPair(path) }
        #expect(error.description.contains(expected))
        #expect(!error.description.contains("short"))
    }

    @Test func `with a secret for all eyes are refused`() throws {
        let keys = try CurveKeys.generate()
        let path = try write("curve\n  secret-key = \"\(keys.secretKey)\"\n", mode: 0o644)
        let error = try #require(throws: SecurityError.self) { try KeyFile.readPair(path) }
        #expect(error.description.contains("chmod 600"))
        #expect(!error.description.contains(keys.secretKey))
        chmod(path, 0o640)
        #expect(try KeyFile.readPair(path) == keys)
    }

    @Test func `may have lines that end as on other systems`() throws {
        let keys = try CurveKeys.generate()
        for end in ["\r\n", "\r"] {
            let path = try write("# keys\(end)curve\(end)    secret-key = \"\(keys.secretKey)\"\(end)", mode: 0o600)
            #expect(try KeyFile.readPair(path) == keys)
            let list = try AllowFile(parsing: "# a list\(end)sub \(keys.publicKey) desk\(end)", named: "list")
            #expect(list.allowList["sub"] == [keys.publicKey])
        }
    }

    @Test func `say who may do what`() throws {
        let (first, second) = (try CurveKeys.generate().publicKey, try CurveKeys.generate().publicKey)
        let list = try AllowFile(
            parsing: "# a comment\n\n sub,fetch\t\(first)  news desk \nput,work \(second)\n", named: "list")
        #expect(list.peers[first] == AllowFile.Peer(name: "news desk", roles: ["sub", "fetch"]))
        #expect(list.allowList == ["sub": [first], "fetch": [first], "put": [second], "work": [second]])
    }

    @Test(arguments: [
        ("admin KEY", "list:1: 'admin'"), ("sub", "list:1: behind the roles"),
        ("sub short", "list:1: behind the roles"),
        ("sub KEY\nfetch KEY", "list:2: this key stands on line 1"), (", KEY", "list:1: behind the roles"),
    ])
    func `are taken as a whole or not at all`(text: String, expected: String) throws {
        let key = try CurveKeys.generate().publicKey
        let error = try #require(throws: SecurityError.self) {
            try AllowFile(parsing: text.replacing("KEY", with: key), named: "list")
        }
        #expect(error.description.hasPrefix(expected))
    }

    @Test(
        arguments: [
            (nil, "a", [], "tcp://127.0.0.1:1", false, "--allow needs --key"),
            ("k", nil, [], "tcp://127.0.0.1:1", false, "--key needs --allow"),
            (nil, nil, ["s"], "tcp://127.0.0.1:1", false, "--server-key needs --key"),
            ("k", "a", ["s", "t", "u"], "tcp://127.0.0.1:1", false, "3 for 2"),
            (nil, nil, [], "tcp://*:1", false, "--publish tcp://*:1 is open"),
            (nil, nil, [], "tcp://localhost", false, "--publish"),
            (nil, nil, [], "tcp://*:1", true, nil), ("k", "a", ["s"], "tcp://*:1", false, nil),
            (nil, nil, [], "ipc:///tmp/x", false, nil), (nil, nil, [], "tcp://[::1]:1", false, nil),
        ] as [(String?, String?, [String], String, Bool, String?)])
    func `are asked for where they are needed`(
        key: String?, allow: String?, serverKeys: [String], endpoint: String, insecure: Bool, expected: String?
    ) {
        var options = SecurityOptions()
        (options.key, options.allow, options.serverKeys, options.insecure) = (key, allow, serverKeys, insecure)
        let mistake = options.mistake(binding: [("publish", endpoint)], servers: 2)
        #expect((mistake == nil) == (expected == nil))
        if let expected { #expect(mistake?.contains(expected) == true) }
    }
}
