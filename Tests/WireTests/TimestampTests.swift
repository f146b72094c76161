import Testing
import Wire

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_714_566_896_789, "2024-05-01T12:34:56.789Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    ])
    func `a time is written and read back`(milliseconds: Int64, text: String) {
        #expect(Timestamp.format(milliseconds) == text)
        #expect(Timestamp.parse(text) == milliseconds)
    }

    @Test(arguments: [
        ("2024-05-01T12:34:56Z", 1_714_566_896_000), ("2024-05-01t12:34:56.7z", 1_714_566_896_700),
        ("2024-05-01 14:34:56.789123+02:00", 1_714_566_896_789), ("2024-05-01T07:04:56-05:30", 1_714_566_896_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ])
    func `the other forms of RFC 3339 are read`(text: String, milliseconds: Int64) {
        #expect(Timestamp.parse(text) == milliseconds)
    }

    @Test(arguments: [
        "", "2024", "2024-05-01", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-00-01T00:00:00Z",
        "2024-05-00T00:00:00Z", "2024-05-01T24:00:00Z", "2024-05-01T12:60:00Z", "2024-05-01T12:00:00",
        "2024-05-01T12:00:00.Z",
        "2024-05-01T12:00:00Z ", "2024-05-01T12:00:00+25:00", "+024-05-01T12:00:00Z", "２024-05-01T12:00:00Z",
    ])
    func `what is no time is nil`(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test(arguments: [Int64.min, .max])
    func `times out of range are clamped`(milliseconds: Int64) {
        #expect(Timestamp.format(milliseconds).utf8.count == 24)
    }

    @Test func `now is after this was written`() throws {
        let now = Timestamp.now()
        #expect(now > "2024-01-01T00:00:00.000Z")
        #expect(try #require(Timestamp.parse(now)) <= Timestamp.milliseconds())
    }
}
