internal import Glibc
internal import Service

/// Goes through a folder and all below it, in the order of the names, one step at a time.
///
/// Holds the names of the folders on the way, at most a million each, and goes at most 64 folders deep.
struct FolderWalk {
    /// What the walk came to.
    enum Step {
        /// A folder that is about to be listed.
        case folder(String)
        case file(String)
        case hidden(String)
        case ignored(String, reason: String)
        case failure(IngestError)
    }

    private struct Level {
        var path: String
        var identity: FileStatus.Identity
        /// The names still to visit, the next one last; nil before the folder is listed.
        var names: [String]?
    }

    private static let depthLimit = 64
    private static let nameLimit = 1_000_000

    let bounds: FolderBounds
    /// Files that have several names, and what is behind links: each is read once.
    private var seen: Set<FileStatus.Identity> = []
    private var levels: [Level] = []
    private var waiting: [Step] = []

    init(_ path: String, within bounds: FolderBounds) {
        self.bounds = bounds
        waiting = enter(path).map { [$0] } ?? []
    }

    /// The next step, or nil at the end.
    mutating func next() -> Step? {
        while true {
            if let step = waiting.popLast() { return step }
            guard let level = levels.last else { return nil }
            guard var names = level.names else {
                list(level.path)
                continue
            }
            guard let name = names.popLast() else {
                levels.removeLast()
                continue
            }
            levels[levels.count - 1].names = names
            if let step = visit(level.path == "/" ? "/\(name)" : "\(level.path)/\(name)", named: name) { return step }
        }
    }

    private mutating func visit(_ path: String, named name: String) -> Step? {
        if name.utf8.first == UInt8(ascii: ".") { return .hidden(path) }
        do {
            let isLink = FileStatus(link: path)?.isLink == true
            if isLink, case .ignored(let reason) = bounds.link(path) { return .ignored(path, reason: reason) }
            let status = try FileStatus(path: path)
            let mayRepeat = isLink || bounds.followsLinks || !status.isFolder && status.hasOtherNames
            if status.isFolder {
                guard !mayRepeat || seen.insert(status.identity).inserted else {
                    return .ignored(path, reason: "another way to a folder that was read")
                }
                return enter(path)
            }
            guard status.isFile else { return .ignored(path, reason: "neither file nor folder") }
            // What describes the file that is called so without it.
            if path.utf8.suffix(5).elementsEqual(".meta".utf8),
                FileStatus(link: String(path.utf8.dropLast(5)) ?? "") != nil
            {
                return .hidden(path)
            }
            if let reason = FileFormat.reasonToIgnore(path) { return .ignored(path, reason: reason) }
            guard !mayRepeat || seen.insert(status.identity).inserted else {
                return .ignored(path, reason: "another name of a file that was read")
            }
            return .file(path)
        } catch {
            // Removed since it was listed, or a link to nothing.
            return error.code == .notFound ? .ignored(path, reason: "gone") : .failure(error)
        }
    }

    private mutating func enter(_ path: String) -> Step? {
        do {
            let status = try FileStatus(path: path)
            guard !levels.contains(where: { $0.identity == status.identity }) else {
                return .ignored(path, reason: "a link to a folder around it")
            }
            guard levels.count < Self.depthLimit else {
                return .failure(
                    IngestError(
                        .unreadable, "more than \(Self.depthLimit) folders deep", place: path,
                        remedy: "name this folder as a source of its own"))
            }
            levels.append(Level(path: path, identity: status.identity))
            return .folder(path)
        } catch {
            return .failure(error)
        }
    }

    private mutating func list(_ path: String) {
        var names: [String] = []
        var problems: [Step] = []
        levels[levels.count - 1].names = []
        guard let folder = OSString.withCString(path, { opendir($0) }) else {
            waiting.append(.failure(IngestError(errno: errno, place: path)))
            return
        }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                OSString.string(of: bytes.prefix { $0 != 0 })
            }
            guard name != ".", name != ".." else { continue }
            guard names.count < Self.nameLimit else {
                problems.append(
                    .failure(
                        IngestError(
                            .tooBig, "more than a million names in one folder", place: path,
                            remedy: "spread them over several folders")))
                break
            }
            names.append(name)
        }
        levels[levels.count - 1].names = names.sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }
        waiting.append(contentsOf: problems)
    }
}
