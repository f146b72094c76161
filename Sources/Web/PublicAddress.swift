/// Which addresses of the internet protocols are on the public internet, after IANA's registries of special ones.
enum PublicAddress {
    /// Whether 4 or 16 bytes are a public address; others are none.
    static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: !isSpecial(bytes)
        case 16: isPublic6(bytes)
        default: false
        }
    }

    private static let special: [(network: [UInt8], bits: Int)] = [
        ([0, 0, 0, 0], 8), ([10, 0, 0, 0], 8), ([100, 64, 0, 0], 10), ([127, 0, 0, 0], 8), ([169, 254, 0, 0], 16),
        ([172, 16, 0, 0], 12),
        ([192, 0, 0, 0], 24), ([192, 0, 2, 0], 24), ([192, 88, 99, 0], 24), ([192, 168, 0, 0], 16),
        ([198, 18, 0, 0], 15),
        ([198, 51, 100, 0], 24), ([203, 0, 113, 0], 24), ([224, 0, 0, 0], 4), ([240, 0, 0, 0], 4),
    ]

    private static func isSpecial(_ bytes: [UInt8]) -> Bool {
        special.contains { network, bits in
            (0..<bits).allSatisfy { bit in (bytes[bit / 8] ^ network[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0 }
        }
    }

    private static func isPublic6(_ bytes: [UInt8]) -> Bool {
        // An address of version 4 in one of version 6: mapped, translated (NAT64), or tunnelled (6to4).
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return isPublic(Array(bytes[12...]))
        }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B]), bytes[4..<12].allSatisfy({ $0 == 0 }) {
            return isPublic(Array(bytes[12...]))
        }
        if bytes.starts(with: [0x20, 0x02]) { return isPublic(Array(bytes[2..<6])) }
        // Only 2000::/3 is given to anybody, and of it 2001::/23 and 2001:db8::/32 to nobody's servers.
        return bytes[0] & 0xE0 == 0x20 && !(bytes.starts(with: [0x20, 0x01]) && bytes[2] < 2)
            && !bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8])
    }
}
