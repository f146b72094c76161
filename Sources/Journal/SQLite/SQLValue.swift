/// A value bound to a parameter of an SQL statement.
package enum SQLValue {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}
