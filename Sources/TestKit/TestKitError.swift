internal import Glibc

/// Why a test could not be set up.
public struct TestKitError: Error, CustomStringConvertible {
    /// What could not be done.
    public let description: String

    init(_ errno: Int32, _ message: String) {
        description = "\(message): \(String(cString: strerror(errno)))"
    }

    init(_ message: String) {
        description = message
    }
}
