// The part of Foundation without locale data: it starts faster and is all that is needed.
internal import FoundationEssentials

/// The one way between values and the bytes of JSON.
public enum JSON {
    /// The JSON of a value in UTF-8: keys sorted, no escaped slashes, so that equal values give equal bytes.
    ///
    /// - Throws: `not-encodable` for a number that JSON cannot write, such as infinity.
    public static func encode(_ value: some Encodable) throws(WireError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw WireError(400, "not-encodable", "a \(type(of: value)) cannot be written as JSON: \(error)")
        }
    }

    /// The value that JSON stands for; unknown keys are ignored.
    ///
    /// - Parameters:
    ///   - type: The type wanted.
    ///   - bytes: JSON in UTF-8.
    ///   - limit: The most bytes to accept.
    /// - Returns: The value.
    /// - Throws: The error of `check`, `bad-json` with the place of the fault or the key that an object has twice, or what the
    ///   type itself throws as `WireError`.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], limit: Int = Limits.bodyBytes
    ) throws(WireError) -> Value {
        try check(bytes, limit: limit)
        if let key = RepeatedKey.first(in: bytes) {
            let name = key.name.clipped(to: Limits.topicBytes)
            throw WireError(400, "bad-json", "JSON with the key \"\(name)\" twice in one object, at byte \(key.offset)")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as WireError {
            throw error
        } catch let error as DecodingError {
            throw WireError(400, "bad-json", explain(error, of: bytes))
        } catch {
            throw WireError(400, "bad-json", "JSON that cannot be read: \(error)")
        }
    }

    /// Checks size, UTF-8 and depth in one pass and constant memory, before anything recursive sees the bytes.
    ///
    /// - Throws: `too-big`, `not-utf8`, `too-deep` or `bad-json`.
    public static func check(_ bytes: [UInt8], limit: Int = Limits.bodyBytes) throws(WireError) {
        guard bytes.count <= limit else {
            throw WireError(413, "too-big", "JSON of \(bytes.count) bytes where at most \(limit) are allowed")
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw WireError(400, "not-utf8", "JSON that is not UTF-8 from byte \(error.byteOffsets.lowerBound) on")
        }
        var depth = 0
        var inString = false
        var escaped = false
        for byte in bytes {
            if byte == 0 {
                // Foundation would take text with zero bytes for UTF-16.
                throw WireError(400, "bad-json", "JSON with a zero byte")
            } else if escaped {
                escaped = false
            } else if inString {
                if byte == UInt8(ascii: "\\") { escaped = true }
                if byte == UInt8(ascii: "\"") { inString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): inString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                guard depth >= 0 else {
                    throw WireError(400, "bad-json", "JSON with a bracket closed that none opened")
                }
                guard depth <= Limits.jsonDepth else {
                    throw WireError(400, "too-deep", "JSON with more than \(Limits.jsonDepth) levels")
                }
            }
        }
    }

    /// Checks that bytes are one JSON object, from the first to the last.
    ///
    /// - Throws: `no-object`, or what `decode` throws.
    public static func checkObject(_ bytes: [UInt8]) throws(WireError) {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
            throw WireError(400, "no-object", "it is no JSON object")
        }
        _ = try decode(Anything.self, from: bytes)
    }

    /// Whatever has keys; all of the bytes are read for it.
    private struct Anything: Decodable {}

    private static func explain(_ error: DecodingError, of bytes: [UInt8]) -> String {
        switch error {
        case .keyNotFound(let key, let context): "JSON lacks \(place(context.codingPath + [key]))"
        case .valueNotFound(_, let context): "JSON has null at \(place(context.codingPath))"
        case .typeMismatch(let type, let context): "JSON has no \(type) at \(place(context.codingPath))"
        // Foundation calls a number beyond 64 bits invalid JSON, too, and does not say where it is.
        case .dataCorrupted(let context) where context.codingPath.isEmpty && isWellFormed(bytes):
            WideNumber.first(in: bytes).map { "JSON with a number out of range at \($0.place): \($0.text)" }
                ?? "JSON at the top: \(context.debugDescription)"
        case .dataCorrupted(let context): "JSON at \(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "JSON that cannot be read: \(error)"
        }
    }

    private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil
    }

    private static func place(_ path: [any CodingKey]) -> String {
        let steps = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
        return steps.isEmpty ? "the top" : steps.joined()
    }
}
