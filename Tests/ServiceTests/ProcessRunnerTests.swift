import Glibc
import TestKit
import Testing

@Suite struct ProcessRunnerTests {
    @Test func `output, errors, input and exit code of a real program`() throws {
        let shell = try ProcessRunner(
            "sh", ["-c", "read x; echo \"got $x $Y\"; printf end >&2; exit 3"], environment: ["Y": "y"])
        shell.write("it\n")
        #expect(try shell.waitForLine { $0.hasPrefix("got") } == "got it y")
        #expect(try shell.waitForExit() == 3)
        #expect(shell.lines(.error) == ["end"])
    }

    @Test func `a signal ends a program and shows in the code`() throws {
        let shell = try ProcessRunner("sh", ["-c", "echo ready; exec sleep 1000"])
        try shell.waitForLine(containing: "ready")
        shell.signal(SIGKILL)
        #expect(try shell.waitForExit() == 137)
    }

    @Test func `a line that never comes is an error that shows what came`() throws {
        let shell = try ProcessRunner("sh", ["-c", "echo one; echo two >&2"])
        let error = #expect(throws: TestKitError.self) { try shell.waitForLine(containing: "three") }
        #expect(error?.description.contains("one") == true)
        #expect(throws: TestKitError.self) { try ProcessRunner("/nowhere/program") }
    }

    @Test func `folders are removed with the last reference`() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let file = try #require(try folder?.write("a/b/c.txt", "text"))
        #expect(access(file, R_OK) == 0)
        folder = nil
        #expect(access(file, R_OK) != 0)
    }

    @Test func `a free port can be bound`() throws {
        #expect((1024...65535).contains(try FreePort.tcp()))
    }
}
