#if Postgres
internal import Glibc

/// A null-terminated list of C strings, freed at the end of its life.
final class CStrings {
    private let strings: [UnsafeMutablePointer<CChar>?]

    /// Copies `strings`.
    init(_ strings: [String]) {
        self.strings = strings.map { strdup($0) }
    }

    deinit {
        for string in strings { free(string) }
    }

    /// The list as C takes it.
    var pointers: [UnsafePointer<CChar>?] { strings.map { UnsafePointer($0) } + [nil] }
}
#endif
