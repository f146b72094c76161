#if Postgres
internal import CPostgres

/// What a query gave, in binary format; freed at the end of its life.
package final class PostgresRows {
    let result: OpaquePointer

    /// Takes over a result of libpq.
    init(_ result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// How many rows there are.
    package var count: Int { Int(PQntuples(result)) }

    /// Makes a value of each row.
    package func map<Value>(_ read: (PostgresRow) -> Value) -> [Value] {
        (0..<PQntuples(result)).map { read(PostgresRow(result: result, index: $0)) }
    }

    /// The row at an index from 0 on, which has to be less than `count`.
    package func row(_ index: Int) -> PostgresRow { PostgresRow(result: result, index: Int32(clamping: index)) }

    /// Makes a value of the first row, or nil where there is none.
    package func first<Value>(_ read: (PostgresRow) -> Value) -> Value? {
        count > 0 ? read(PostgresRow(result: result, index: 0)) : nil
    }
}

/// A row of a result; valid as long as the result.
package struct PostgresRow {
    fileprivate let result: OpaquePointer
    fileprivate let index: Int32

    /// The `bigint` in a column, 0 for anything that is none.
    package func integer(_ column: Int32) -> Int64 {
        let bytes = bytes(column)
        return bytes.count == 8 ? Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)) : 0
    }

    /// The string whose UTF-8 is in a column.
    package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The `double precision` in a column, nil for anything that is none.
    package func number(_ column: Int32) -> Double? {
        let bytes = bytes(column)
        guard bytes.count == 8, !isNull(column) else { return nil }
        return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
    }

    /// The bytes in a column.
    func blob(_ column: Int32) -> [UInt8] { Array(bytes(column)) }

    /// Whether a column is null.
    package func isNull(_ column: Int32) -> Bool { PQgetisnull(result, index, column) != 0 }

    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let count = Int(PQgetlength(result, index, column))
        return UnsafeRawBufferPointer(start: PQgetvalue(result, index, column), count: count)
    }
}
#endif
