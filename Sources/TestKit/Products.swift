internal import Glibc

/// The programs of this package, as the build that runs the tests has made them.
public enum Products {
    /// The path of a program, such as `producer`: in the folder of `ONRECORD_PRODUCTS`, or else beside the test bundle.
    /// - Throws: `TestKitError` where it has not been built.
    public static func path(of name: String) throws(TestKitError) -> String {
        let path = "\(folder)/\(name)"
        guard access(path, X_OK) == 0 else { throw TestKitError("\(path) is missing: run 'swift build' first") }
        return path
    }

    private static var folder: String {
        if let given = getenv("ONRECORD_PRODUCTS") { return String(cString: given) }
        // Swift Testing runs the bundle either itself or by a helper whose command line names it.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? executable
        return String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)])
    }

    private static var executable: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { bytes in
                bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
            }
        }
        return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    }
}
