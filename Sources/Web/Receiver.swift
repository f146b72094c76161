internal import CWeb
internal import TextInput

/// What the callbacks of one request fill.
final class Receiver {
    private let limit: Int
    /// Which addresses may be connected to; nil for all.
    private let allowed: AllowedAddresses?
    /// Whether what has a media type is wanted.
    private let accepts: @Sendable (String) -> Bool
    private var status: Substring = ""
    private(set) var body: [UInt8] = []
    private(set) var headers: [String: String] = [:]
    private(set) var isTooBig = false
    private(set) var isUnwanted = false
    /// An address that was not to be connected to.
    private(set) var refused: [UInt8]?

    init(limit: Int, allowed: AllowedAddresses?, accepts: @escaping @Sendable (String) -> Bool) {
        self.limit = limit
        self.allowed = allowed
        self.accepts = accepts
    }

    /// The media type in lower case, or "".
    var type: String { (headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } }

    /// The encoding that the type names, or nil.
    var charset: String? {
        let type = (headers["content-type"] ?? "").lowercased()
        guard let found = type.firstRange(of: "charset=") else { return nil }
        return String(type[found.upperBound...].filter { !"\"' ".contains($0) }.prefix { $0 != ";" })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Receiver? {
        context.map { Unmanaged<Receiver>.fromOpaque($0).takeUnretainedValue() }
    }

    static let takeBody: web_receive = { bytes, size, count, context in
        guard let receiver = Receiver.of(context), let bytes else { return 0 }
        if receiver.body.isEmpty, receiver.status == "200", !receiver.accepts(receiver.type) {
            receiver.isUnwanted = true
            return 0
        }
        let room = receiver.limit - receiver.body.count
        UnsafeRawBufferPointer(start: bytes, count: min(size * count, room)).withMemoryRebound(to: UInt8.self) {
            receiver.body += $0
        }
        if size * count > room { receiver.isTooBig = true }
        return receiver.isTooBig ? 0 : size * count
    }

    static let takeHeader: web_receive = { bytes, size, count, context in
        guard let receiver = Receiver.of(context), let bytes else { return 0 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            receiver.headers = [:]
            receiver.status = line.split(separator: " ").dropFirst().first?.prefix(3) ?? ""
        }
        if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), receiver.headers.count < 200 {
            let value = line[colon...].dropFirst().filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
            receiver.headers[line[..<colon].lowercased()] = TextNormalization.line(String(value), limit: 1_000)
        }
        return size * count
    }

    static let openSocket: web_open = { context, _, address in
        guard let receiver = Receiver.of(context), let address else { return -1 }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(web_address_bytes(address, &bytes))
        if let allowed = receiver.allowed, !allowed.contains(Array(bytes[..<count]), port: web_port(address)) {
            receiver.refused = Array(bytes[..<count])
            return -1
        }
        return web_socket(address)
    }
}
