internal import Glibc
internal import Service

/// Why something that a source came upon is not published.
public struct IngestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault, fit to be the label of a counter.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// There is no such file or folder.
        case notFound = "not-found"
        /// The file or folder exists and cannot be read.
        case unreadable
        /// It is neither a file nor a folder, such as a pipe or a device.
        case notRegular = "not-regular"
        /// It is larger than a message may be.
        case tooBig = "too-big"
        /// It is not UTF-8 text.
        case notUTF8 = "not-utf8"
        /// It is a document of another kind, or hardly text.
        case notText = "not-text"
        /// It is not JSON.
        case badJSON = "bad-json"
        /// It is JSON, but no article.
        case badArticle = "bad-article"
        /// It is not to be published yet.
        case embargoed
        /// It is no list of feeds.
        case badList = "bad-list"
        /// It holds no text.
        case empty
        /// The folder cannot be watched, or no longer.
        case notWatched = "not-watched"
    }

    /// The kind of fault.
    public var code: Code
    /// What is wrong, without the place.
    public var message: String
    /// The file, folder or stream.
    public var place: String
    /// The line, counted from 1, in a file of several articles.
    public var line: Int?
    /// What can be done about it.
    public var remedy: String
    /// What was refused, as it came, or nil where nothing was read or too much.
    public var input: [UInt8]?
    /// When the embargo ends that it is under, in milliseconds from 1970, as far as that is known.
    public var embargoEnd: Int64?

    /// Creates an error.
    public init(_ code: Code, _ message: String, place: String, line: Int? = nil, remedy: String) {
        self.code = code
        self.message = message
        self.place = OSString.shown(place)
        self.line = line
        self.remedy = remedy
    }

    /// Whether it came from a server, which nobody here has a hand on.
    public var isFromWeb: Bool { WebSource.isAddress(place) }

    /// Whether there was nothing to read, rather than something that was refused.
    public var isMissing: Bool {
        switch code {
        case .notFound, .unreadable, .notRegular, .notWatched: true
        default: false
        }
    }

    /// Place, fault and remedy in one line.
    public var description: String { "\(place)\(line.map { ":\($0)" } ?? ""): \(message); \(remedy)" }
}

extension IngestError {
    /// The error for a system call that failed.
    init(errno: Int32, place: String) {
        let reason = String(cString: strerror(errno))
        switch errno {
        case ENOENT, ENOTDIR:
            self.init(.notFound, reason, place: place, remedy: "check the path")
        case EACCES, EPERM:
            self.init(.unreadable, reason, place: place, remedy: "give this user permission to read it")
        case EMFILE, ENFILE:
            self.init(.unreadable, reason, place: place, remedy: "raise the limit of open files")
        case ELOOP:
            self.init(.unreadable, reason, place: place, remedy: "mend the symbolic link")
        default:
            self.init(.unreadable, reason, place: place, remedy: "check the file and its disk")
        }
    }
}
