#if Postgres
import Foundation
import Glibc
import Testing

/// A PostgreSQL server of the test run's own, on a socket in a temporary folder; it ends with this process at the latest.
final class PostgresServer: Sendable {
    /// Folder of the server's binaries, or nil where PostgreSQL is not installed.
    static let binaries: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { Int($0) }.filter { $0 >= 15 }.max()
        return newest.map { "\(root)/\($0)/bin" }
    }()

    /// Whether the server has its messages in German.
    static let speaksGerman = {
        let version = binaries?.split(separator: "/").dropLast().last ?? ""
        return FileManager.default.fileExists(atPath: "/usr/share/locale/de/LC_MESSAGES/postgres-\(version).mo")
    }()

    /// The server that the conformance tests share.
    static let shared = Result { try PostgresServer() }

    /// Folder of its data and its socket.
    let folder: String
    // The server stops when this pipe closes, which also happens when this process is killed. Not one of Foundation's, whose processes
    // can inherit pipes that another thread makes at the same time, and would keep them open for as long as they run.
    nonisolated(unsafe) private let lifeline: UnsafeMutablePointer<FILE>

    /// Starts a server on a new database, or on a copy of `primary` that follows it.
    ///
    /// - Parameters:
    ///   - settings: Settings beyond the usual ones.
    ///   - primary: What it follows.
    ///   - language: The language of its messages.
    ///   - rules: Who may connect how, instead of everybody.
    /// - Throws: `TestFailure` where it does not start.
    init(
        settings: [String] = [], standbyOf primary: PostgresServer? = nil, language: String = "en", rules: String? = nil
    ) throws {
        guard let binaries = PostgresServer.binaries else { throw TestFailure("PostgreSQL is not installed") }
        folder =
            FileManager.default.temporaryDirectory.appending(path: "onrecord-pg-\(UUID().uuidString.prefix(8))")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let make =
            primary.map { "'\(binaries)/pg_basebackup' -h '\($0.folder)' -U postgres -D data -R -X stream -c fast" }
            ?? "'\(binaries)/initdb' -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null"
        let options = (["listen_addresses=", "unix_socket_directories=\(folder)"] + settings)
            .map { "-c '\($0)'" }.joined(separator: " ")
        let script = """
            cd '\(folder)' || exit 1
            { \(make)
            } || { touch failed; exit 1; }
            \(rules.map { "printf '%s\\n' '\($0)' >data/pg_hba.conf" } ?? "")
            export LANGUAGE='\(language)'
            '\(binaries)/postgres' -D data \(options) >log 2>&1 &
            until '\(binaries)/pg_isready' -q -h '\(folder)'; do kill -0 $! || { touch failed; exit 1; }; sleep 0.05; done
            touch ready
            cat >/dev/null
            kill -QUIT $! 2>/dev/null
            wait
            cd / && rm -rf '\(folder)'
            """
        try Data(script.utf8).write(to: URL(filePath: folder + "/script"))
        let isRoot = geteuid() == 0
        if isRoot { try PostgresServer.run("chown", ["-R", "postgres", folder]) }
        let shell = (isRoot ? "exec runuser -u postgres -- " : "exec ") + "/bin/sh '\(folder)/script' >/dev/null"
        guard let pipe = popen(shell, "we") else { throw TestFailure("no process for PostgreSQL: errno \(errno)") }
        lifeline = pipe
        try wait { [folder] in
            ["ready", "failed"].contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        }
        guard FileManager.default.fileExists(atPath: folder + "/ready") else {
            let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "no log"
            throw TestFailure("the server did not start: \(log)")
        }
    }

    deinit {
        pclose(lifeline)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A URL to a schema of the server; several servers make one that follows a fail-over.
    static func url(of servers: [PostgresServer], schema: String) -> String {
        let hosts = servers.map(\.folder).joined(separator: ",")
        return "postgres:///postgres?host=\(hosts)&user=postgres&options=-csearch_path%3D\(schema)"
    }

    /// Makes a new schema.
    ///
    /// - Returns: The URL of a journal in it.
    func newSchema() throws -> String {
        let name = "journal_\(UUID().uuidString.prefix(8).lowercased())"
        try execute("CREATE SCHEMA \(name)")
        return PostgresServer.url(of: [self], schema: name)
    }

    /// Runs a statement as an administrator.
    ///
    /// - Returns: Its output, a line for a row.
    @discardableResult
    func execute(_ sql: String) throws -> String {
        let psql = (PostgresServer.binaries ?? "") + "/psql"
        return try PostgresServer.run(
            psql, ["-h", folder, "-U", "postgres", "-XAtqc", sql, "-v", "ON_ERROR_STOP=1"])
    }

    /// Kills the server as a crash of the machine would, as far as a process can.
    func crash() throws {
        let file = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let id = file.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw TestFailure("no process id in \(file)")
        }
        let children = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
        for process in [id] + children.split(separator: " ").compactMap({ Int32($0) }) {
            kill(process, SIGKILL)
        }
    }

    /// Makes a standby a primary.
    func promote() throws {
        try execute("SELECT pg_promote(true)")
    }

    /// Runs a program of the PATH, or of a path, to its end.
    ///
    /// - Returns: Its output.
    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let command = ([program] + arguments).map { "'" + $0.replacing("'", with: "'\\''") + "'" }
            .joined(separator: " ")
        guard let pipe = popen(command, "re") else { throw TestFailure("no process for \(program): errno \(errno)") }
        var output: [UInt8] = []
        while case let byte = getc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
        let status = pclose(pipe)
        guard status == 0 else { throw TestFailure("\(command): status \(status)") }
        return String(decoding: output, as: UTF8.self)
    }
}
#endif
