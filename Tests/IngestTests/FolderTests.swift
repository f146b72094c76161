import Glibc
import Ingest
import TestKit
import Testing
import Wire

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
        for name in [".hidden.txt", ".git/a.txt", "a.html", "b.txt~", "txt", "ok.txt"] { try folder.write(name, "x") }
        try #require(mkfifo(folder.path("c.txt"), 0o600) == 0)
        try #require(symlink("nowhere", folder.path("d.txt")) == 0)
        let reading = Reading(folder.path)
        #expect(reading.articles.map(\.place) == [folder.path("ok.txt")])
        #expect(reading.failures == [])
        #expect(
            reading.ignored
                == [
                    ".git: hidden", ".hidden.txt: hidden", "a.html: not .txt, .json or .jsonl",
                    "b.txt~: not .txt, .json or .jsonl", "c.txt: neither file nor folder", "d.txt: gone",
                    "txt: not .txt, .json or .jsonl",
                ].map(folder.path))
    }

    @Test func `links to files and folders are followed, but not in circles`() throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        try other.write("there.txt", "there")
        try folder.write("sub/here.txt", "here")
        try #require(symlink(other.path, folder.path("link")) == 0)
        try #require(symlink(folder.path, folder.path("sub/up")) == 0)
        try #require(symlink(".", folder.path("sub/self")) == 0)
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["there", "here"])
        #expect(reading.ignored.count == 2)
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

    @Test func `a name that is not UTF-8 is said and the others are read`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "good")
        var name =
            Array(folder.path.utf8CString.dropLast()) + [0x2F, CChar(bitPattern: 0xFF), 0x2E, 0x74, 0x78, 0x74, 0]
        close(creat(&name, 0o600))
        let reading = Reading(folder.path)
        #expect(reading.bodies == ["good"])
        #expect(reading.failures.map(\.message) == ["it holds a name that is not UTF-8"])
        unlink(&name)
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
