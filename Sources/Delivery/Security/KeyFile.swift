import Glibc
public import ZeroMQ

/// Files of CURVE keys, as CZMQ and pyzmq write them: `NAME.key` for everybody, `NAME.key_secret` for its owner alone.
///
/// ```
/// curve
///     public-key = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
///     secret-key = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"
/// ```
public enum KeyFile {
    /// Reads a key pair.
    ///
    /// - Parameter path: A file that holds the secret key and that others may not read.
    /// - Returns: The pair.
    /// - Throws: `SecurityError` that names the file and the remedy.
    public static func readPair(_ path: String) throws(SecurityError) -> CurveKeys {
        let file = try SmallFile.read(path)
        let keys = try parse(file.text, path)
        guard let secretKey = keys["secret-key"] else {
            throw SecurityError("\(path) holds no secret key; name the file that ends with .key_secret")
        }
        guard file.permissions & 0o007 == 0 else {
            throw SecurityError("\(path) holds a secret that everybody on this machine can read: chmod 600 \(path)")
        }
        do throws(ZeroMQError) {
            let publicKey =
                if let key = keys["public-key"] { key } else { try CurveKeys.publicKey(ofSecret: secretKey) }
            return try CurveKeys(publicKey: publicKey, secretKey: secretKey)
        } catch {
            throw SecurityError("\(path): \(error.message)")
        }
    }

    /// Reads the public key of somebody else.
    ///
    /// - Parameter path: A file that holds it.
    /// - Returns: The key in Z85.
    /// - Throws: `SecurityError` that names the file and the remedy.
    public static func readPublicKey(_ path: String) throws(SecurityError) -> String {
        guard let key = try parse(SmallFile.read(path).text, path)["public-key"] else {
            throw SecurityError("\(path) holds no public key")
        }
        guard CurveKeys.isKey(key) else {
            throw SecurityError("\(path): the public key is not 40 characters of Z85")
        }
        return key
    }

    /// Writes a new pair as two files: `path` and `path` with `_secret` behind it, which is for its owner alone.
    ///
    /// - Parameters:
    ///   - keys: The pair.
    ///   - path: The file for the public key.
    ///   - replaces: Whether files of these names may be replaced.
    /// - Throws: `SecurityError`, also where either file exists and may not be replaced.
    public static func write(_ keys: CurveKeys, to path: String, replaces: Bool) throws(SecurityError) {
        let secretPath = path + "_secret"
        if !replaces {
            for path in [path, secretPath] where access(path, F_OK) == 0 { throw SmallFile.exists(path) }
        }
        let publicLine = "    public-key = \"\(keys.publicKey)\"\n"
        try SmallFile.write(
            "# The secret CURVE key of an OnRecord peer: keep it on this machine, and show it to nobody.\ncurve\n"
                + publicLine + "    secret-key = \"\(keys.secretKey)\"\n",
            to: secretPath, permissions: 0o600, replaces: replaces)
        try SmallFile.write(
            "# The public CURVE key of an OnRecord peer: give it to whoever is to admit or recognise it.\ncurve\n"
                + publicLine,
            to: path, permissions: 0o644, replaces: replaces)
    }

    /// The values of the section `curve`, by name.
    private static func parse(_ text: String, _ path: String) throws(SecurityError) -> [String: String] {
        var section = ""
        var values: [String: String] = [:]
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.trimmed
            guard !words.isEmpty, !words.hasPrefix("#") else { continue }
            guard let equals = words.firstIndex(of: "=") else {
                section = String(words)
                continue
            }
            guard section == "curve" else { continue }
            let value = words[words.index(after: equals)...].trimmed
            guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else {
                throw SecurityError("\(path):\(number + 1): a key stands in quotation marks")
            }
            values[String(words[..<equals].trimmed)] = String(value.dropFirst().dropLast())
        }
        guard !values.isEmpty else {
            throw SecurityError("\(path) is no file of keys; make one with onrecord keygen")
        }
        return values
    }
}

extension Substring {
    /// Without white space at either end.
    var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
