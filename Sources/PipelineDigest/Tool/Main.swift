import CSodium
import Foundation

/// `pipeline-digest OUTPUT ROOT FILE…`: writes a Swift file that states the SHA-256 of the files and their paths below ROOT.
@main
enum PipelineDigest {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 3 else { throw CocoaError(.fileNoSuchFile) }
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        for path in arguments[3...] {
            let data = try Data(contentsOf: URL(filePath: path))
            // Path and length stand before the bytes, so that nothing can move between files unseen.
            let header = Data("\(path.dropFirst(arguments[2].count)) \(data.count)\n".utf8)
            for part in [header, data] {
                part.withUnsafeBytes { bytes in
                    _ = crypto_hash_sha256_update(
                        &state, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count))
                }
            }
        }
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256_final(&state, &digest)
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let text = """
            /// The digest of the weights, rules and thresholds that this program was built from.
            enum PipelineDigest {
                static let value = "sha256:\(hex)"
            }

            """
        let output = URL(filePath: arguments[1])
        // Left alone when it says so already, so that nothing is compiled anew for it.
        if (try? Data(contentsOf: output)) != Data(text.utf8) {
            try Data(text.utf8).write(to: output, options: .atomic)
        }
    }
}
