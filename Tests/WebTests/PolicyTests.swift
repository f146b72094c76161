import Testing

@testable import Web

@Suite struct PolicyTests {
    @Test(
        arguments: [
            [127, 0, 0, 1], [10, 1, 2, 3], [172, 16, 0, 1], [172, 31, 255, 255], [192, 168, 1, 1],
            [169, 254, 169, 254], [100, 64, 0, 1], [0, 0, 0, 0],
            [224, 0, 0, 1], [255, 255, 255, 255], [198, 18, 0, 1], [192, 0, 0, 1], [], [1, 2, 3],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1],
            [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1],
            [0x20, 0x02, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        ] as [[UInt8]])
    func `private and special addresses are told from public ones`(bytes: [UInt8]) {
        #expect(!PublicAddress.isPublic(bytes))
    }

    @Test(
        arguments: [
            [8, 8, 8, 8], [172, 15, 0, 1], [172, 32, 0, 1], [100, 128, 0, 1], [223, 255, 255, 255],
            [0x20, 0x01, 0x48, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x88],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 8, 8, 8, 8],
        ] as [[UInt8]])
    func `public addresses are`(bytes: [UInt8]) {
        #expect(PublicAddress.isPublic(bytes))
    }

    @Test(arguments: [
        ("http://proxy.example:3128", "proxy.example", 3128), ("proxy.example", "proxy.example", 1080),
        ("http://me:pass@proxy.example:80/", "proxy.example", 80), ("socks5h://[fd00::1]:9050", "fd00::1", 9050),
        ("[::1]", "::1", 1080), ("http://a@b@127.0.0.1", "127.0.0.1", 1080),
        ("proxy.example:none", "proxy.example", 1080),
    ])
    func `host and port of a proxy are told as libcurl tells them`(address: String, host: String, port: UInt16) {
        let place = AllowedAddresses.place(of: address, port: 1080)
        #expect(place.host == host && place.port == port)
    }

    @Test(arguments: [
        ("/a", true), ("/private/x", false), ("/private/open/x", true), ("/x.pdf", false), ("/x.pdf?y", true),
        ("/q/deep/print", false), ("/", true),
    ])
    func `robots.txt is read after RFC 9309`(path: String, allowed: Bool) {
        let robots = Robots(
            Array(
                "User-agent: other\nDisallow: /\n\nUser-Agent: *\r\nDisallow: /private/ # x\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow: /q/*/print\nDisallow:"
                    .utf8),
            agent: "onrecord")
        #expect(robots.allows("https://news.example\(path)") == allowed)
        #expect(
            !Robots(
                Array("User-agent: a\nUser-agent: OnRecord\nDisallow: /\nUser-agent: *\nAllow: /".utf8),
                agent: "onrecord"
            ).allows("https://x.example\(path)"))
        #expect(Robots.everything.allows("https://x.example") && !Robots.nothing.allows("https://x.example"))
    }

    @Test(arguments: [
        "http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://0x7f.1:1/", "http://2130706433:1/",
        "http://[::ffff:127.0.0.1]:1/",
    ])
    func `nothing private is fetched, however it is written`(address: String) throws {
        let fetcher = Fetcher(agent: "test", pause: .zero)
        let error = #expect(throws: WebError.self) { try fetcher.fetch(address, limit: 1_000, heedsRobots: false) }
        #expect(
            error?.code == .refused || error?.description.contains("resolve") == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://x.example/", "ftp://x.example/", "javascript:1", ""])
    func `only the web is fetched`(address: String) {
        let error = #expect(throws: WebError.self) {
            try Fetcher(agent: "test").fetch(address, limit: 1_000, heedsRobots: false)
        }
        #expect(error?.code == .refused)
    }
}
