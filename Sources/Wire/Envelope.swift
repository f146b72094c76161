/// What control and pool messages have in common: `"NWP1" | CMD | TAG | ARGS | payload…`, without the routing identity.
struct Envelope {
    static let magic = Array("NWP1".utf8)

    var command: String
    /// The identifier of the request or task.
    var tag: [UInt8]
    var arguments: [UInt8]
    var payload: [Frame]

    init(_ frames: [Frame], tagLimit: Int) throws(WireError) {
        let frames = try frames[...].bounded(atLeast: 4, in: "a command")
        guard frames[0] == Envelope.magic else {
            guard frames[0].starts(with: Array("NWP".utf8)) else {
                throw WireError(400, "bad-magic", "a command that does not begin with NWP1")
            }
            throw WireError(426, "version", "a command of another major version of NWP than 1")
        }
        guard frames[1].count <= Limits.commandBytes else {
            throw WireError(413, "too-big", "a command's name of more than \(Limits.commandBytes) bytes")
        }
        guard frames[2].count <= tagLimit else {
            throw WireError(413, "too-big", "an identifier of \(frames[2].count) bytes, more than \(tagLimit)")
        }
        command = try frames[1].text("command's name")
        tag = frames[2]
        arguments = frames[3]
        payload = Array(frames[4...])
    }

    /// The arguments as `type`; an empty frame stands for `{}`.
    func decode<Arguments: Decodable>(_ type: Arguments.Type) throws(WireError) -> Arguments {
        try JSON.decode(
            type, from: arguments.isEmpty ? Array("{}".utf8) : arguments, limit: Limits.argumentBytes)
    }

    /// Checks the arguments of a command that has none.
    func expectObject() throws(WireError) {
        if arguments.isEmpty || arguments == Array("{}".utf8) { return }
        _ = try decode(NoArguments.self)
    }

    /// Writes commands of one tag as frames.
    struct Writer {
        /// The identifier of the request or task.
        var tag: [UInt8]
        /// The most bytes that it may have.
        var limit: Int

        func callAsFunction(
            _ command: String, _ arguments: some Encodable, _ payload: [Frame] = []
        ) throws(WireError) -> [Frame] {
            guard tag.count <= limit else {
                throw WireError(413, "too-big", "an identifier of \(tag.count) bytes, more than \(limit)")
            }
            let arguments = try JSON.encode(arguments)
            guard arguments.count <= Limits.argumentBytes else {
                throw WireError(
                    413, "too-big",
                    "\(command) with arguments of \(arguments.count) bytes, more than \(Limits.argumentBytes)")
            }
            return [Envelope.magic, Array(command.utf8), tag, arguments] + payload
        }
    }
}

/// The arguments of a command that has none: `{}`.
struct NoArguments: Codable {
    enum CodingKeys: CodingKey {}

    init() {}

    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: CodingKeys.self) }
}

/// The arguments of `CREDIT`.
struct CreditArguments: Codable {
    var n: Int

    func checked() throws(WireError) -> Int {
        guard n >= 0 else { throw WireError(400, "bad-args", "a credit of \(n)") }
        return n
    }
}
