internal import CSodium

/// SHA-256 and the identifiers that are made of it.
public enum Digest {
    /// SHA-256 of `bytes` in 64 lower-case hexadecimal digits (FIPS 180-4).
    public static func sha256(_ bytes: [UInt8]) -> String {
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return hexadecimal(hash)
    }

    /// An identifier of 32 hexadecimal digits: the first half of the SHA-256 of `parts`, each closed by a zero byte.
    ///
    /// The zero byte keeps `["ab", "c"]` and `["a", "bc"]` apart.
    public static func identifier(_ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0)
        }
        return String(sha256(bytes).prefix(32))
    }

    /// `bytes` as lower-case hexadecimal digits.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
