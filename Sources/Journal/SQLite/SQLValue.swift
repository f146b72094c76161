/// A value bound to a parameter of an SQL statement.
package enum SQLValue {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case real(Double)
    case null

    /// A text, or null.
    package static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
}
