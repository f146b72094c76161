import Service
import Testing

@Suite struct OSStringTests {
    @Test(
        arguments: [
            [], Array("plain é 😀".utf8), [0xE9], [0x61, 0xC3], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBE, 0x80],
            [0xED, 0xA0, 0x80],
            [0xC0, 0x80, 0xFF], [0xF0, 0x9F, 0x98], Array(0x80...0xFF),
        ] as [[UInt8]])
    func `keeps any bytes`(bytes: [UInt8]) {
        #expect(OSString.bytes(of: OSString.string(of: bytes)) == bytes)
    }

    @Test func `leaves UTF-8 as it is, and shows what is not`() {
        #expect(OSString.string(of: Array("é😀".utf8)) == "é😀")
        #expect(OSString.shown(OSString.string(of: [0x61, 0xE9, 0x0A, 0x1B])) == #"a\xE9\x0A\x1B"#)
    }
}
