/// A request for admission (ZeroMQ RFC 27).
struct ZAPRequest: Sendable, Hashable {
    /// What the reply must repeat.
    var id: [UInt8]
    /// The list to look in.
    var domain: String
    /// Where the client is: its IP address without port.
    var address = ""
    /// The client's public key in Z85, or nil where it uses another mechanism than CURVE.
    var curveKey: String?

    /// What was read, or the reply to something that is no request.
    enum Reading: Sendable, Hashable {
        case success(ZAPRequest)
        case failure(ZAPReply)
    }

    /// Reads the frames behind the empty one: version, id, domain, address, routing id, mechanism, credentials.
    static func read(_ frames: [[UInt8]]) -> Reading {
        let id = frames.count > 1 ? frames[1] : []
        guard frames.first == ZAPReply.version else {
            return .failure(ZAPReply(to: id, .malformed("the version is not 1.0")))
        }
        guard frames.count >= 6 else { return .failure(ZAPReply(to: id, .malformed("frames are missing"))) }
        guard id.count <= 255, frames[2].count <= 255, frames[4].count <= 255, frames[5].count <= 255 else {
            return .failure(ZAPReply(to: id, .malformed("a frame is longer than 255 bytes")))
        }
        var key: String?
        if frames[5] == Array("CURVE".utf8) {
            guard frames.count == 7, frames[6].count == 32, let text = Z85.encode(frames[6]) else {
                return .failure(ZAPReply(to: id, .malformed("CURVE has one credential of 32 bytes")))
            }
            key = text
        }
        return .success(
            ZAPRequest(
                id: id, domain: String(decoding: frames[2], as: UTF8.self),
                address: String(decoding: frames[3].prefix(255), as: UTF8.self), curveKey: key))
    }
}

/// The answer to a request for admission.
struct ZAPReply: Sendable, Hashable {
    static let version = Array("1.0".utf8)

    enum Verdict: Sendable, Hashable {
        case accepted(userID: String)
        case denied
        case malformed(String)
    }

    let id: [UInt8]
    let verdict: Verdict

    init(to id: [UInt8], _ verdict: Verdict) {
        self.id = id
        self.verdict = verdict
    }

    /// Version, id, status code, status text, user id, metadata.
    var frames: [[UInt8]] {
        switch verdict {
        case .accepted(let userID): frames("200", "OK", userID: userID)
        case .denied: frames("300", "the key is not on the list")
        case .malformed(let flaw): frames("500", flaw)
        }
    }

    private func frames(_ code: String, _ text: String, userID: String = "") -> [[UInt8]] {
        [Self.version, id, Array(code.utf8), Array(text.utf8), Array(userID.utf8), []]
    }
}
