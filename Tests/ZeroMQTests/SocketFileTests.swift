import Foundation
import TestKit
import Testing
import ZeroMQ

@Suite struct `An ipc endpoint` {
    let folder: TemporaryFolder
    let path: String
    let context: Context

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/live"
        context = try Context()
    }

    func bind() throws(ZeroMQError) -> Socket {
        var socket = try Socket(.pull, in: context)
        try socket.bind(to: Endpoint("ipc://\(path)"))
        return socket
    }

    @Test func `destroys no file`() throws {
        try Data("precious".utf8).write(to: URL(filePath: path))
        let error = zeroMQError { _ = try bind() }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains(path) == true && error?.message.contains("choose another path") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func `destroys no folder and no link`() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(zeroMQError { _ = try bind() }?.code == .invalid)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/nowhere")
        #expect(zeroMQError { _ = try bind() }?.code == .invalid)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "/nowhere")
    }

    @Test func `is not taken from whoever serves it`() throws {
        var first = try bind()
        for _ in 0..<3 {
            let error = zeroMQError { _ = try bind() }
            #expect(error?.code == .addressInUse && error?.isRetriable == true)
        }
        var client = try Socket(.push, in: context)
        try client.connect(to: Endpoint("ipc://\(path)"))
        try client.send([[7]], wait: true)
        #expect(try first.receive(wait: true) == [[7]], "it is served by the first one still")
    }

    @Test func `of a process that was killed is no obstacle`() throws {
        // What SIGKILL leaves: the file of a socket that nobody has.
        let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        close(left)
        #expect(FileManager.default.fileExists(atPath: path))
        _ = try bind()
    }

    @Test func `goes to one of many that want it at once`() async throws {
        let endpoint = try Endpoint("ipc://\(path)")
        let results = await withTaskGroup(of: Bool.self) { group in
            let all = Flag()
            for _ in 0..<8 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread {
                            guard let context = try? Context(), var socket = try? Socket(.pull, in: context) else {
                                return continuation.resume(returning: false)
                            }
                            let isBound = (try? socket.bind(to: endpoint)) != nil
                            continuation.resume(returning: isBound)
                            // Whoever has it keeps it until all have tried.
                            while isBound, !all.isRaised { usleep(1_000) }
                        }.start()
                    }
                }
            }
            var count = 0
            for await isBound in group { count += isBound ? 1 : 0 }
            all.raise()
            return count
        }
        #expect(results == 1)
    }
}

private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    func raise() { lock.withLock { value = true } }
    var isRaised: Bool { lock.withLock { value } }
}
