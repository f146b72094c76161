import TestKit
import Testing
import TextInput

@Suite struct UnicodeDecoderTests {
    static let text = "a“ж𝔘\u{0}z"

    static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap {
            isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
        }
    }

    static func utf32(_ text: String, isBig: Bool) -> [UInt8] {
        ([0xFEFF] + text.unicodeScalars.map(\.value)).flatMap { value in
            let bytes = (0..<4).map { UInt8(value >> (8 * $0) & 255) }
            return isBig ? bytes.reversed() : bytes
        }
    }

    @Test(arguments: [
        utf16(text, isBig: false), utf16(text, isBig: true), utf32(text, isBig: false), utf32(text, isBig: true),
    ])
    func `reads what comes in pieces of any size`(bytes: [UInt8]) {
        for size in 1...bytes.count {
            var decoder = UnicodeDecoder()
            var read: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                read += decoder.decode(bytes[start..<min(start + size, bytes.count)])
            }
            read += decoder.decode([], isLast: true)
            #expect(String(decoding: read, as: UTF8.self) == Self.text)
        }
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x3D, 0xD8, 0x61, 0], "\u{fffd}a"), ([0xFE, 0xFF, 0xDC, 0, 0, 0x61, 7], "\u{fffd}a\u{fffd}"),
            ([0xFF, 0xFE, 0x3D, 0xD8], "\u{fffd}"), ([0, 0, 0xFE, 0xFF, 0, 0x11, 0, 0], "\u{fffd}"),
            ([0xFF, 0xFE], ""),
            ([], ""), (Array("plain".utf8), "plain"),
        ] as [([UInt8], String)])
    func `replaces what is no character`(bytes: [UInt8], text: String) {
        var decoder = UnicodeDecoder()
        #expect(String(decoding: decoder.decode(bytes, isLast: true), as: UTF8.self) == text)
    }
}
