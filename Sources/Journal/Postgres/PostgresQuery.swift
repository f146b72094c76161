#if Postgres
/// A statement and its parameters, in the binary format of PostgreSQL's protocol.
///
/// All strings are `bytea`: any string goes in, even one with a zero, and they compare byte by byte in every locale.
package struct PostgresQuery {
    /// The statement, with `$1`, `$2` … for the parameters.
    package let sql: String
    /// The parameters.
    package let parameters: [[UInt8]]

    /// Bytes of all parameters.
    var bytes: Int { parameters.reduce(0) { $0 + $1.count } }

    /// Creates a query.
    package init(_ sql: String, _ parameters: [UInt8]...) {
        self.init(sql, list: parameters)
    }

    /// Creates a query with as many parameters as there are.
    package init(_ sql: String, list parameters: [[UInt8]]) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// The binary format of parameters: integers in network order, arrays with a header.
package enum PostgresFormat {
    /// A `bigint`.
    package static func integer(_ value: Int64) -> [UInt8] { bigEndian(value) }

    /// A name as it stands in a statement.
    package static func identifier(_ name: String) -> String {
        let isPlain =
            !name.isEmpty && name.first?.isNumber == false
            && name.utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
    }

    /// A `bytea` that holds a string's UTF-8.
    package static func text(_ value: String) -> [UInt8] { Array(value.utf8) }

    /// A `bigint[]`.
    package static func integers(_ values: [Int64]) -> [UInt8] {
        array(of: 20, count: values.count, bytes: values.count * 12) { buffer in
            for value in values { append(bigEndian(value), to: &buffer) }
        }
    }

    /// A `bytea[]` that holds the UTF-8 of strings.
    static func texts(_ values: [String]) -> [UInt8] {
        array(of: 17, count: values.count, bytes: values.reduce(0) { $0 + $1.utf8.count + 4 }) { buffer in
            for value in values {
                buffer += bigEndian(Int32(clamping: value.utf8.count))
                buffer += value.utf8
            }
        }
    }

    /// A `bytea[]`.
    static func blobs(_ values: [[UInt8]]) -> [UInt8] {
        array(of: 17, count: values.count, bytes: values.reduce(0) { $0 + $1.count + 4 }) { buffer in
            for value in values { append(value, to: &buffer) }
        }
    }

    /// A `text[]`; a zero, which PostgreSQL has in no text, becomes a replacement character.
    package static func strings(_ values: [String?]) -> [UInt8] {
        optionals(of: 25, values.map { $0.map { Array(string($0).utf8) } })
    }

    /// A `bigint[]` with nulls.
    package static func integers(_ values: [Int64?]) -> [UInt8] { optionals(of: 20, values.map { $0.map(bigEndian) }) }

    /// A `double precision[]`.
    package static func reals(_ values: [Double?]) -> [UInt8] {
        optionals(of: 701, values.map { $0.map { bigEndian($0.bitPattern) } })
    }

    /// A `text`.
    package static func string(_ value: String) -> String {
        // The search for a string in a string is generic, and slow.
        value.utf8.contains(0) ? value.replacing("\0", with: "\u{FFFD}") : value
    }

    /// A `double precision`.
    package static func real(_ value: Double) -> [UInt8] { bigEndian(value.bitPattern) }

    private static func optionals(of type: Int32, _ values: [[UInt8]?]) -> [UInt8] {
        array(of: type, count: values.count, bytes: values.reduce(0) { $0 + ($1?.count ?? 0) + 4 }) { buffer in
            for value in values {
                if let value { append(value, to: &buffer) } else { buffer += bigEndian(Int32(-1)) }
            }
        }
    }

    private static func array(
        of type: Int32, count: Int, bytes: Int, _ fill: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(20 + bytes)
        // The server looks at each length, whatever this says.
        let hasNulls: Int32 = 0
        let dimensions: [Int32] = count == 0 ? [] : [Int32(clamping: count), 1]
        for field in [count == 0 ? 0 : 1, hasNulls, type] + dimensions { buffer += bigEndian(field) }
        fill(&buffer)
        return buffer
    }

    private static func append(_ value: [UInt8], to buffer: inout [UInt8]) {
        buffer += bigEndian(Int32(clamping: value.count))
        buffer += value
    }

    private static func bigEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
#endif
