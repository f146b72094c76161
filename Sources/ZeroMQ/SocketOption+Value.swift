extension SocketOption {
    /// A value in the form that libzmq takes.
    enum Value: Sendable {
        case flag(Bool)
        case integer(Int, least: Int)
        case long(Int64, least: Int64)
        case duration(Duration)
        case seconds(Duration)
        case bytes([UInt8])
        case key(String)

        /// The bytes to hand to libzmq for the option `name`.
        func encoded(for name: String) throws(ZeroMQError) -> [UInt8] {
            switch self {
            case .flag(let isOn): return Self.bytes(of: Int32(isOn ? 1 : 0))
            case .integer(let number, let least):
                guard number >= least, let value = Int32(exactly: number) else {
                    throw ZeroMQError(invalid: "set \(name)", "\(number) is not from \(least) to \(Int32.max)")
                }
                return Self.bytes(of: value)
            case .long(let number, let least):
                guard number >= least else {
                    throw ZeroMQError(invalid: "set \(name)", "\(number) is less than \(least)")
                }
                return Self.bytes(of: number)
            case .duration(let time): return try Self.integer(time.milliseconds, of: time, for: name)
            case .seconds(let time): return try Self.integer(time.milliseconds.map { $0 / 1000 }, of: time, for: name)
            case .bytes(let bytes): return bytes
            case .key(let text): return Array(try CurveKeys.validated(text, as: "key", for: "set \(name)").utf8) + [0]
            }
        }

        private static func integer(_ count: Int32?, of time: Duration, for name: String) throws(ZeroMQError) -> [UInt8]
        {
            guard let count else {
                throw ZeroMQError(invalid: "set \(name)", "\(time) is not from 0 to \(Int32.max) ms")
            }
            return bytes(of: count)
        }

        private static func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
            withUnsafeBytes(of: number) { Array($0) }
        }
    }
}

extension Duration {
    /// This many milliseconds, rounded up, or nil where that is negative or beyond `Int32`.
    var milliseconds: Int32? {
        guard self >= .zero else { return nil }
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return overflow ? nil : Int32(exactly: whole.addingReportingOverflow(part).partialValue)
    }
}
