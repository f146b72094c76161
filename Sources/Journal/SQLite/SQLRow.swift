internal import CSQLite

/// The current row of a query; valid until the next one.
package struct SQLRow {
    private let statement: OpaquePointer

    /// The row that `statement` stands at.
    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    /// The integer in a column; 0 for anything that is none.
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    /// The text in a column, with broken UTF-8 repaired.
    package func text(_ column: Int32) -> String {
        guard let characters = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: characters, count: count), as: UTF8.self)
    }

    /// The number in a column; nil where there is none.
    package func number(_ column: Int32) -> Double? {
        sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : sqlite3_column_double(statement, column)
    }

    /// The bytes in a column.
    package func blob(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
