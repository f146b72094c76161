internal import Glibc
public import Service
internal import Wire

/// A folder that keeps what was refused: the input as it came, and beside it, in a file `….reason`, why.
///
/// An input that was mended is published by moving it to where articles are read. The same input refused again, as at each
/// start, is kept once.
public struct RejectFolder: Sendable {
    /// Why there can be no such folder.
    public struct Failure: Error, ExitCodeProviding, CustomStringConvertible {
        /// Folder, fault and remedy in one line.
        public let description: String
        /// The code to exit with.
        public let exitCode: ExitCode
    }

    private struct Reason: Encodable {
        var time: String
        var place: String
        var line: Int?
        var code: String
        var message: String
        var remedy: String
        var file: String?
    }

    private let path: String

    /// Makes the folder where there is none.
    /// - Parameters:
    ///   - path: The folder.
    ///   - sources: The files and folders that articles are read from; a folder among them would be read again for ever.
    /// - Throws: `Failure` where it cannot be made or lies in a source.
    public init(_ path: String, besides sources: [String]) throws(Failure) {
        self.path = path
        let isThere =
            OSString.withCString(path, { mkdir($0, 0o750) }) == 0
            || errno == EEXIST && OSString.withCString(path + "/.", { access($0, W_OK | X_OK) }) == 0
        guard isThere else {
            throw Failure(
                description:
                    "\(OSString.shown(path)): \(String(cString: strerror(errno))); name another folder with --rejects",
                exitCode: .cantCreate)
        }
        let own = (RealPath.of(path) ?? path) + "/"
        for source in sources {
            guard let folder = RealPath.of(source), own.utf8.starts(with: "\(folder == "/" ? "" : folder)/".utf8) else {
                continue
            }
            throw Failure(
                description:
                    "\(OSString.shown(path)) lies in the source \(OSString.shown(source)), and what is refused would be read "
                    + "again for ever; name a folder elsewhere with --rejects",
                exitCode: .config)
        }
    }

    /// Keeps an input with its reason.
    /// - Parameters:
    ///   - error: The reason, with the input.
    ///   - ending: What the file's name is to end with, nil for what the place tells.
    /// - Returns: Whether it was not kept before.
    /// - Throws: `FileFailure` where it cannot be written.
    @discardableResult
    public func keep(_ error: IngestError, ending: String? = nil) throws(FileFailure) -> Bool {
        let input = error.input ?? []
        let id = Digest.identifier(
            ["reject", error.place, error.code.rawValue, error.input == nil ? error.message : Digest.sha256(input)])
        let parts =
            error.place.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
            .map { $0.split(separator: ".", omittingEmptySubsequences: false) } ?? []
        let stem = Topic.segment(String(parts.first ?? "").lowercased(), otherwise: "input").prefix(60)
        let ending = ending ?? Self.ending(of: error)
        let name = "\(stem)-\(id.prefix(12)).\(ending)"
        let reason = Reason(
            time: Timestamp.now(), place: error.place, line: error.line, code: error.code.rawValue,
            message: error.message, remedy: error.remedy, file: error.input == nil ? nil : name)
        guard !exists("\(name).reason") else { return false }
        if error.input != nil { try NewFile.write(input, to: "\(path)/\(name)") }
        try NewFile.write(((try? JSON.encode(reason)) ?? []) + [0x0A], to: "\(path)/\(name).reason")
        return true
    }

    /// What the input's name has to end with to be read again: as the place has it, or by what it begins with.
    private static func ending(of error: IngestError) -> String {
        let start = (error.input ?? []).prefix(1_000).drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        if error.line != nil || start.first == UInt8(ascii: "{") { return "json" }
        let name = error.place.split(separator: "/").last ?? ""
        let isAddress = error.isFromWeb
        if !isAddress, let dot = name.lastIndex(of: "."), dot != name.startIndex {
            return Topic.segment(String(name[name.index(after: dot)...]))
        }
        guard start.first == UInt8(ascii: "<") else { return "txt" }
        let text = String(decoding: start.prefix(15), as: UTF8.self).lowercased()
        return ["<?xml", "<rss", "<feed", "<rdf", "<newsitem", "<newsmessage"].contains { text.hasPrefix($0) }
            ? "xml" : "html"
    }

    private func exists(_ name: String) -> Bool { FileStatus(link: "\(path)/\(name)") != nil }
}
