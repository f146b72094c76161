public import ZeroMQ

/// A list of who may do what: lines of roles, public key and name.
///
/// ```
/// # roles      public key                                name
/// sub,fetch    Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID  news desk
/// work         {c%kxSX*Mj&mn%6W8:Ss5BHd.R3j%^QlyHHz&B%>  moor
/// ```
/// The roles are `sub` for live messages, `fetch` for FETCH, `put` for handing over articles and `work` for the pool. Roles come
/// first, since a key may begin with `#`.
public struct AllowFile: Sendable, Hashable {
    /// The roles there are, which are ZAP domains too.
    public static let roles: Set<String> = ["sub", "fetch", "put", "work"]

    /// Who is on the list, by public key in Z85.
    public struct Peer: Sendable, Hashable {
        /// What the list calls it; may be empty.
        public var name: String
        /// What it may do.
        public var roles: Set<String>
    }

    /// Who is on the list, by public key in Z85.
    public var peers: [String: Peer] = [:]

    /// Reads a list.
    ///
    /// - Parameter path: The file.
    /// - Throws: `SecurityError` with file and line of the first mistake: a list is taken as a whole or not at all.
    public init(reading path: String) throws(SecurityError) {
        try self.init(parsing: SmallFile.read(path).text, named: path)
    }

    init(parsing text: String, named path: String) throws(SecurityError) {
        var lines: [String: Int] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            func mistake(_ text: String) -> SecurityError { SecurityError("\(path):\(index + 1): \(text)") }
            let words = line.split(maxSplits: 2) { $0.isWhitespace }
            let roles = Set(words[0].split(separator: ",").map(String.init))
            if let unknown = roles.subtracting(Self.roles).min() {
                throw mistake("'\(unknown.prefix(40))' is no role; a line is: sub,fetch,put,work KEY NAME")
            }
            guard words.count > 1, !roles.isEmpty, CurveKeys.isKey(String(words[1])) else {
                throw mistake("behind the roles stands a public key, 40 characters of Z85")
            }
            let key = String(words[1])
            if let earlier = lines[key] { throw mistake("this key stands on line \(earlier) already") }
            lines[key] = index + 1
            peers[key] = Peer(name: words.count > 2 ? String(words[2].trimmed) : "", roles: roles)
        }
    }

    /// The public keys of each role.
    public var allowList: Authenticator.AllowList {
        var list: Authenticator.AllowList = [:]
        for role in Self.roles { list[role] = Set(peers.filter { $0.value.roles.contains(role) }.keys) }
        return list
    }
}
