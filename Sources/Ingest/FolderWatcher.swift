internal import Glibc
internal import Service

/// Tells which files have come into the folders it watches, by Linux's inotify: a file counts once it is whole.
struct FolderWatcher: ~Copyable {
    /// What has happened.
    enum Event: Equatable {
        /// A file was closed after writing, moved here, or linked here.
        case file(String)
        /// A folder was made or moved here.
        case folder(String)
        /// A watched folder was removed or moved away.
        case gone(String)
        /// More happened than the system remembers: everything must be looked through again.
        case overflow
    }

    /// Where inotify's header of 16 bytes holds what, and the name behind it.
    private static let headerSize = 16
    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

    private let descriptor: Descriptor
    private var paths: [Int32: String] = [:]
    private var events: [Event] = []
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init() throws(IngestError) {
        let number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard number >= 0 else { throw IngestError(errno: errno, place: "inotify") }
        descriptor = Descriptor(owning: number)
    }

    /// Watches a folder, but not those in it; watching it again changes nothing.
    mutating func watch(_ path: String) throws(IngestError) {
        let watch = OSString.withCString(path) { inotify_add_watch(descriptor.number, $0, Self.mask) }
        guard watch >= 0 else {
            guard errno == ENOSPC else { throw IngestError(errno: errno, place: path) }
            throw IngestError(
                .notWatched, "the system watches too many folders already", place: path,
                remedy: "raise it with 'sysctl fs.inotify.max_user_watches=…'")
        }
        paths[watch] = path
    }

    /// The next event, or nil if there is none in the time given.
    mutating func next(waitingAtMost patience: Duration) -> Event? {
        if events.isEmpty, descriptor.isReadable(within: patience),
            let count = try? descriptor.read(into: &buffer)
        {
            events = parse(count).reversed()
        }
        return events.popLast()
    }

    private mutating func parse(_ count: Int) -> [Event] {
        var found: [Event] = []
        var offset = 0
        while offset + Self.headerSize <= count {
            let watch = Int32(truncatingIfNeeded: word(at: offset))
            let mask = word(at: offset + 4)
            let start = offset + Self.headerSize
            let end = min(start + Int(word(at: offset + 12)), count)
            let name = buffer[start..<end].prefix { $0 != 0 }
            offset = end
            if let event = event(watch: watch, mask: mask, name: name) { found.append(event) }
        }
        return found
    }

    private func word(at offset: Int) -> UInt32 {
        buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
    }

    private mutating func event(watch: Int32, mask: UInt32, name: ArraySlice<UInt8>) -> Event? {
        if mask & UInt32(IN_Q_OVERFLOW) != 0 { return .overflow }
        guard let folder = paths[watch] else { return nil }
        if mask & UInt32(IN_IGNORED) != 0 {
            paths[watch] = nil
            return .gone(folder)
        }
        // Moved within a watched folder, it is watched again under its new path by the same number; so it stays.
        if mask & UInt32(IN_MOVE_SELF) != 0 { return .gone(folder) }
        guard !name.isEmpty else { return nil }
        let name = OSString.string(of: name)
        let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        if mask & UInt32(IN_ISDIR) != 0 { return .folder(path) }
        if mask & UInt32(IN_CREATE) != 0 {
            // Its writer has it open still, unless it is a link to what is there already.
            guard let status = FileStatus(link: path), status.isLink || status.hasOtherNames else { return nil }
        }
        return .file(path)
    }
}
