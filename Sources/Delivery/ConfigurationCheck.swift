internal import Glibc
internal import Journal
public import Service
internal import ZeroMQ

/// What `--check-config` looks at: all that a service would stumble over at its start, without starting it.
///
/// The command line, the file and the environment are read before this; sockets are not bound, and no server is asked but that of a
/// database. One that is away would be waited for, so it is mentioned, and no fault.
public struct ConfigurationCheck {
    private var complaints: [(text: String, code: ExitCode)] = []
    private var remarks: [String] = []

    /// Begins with keys and lists.
    public init(_ security: SecurityOptions) {
        note { _ = try Security(security, in: try Context()) }
    }

    /// Looks at a file or folder that is to be read; an address or `-` is none.
    public mutating func read(_ path: String, _ option: String? = nil) {
        guard path != "-", !path.contains("://") else { return }
        if OSString.withCString(path, { access($0, R_OK) }) != 0 {
            let name = option.map { "--\($0) " } ?? ""
            complain("\(name)\(OSString.shown(path)): \(String(cString: strerror(errno)))", .noInput)
        }
    }

    /// Looks at a file that is to be written: it can be, or be made in its folder; a URL is none.
    ///
    /// - Returns: Whether there is nothing to complain of.
    @discardableResult
    public mutating func write(_ path: String) -> Bool {
        guard JournalLocation(path).isFolder else { return true }
        let isThere = OSString.withCString(path) { access($0, F_OK) } == 0
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        // Beside a database SQLite keeps files of its own. With the dot behind it, a file is no folder.
        for (place, end, mode) in [(folder, "/.", W_OK | X_OK)] + (isThere ? [(path, "", R_OK | W_OK)] : [])
        where OSString.withCString(place + end, { access($0, mode) }) != 0 {
            let code = Self.code(of: errno, else: .cantCreate)
            let reason = String(cString: strerror(errno))
            let file = OSString.shown(path)
            complain(place == path ? "\(file): \(reason)" : "\(file): \(OSString.shown(place)): \(reason)", code)
            return false
        }
        if !isThere, !takesNew(folder, for: path, else: .cantCreate) { return false }
        var status = stat()
        if isThere, OSString.withCString(path, { stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR {
            complain("\(OSString.shown(path)): it is a folder, and no file", .cantCreate)
            return false
        }
        return true
    }

    /// Looks at the place of a journal: its folder can be written to, or made; the journal that is there can be used.
    public mutating func journal(_ place: String, of service: String, restored: Bool) {
        let location = JournalLocation(place)
        if let mistake = location.mistake { return complain("\(location): \(mistake)", .config) }
        guard !location.isFolder || canBeMade(place) else { return }
        note { try location.check(for: service, restored: restored) }
    }

    /// Whether a folder can be written to, or made.
    private mutating func canBeMade(_ place: String) -> Bool {
        var folder = place
        while access(folder, F_OK) != 0, errno == ENOENT, folder != "/", folder != "." {
            let slash = folder.lastIndex(of: "/")
            folder = slash.map { $0 == folder.startIndex ? "/" : String(folder[..<$0]) } ?? "."
        }
        var status = stat()
        if stat(folder, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR {
            complain("\(place): \(folder) is no folder", .config)
        } else if access(folder, W_OK | X_OK) != 0 {
            complain("\(place): \(folder) cannot be written to: \(String(cString: strerror(errno)))", .noPermission)
        } else {
            return access(place + "/journal.db", F_OK) == 0 || takesNew(folder, for: place, else: .config)
        }
        return false
    }

    /// Whether something can be made in a folder: some file systems, such as that of `/proc`, let everybody write and nobody make.
    private mutating func takesNew(_ folder: String, for path: String, else code: ExitCode) -> Bool {
        var name = OSString.bytes(of: "\(folder)/.onrecord-XXXXXX").map(CChar.init(bitPattern:)) + [0]
        guard mkdtemp(&name) == nil else { return rmdir(name) == 0 }
        let reason = errno
        complain(
            "\(OSString.shown(path)): nothing can be made in \(OSString.shown(folder)): \(String(cString: strerror(reason)))",
            Self.code(of: reason, else: code))
        return false
    }

    /// Looks at a folder that is made where it is missing: what is there already can be written to.
    public mutating func folder(_ path: String, _ option: String) {
        guard OSString.withCString(path + "/.", { access($0, W_OK | X_OK) }) != 0 else { return }
        let reason = String(cString: strerror(errno))
        if OSString.withCString(path, { access($0, F_OK) }) == 0 {
            complain("--\(option) \(OSString.shown(path)): \(reason)", .cantCreate)
        } else {
            write(path)
        }
    }

    /// Says what was found.
    ///
    /// - Returns: `ok`, or what the first complaint means.
    /// - Throws: What keeps it from being said.
    public func conclude(_ service: String) throws -> ExitCode {
        for text in remarks + complaints.map(\.text) {
            try Output.error.write(Printable.line("\(service): \(text)") + "\n")
        }
        guard let first = complaints.first else {
            try Output.standard.write("\(service): the configuration can be used\n")
            return .ok
        }
        return first.code
    }

    /// Does what a start would do; what that throws is a complaint.
    public mutating func note(_ body: () throws -> Void) {
        do { try body() } catch let error as JournalError where error.isRetriable {
            remarks.append("\(error); not looked at")
        } catch { complain("\(error)", Failure.exitCode(of: error)) }
    }

    private static func code(of reason: Int32, else code: ExitCode) -> ExitCode {
        reason == EACCES || reason == EPERM ? .noPermission : code
    }

    private mutating func complain(_ text: String, _ code: ExitCode) { complaints.append((text, code)) }
}
