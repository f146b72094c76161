internal import Glibc
internal import Service

/// The folder that a source was given, and which symbolic links in it are followed.
///
/// A link may not lead out of the folder, since whoever can put files into it could have any file of this machine published.
struct FolderBounds {
    /// What becomes of a link.
    enum Link: Equatable {
        case followed
        case ignored(reason: String)
    }

    /// The folder behind all links, without a slash at its end.
    private let root: String
    let followsLinks: Bool

    init(of folder: String, followsLinks: Bool) {
        let path = RealPath.of(folder) ?? folder
        root = path == "/" ? "" : path
        self.followsLinks = followsLinks
    }

    /// Whether a link is followed.
    ///
    /// One to what the walk comes upon anyway is not: each file is read once.
    func link(_ path: String) -> Link {
        guard let target = RealPath.of(path) else { return .ignored(reason: "gone") }
        guard let inside = relative(target) else {
            return followsLinks
                ? .followed : .ignored(reason: "a link out of the folder: --follow-links would follow it")
        }
        let isHidden = inside.utf8.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
        let isFile = (try? FileStatus(path: path))?.isFile == true
        if isHidden || isFile && FileFormat(path: target) == nil { return .followed }
        return .ignored(reason: inside.isEmpty ? "a link to a folder around it" : "a link to what is read itself")
    }

    /// Whether an open file may be read: it is in the folder, whatever its path has become since it was looked at.
    func admits(_ descriptor: Int32) -> Bool {
        guard !followsLinks, let target = RealPath.of("/proc/self/fd/\(descriptor)") else { return true }
        return relative(target) != nil
    }

    /// The rest of a path below the folder, or nil for one elsewhere.
    private func relative(_ path: String) -> String? {
        if path == root { return "" }
        return path.utf8.starts(with: "\(root)/".utf8) ? String(path.utf8.dropFirst(root.utf8.count + 1)) : nil
    }
}

/// Paths behind symbolic links.
enum RealPath {
    /// The absolute path without any link in it, or nil where there is nothing.
    static func of(_ path: String) -> String? {
        guard let real = OSString.withCString(path, { realpath($0, nil) }) else { return nil }
        defer { free(real) }
        return OSString.string(of: UnsafeBufferPointer(start: real, count: strlen(real)).map { UInt8(bitPattern: $0) })
    }
}
