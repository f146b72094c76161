/// Whether a text can have been written so, or was read in an encoding that is not its own.
enum Legibility {
    /// Of the characters beyond ASCII, the share that stands where none would: replacement and control characters, signs and capital
    /// letters within words, and letters of two scripts side by side.
    static func faults(in utf8: [UInt8]) -> Double {
        var (all, faults) = (0, 0)
        var last = Kind.other
        var gap = Kind.other
        for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars.prefix(limit) {
            let kind = Kind(scalar)
            if scalar.value >= 0x80 {
                all += 1
                if kind == .broken { faults += 1 }
            }
            switch (last, kind) {
            case (.lower(let script), .upper(let next)) where script == next && script != .latin: faults += 1
            case (.lower(.latin), .upper(.latin)) where scalar.value >= 0x80: faults += 1
            case (.lower(let script), .lower(let next)), (.upper(let script), .lower(let next)),
                (.lower(let script), .upper(let next)), (.upper(let script), .upper(let next)):
                if script != next { faults += 1 }
            // A sign between two letters: of a word that is cut in two.
            case (.sign, .lower), (.sign, .upper): if gap.isLetter { faults += 1 }
            default: break
            }
            if kind == .sign { gap = last }
            last = kind
        }
        return all == 0 ? 0 : Double(faults) / Double(all)
    }

    private static let limit = 100_000

    private enum Script {
        case latin, greek, cyrillic, other
    }

    private enum Kind: Equatable {
        case lower(Script)
        case upper(Script)
        /// What no word has within, such as `¶`, `°` and `»`.
        case sign
        case broken
        case other

        var isLetter: Bool {
            switch self {
            case .lower, .upper: true
            default: false
            }
        }

        init(_ scalar: Unicode.Scalar) {
            let value = scalar.value
            switch value {
            case 0x61...0x7A: self = .lower(.latin)
            case 0x41...0x5A: self = .upper(.latin)
            case 0..<0x80: self = .other
            case 0x80..<0xA0, 0xFFFD, 0xE000...0xF8FF, 0xFF61...0xFF9F: self = .broken
            // Marks that words have: ordinals, the middle dot of Catalan, the soft hyphen, space.
            case 0xA0, 0xAA, 0xAD, 0xB7, 0xBA: self = .other
            case 0xA1..<0xC0, 0xD7, 0xF7: self = .sign
            case 0x2500..<0x25A0: self = .broken
            default:
                guard scalar.properties.isAlphabetic else {
                    self = .other
                    return
                }
                let script: Script =
                    value < 0x370 || (0x1E00..<0x1F00).contains(value)
                    ? .latin
                    : value < 0x400 || (0x1F00..<0x2000).contains(value) ? .greek : value < 0x530 ? .cyrillic : .other
                guard script != .other else {
                    self = .other
                    return
                }
                self = scalar.properties.isUppercase ? .upper(script) : .lower(script)
            }
        }
    }
}
