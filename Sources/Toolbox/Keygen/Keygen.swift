import Delivery
import Service
import ZeroMQ

/// `onrecord keygen`: makes a CURVE key pair.
struct Keygen {
    let configuration: KeygenConfiguration
    let console: Console

    /// Writes the two files and says what to do with them.
    /// - Returns: The code to exit with.
    /// - Throws: `SecurityError` where they exist or cannot be written, `ZeroMQError`, or what the console throws.
    func run() throws -> ExitCode {
        let keys = try CurveKeys.generate()
        let path = configuration.path
        try KeyFile.write(keys, to: path, replaces: configuration.force)
        try console.write(
            Array(
                """
                \(path)  public key \(keys.publicKey)
                \(path)_secret  secret key, for this machine only

                """.utf8))
        console.remark("start your program with --key \(path)_secret")
        console.remark(
            "whoever connects to it gives --server-key \(path); whoever it connects to has its key on a list,")
        console.remark("as a reader or an analyzer that follows:")
        console.remark("  sub,fetch \(keys.publicKey) \(name)")
        console.remark("as a worker that joins with analyzer --join:")
        console.remark("  work \(keys.publicKey) \(name)")
        return .ok
    }

    private var name: String {
        let file = configuration.path.split(separator: "/").last ?? "key"
        return String(file.dropLast(".key".count))
    }
}
