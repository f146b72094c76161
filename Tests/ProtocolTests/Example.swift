import Foundation
import Testing
import Wire

/// Any JSON, to be compared without regard to the order of keys and the way numbers are written.
indirect enum Value: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let array = try? container.decode([Value].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .number(let number) where number == number.rounded() && abs(number) < 1e15:
            try container.encode(Int64(number))
        case .number(let number): try container.encode(number)
        case .string(let string): try container.encode(string)
        case .array(let array): try container.encode(array)
        case .object(let object): try container.encode(object)
        }
    }
}

/// A message in a file of `protocols/examples`: a frame is a string, or JSON, or one of two notations for odd bytes.
struct Example: Sendable, Decodable {
    enum WireProtocol: String, Sendable, Decodable {
        case stream
        case mark
        case control
        case ingest
        case pool
    }

    var title: String
    var `protocol`: WireProtocol
    var frames: [Value]
    /// Code and reason of the error, for one that is malformed.
    var code: Int?
    var reason: String?

    /// The bytes of the frames.
    func bytes() throws -> [Frame] {
        try frames.map { frame in
            switch frame {
            case .string(let text): return Array(text.utf8)
            case .object(let object):
                if case .string(let digits)? = object["$hex"] { return try Example.bytes(hexadecimal: digits) }
                if case .string(let text)? = object["$fill"], case .number(let count)? = object["count"] {
                    return Array(String(repeating: text, count: Int(count)).utf8)
                }
                return try JSON.encode(frame)
            default: return try JSON.encode(frame)
            }
        }
    }

    /// What the frames say once they were decoded and encoded again.
    func throughWire() throws -> [Frame] {
        let frames = try bytes()
        return switch `protocol` {
        case .stream: try StreamMessage(frames: frames).frames()
        case .mark: try Mark(frames: frames).frames()
        case .control: try ControlMessage(frames: frames).frames()
        case .ingest: try IngestMessage(frames: frames).frames()
        case .pool: try PoolMessage(frames: frames).frames()
        }
    }

    private static func bytes(hexadecimal digits: String) throws -> Frame {
        let characters = Array(digits)
        return try stride(from: 0, to: characters.count - 1, by: 2).map { index in
            guard let byte = UInt8(String(characters[index...index + 1]), radix: 16) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return byte
        }
    }
}

extension Example {
    /// The folder `protocols`.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "protocols")

    /// Paths of the valid examples below `protocols/examples`.
    static func files() throws -> [String] {
        let examples = folder.appending(path: "examples")
        return try ["streams", "control", "ingest", "pool"].flatMap { group in
            try FileManager.default.contentsOfDirectory(atPath: examples.appending(path: group).path)
                .filter { $0.hasSuffix(".json") }.sorted().map { "\(group)/\($0)" }
        }
    }

    /// Reads a valid example.
    static func read(_ file: String) throws -> Example {
        try JSONDecoder().decode(Example.self, from: Data(contentsOf: folder.appending(path: "examples/" + file)))
    }

    /// Reads the malformed examples.
    static func malformed() throws -> [Example] {
        try JSONDecoder().decode(
            [Example].self, from: Data(contentsOf: folder.appending(path: "examples/malformed.json")))
    }

    /// Reads the examples in `nwp-1.md`: fenced blocks that begin with ```` ```json nwp:<protocol> ````.
    static func documented() throws -> [Example] {
        let text = try String(contentsOf: folder.appending(path: "nwp-1.md"), encoding: .utf8)
        return try text.components(separatedBy: "\n```json nwp:").dropFirst().map { block in
            let lines = block.split(separator: "\n", maxSplits: 1)
            let body = try #require(lines.last).components(separatedBy: "\n```")
            return Example(
                title: "example in nwp-1.md", protocol: try #require(WireProtocol(rawValue: String(lines[0]))),
                frames: try JSONDecoder().decode([Value].self, from: Data(try #require(body.first).utf8)))
        }
    }
}
