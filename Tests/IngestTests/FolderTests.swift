import Glibc
import Service
import TestKit
import Testing
import Wire

@testable import Ingest

@Suite struct FolderTests {
    @Test func `a folder is read with all below it, in the order of names`() throws {
        let folder = try TemporaryFolder()
        for name in ["b.txt", "a/z.TXT", "a/b/c.json", "a.txt", "é.txt", "c.jsonl"] {
            try folder.write(name, "{\"body\": \"\(name)\"}")
        }
        let reading = Reading(folder.path + "/")
        #expect(
            reading.articles.map(\.place)
                == [
                    "a/b/c.json", "a/z.TXT", "a.txt", "b.txt", "c.jsonl:1", "é.txt",
                ].map(folder.path))
        #expect(reading.failures == [])
    }

    @Test func `hidden files, other files, pipes and dead links are left out with a reason`() throws {
        let folder = try TemporaryFolder()
        for name in [".hidden.txt", ".git/a.txt", "a.htmx", "b.txt~", "txt", "ok.txt"] { try folder.write(name, "x") }
        try #require(mkfifo(folder.path("c.txt"), 0o600) == 0)
        try #require(symlink("nowhere", folder.path("d.txt")) == 0)
        let reading = Reading(folder.path)
        #expect(reading.articles.map(\.place) == [folder.path("ok.txt")])
        #expect(reading.failures == [])
        #expect(
            reading.ignored
                == [
                    ".git: hidden", ".hidden.txt: hidden", "a.htmx: not .txt, .md, .html, .xml, .json or .jsonl",
                    "b.txt~: not .txt, .md, .html, .xml, .json or .jsonl", "c.txt: neither file nor folder",
                    "d.txt: gone",
                    "txt: not .txt, .md, .html, .xml, .json or .jsonl",
                ].map(folder.path))
    }

    @Test func `a README is about its folder, and read where it is named`() throws {
        let folder = try TemporaryFolder()
        for name in ["README.md", "sub/Readme.txt", "readme-first.txt"] { try folder.write(name, name) }
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["readme-first.txt"])
        #expect(
            reading.ignored
                == ["README.md", "sub/Readme.txt"].map {
                    "\(folder.path($0)): a README, which is read only where it is named itself"
                })
        #expect(Reading(folder.path("README.md")).bodies == ["README.md"])
        var intake = Intake([folder.path("sub")], watch: true)
        #expect(Reading(&intake).articles == [])
        try folder.write("sub/README.html", "<p>The board opened pier five again, she said.</p>")
        #expect(Reading(&intake, patience: .seconds(10)).ignored.count == 1)
    }

    @Test func `links out of the folder are followed only if that is wanted, and never in circles`() throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        try other.write("there.txt", "there")
        try other.write("sub/deep.txt", "deep")
        try folder.write("sub/here.txt", "here")
        for (target, link) in [
            (other.path, "a"), (other.path("sub"), "b"), (other.path("there.txt"), "c.txt"), (folder.path, "sub/up"),
            (".", "sub/self"), ("here.txt", "sub/again.txt"),
        ] {
            try #require(symlink(target, folder.path(link)) == 0)
        }
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["here"])
        #expect(
            reading.ignored
                == [
                    "a: a link out of the folder: --follow-links would follow it",
                    "b: a link out of the folder: --follow-links would follow it",
                    "c.txt: a link out of the folder: --follow-links would follow it",
                    "sub/again.txt: a link to what is read itself", "sub/self: a link to what is read itself",
                    "sub/up: a link to a folder around it",
                ].map(folder.path))
        var following = Intake([folder.path], followsLinks: true)
        #expect(Reading(&following).bodies == ["deep", "there", "here"])
    }

    @Test func `a link to what is hidden in the folder is followed once, as mounted secrets and maps need it`() throws {
        let folder = try TemporaryFolder()
        try folder.write("..2024/a.txt", "a")
        try folder.write("data.bin", "b")
        for (target, link) in [
            ("..2024", "..data"), ("..data/a.txt", "a.txt"), ("data.bin", "b.txt"), ("data.bin", "c.txt"),
        ] {
            try #require(symlink(target, folder.path(link)) == 0)
        }
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["a", "b"])
        #expect(reading.articles.map(\.place) == [folder.path("a.txt"), folder.path("b.txt")])
    }

    @Test func `a file that became a link after it was looked at is not read`() throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        try #require(symlink(try other.write("secret.txt", "secret"), folder.path("a.txt")) == 0)
        let bounds = FolderBounds(of: folder.path, followsLinks: false)
        #expect(throws: IngestError.self) { _ = try DocumentSource(path: folder.path("a.txt"), within: bounds) }
        _ = try DocumentSource(path: folder.path("a.txt"), within: FolderBounds(of: folder.path, followsLinks: true))
    }

    @Test func `a file with two names is read once`() throws {
        let folder = try TemporaryFolder()
        try #require(link(try folder.write("a.txt", "x"), folder.path("b.txt")) == 0)
        #expect(Reading(folder.path).articles.map(\.place) == [folder.path("a.txt")])
    }

    @Test func `a fault in one file costs none of the others`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.json", "{")
        try folder.write("b.txt", [0xFF])
        try folder.write("c.txt", "good")
        try folder.write("d.jsonl", "[]\n{\"body\": \"good too\"}\nx")
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["good", "good too"])
        #expect(reading.failures.map(\.code) == [.badJSON, .notUTF8, .badArticle, .badJSON])
    }

    @Test(
        arguments: [
            ([0x63, 0x61, 0x66, 0xE9], "caf%E9", #"caf\xE9"#), ([0xFF], "%FF", #"\xFF"#),
            ([0x61, 0x0A], "a%0A", #"a\x0A"#),
            ([0xF4, 0x8F, 0xBF, 0xA9], "%F4%8F%BF%A9", #"\xF4\x8F\xBF\xA9"#), ([0xC3, 0xA9], "%C3%A9", "é"),
            ([0xCC, 0x81, 0x61], "%CC%81a", "\u{301}a"),
        ] as [([UInt8], String, String)])
    func `a name of any bytes is read, and shown with the odd ones escaped`(
        name: [UInt8], uri: String, shown: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = Array(folder.path.utf8) + [0x2F] + name + Array(".txt".utf8)
        var file = path.map { CChar(bitPattern: $0) } + [0]
        let descriptor = creat(&file, 0o600)
        try #require(write(descriptor, "x", 1) == 1)
        close(descriptor)
        for reading in [Reading(folder.path), Reading(OSString.string(of: path))] {
            #expect(reading.articles.map(\.article.uri) == ["file://\(folder.path)/\(uri).txt"])
            #expect(reading.articles.map(\.place) == ["\(folder.path)/\(shown).txt"])
            #expect(reading.failures == [])
        }
        var watched = Intake([folder.path], watch: true)
        _ = Reading(&watched)
        close(open(file, O_WRONLY))
        #expect(Reading(&watched, patience: .seconds(10)).articles.map(\.place) == ["\(folder.path)/\(shown).txt"])
        truncate(file, 0)
        #expect(Reading(OSString.string(of: path)).messages.first?.hasPrefix("\(folder.path)/\(shown).txt: ") == true)
        unlink(&file)
    }

    @Test func `sixty-four folders deep is deep enough`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array(repeating: "d", count: 70).joined(separator: "/") + "/a.txt", "x")
        let reading = Reading(folder.path)
        #expect(reading.articles == [])
        #expect(reading.failures.map(\.message) == ["more than 64 folders deep"])
    }

    @Test func `the URI of a file is the same however its folder was reached`() throws {
        let folder = try TemporaryFolder()
        try folder.write("sub/a.txt", "x")
        try #require(symlink("sub", folder.path("link")) == 0)
        let reading = Reading(
            folder.path("sub/a.txt"), folder.path("sub/../sub/./a.txt"), folder.path("link/a.txt"), folder.path("link"))
        #expect(Set(reading.articles.map(\.article.uri)) == ["file://\(folder.path)/sub/a.txt"])
        #expect(reading.articles.count == 4)
    }
}
