internal import TextInput
internal import Wire

/// Until when something is not to be published.
struct Embargo {
    /// As it is written; empty where no time is given.
    let written: String

    /// The widest that clocks are behind UTC: a time without a zone has passed everywhere so much later.
    private static let widest: Int64 = 12 * 3_600_000
    private static let day: Int64 = 86_400_000

    /// Whether it stands at a time in milliseconds from 1970; one without a time that can be read always does.
    func stands(at now: Int64) -> Bool {
        guard let time = WrittenTime(written) else { return true }
        // A day alone is embargoed to its end.
        let end = time.sinceEpoch + (time.hasTime ? 0 : Self.day)
        return now < end + (time.hasZone ? 0 : Self.widest)
    }
}

extension ArticleReader {
    /// Refuses what is under an embargo that stands.
    func heed(_ embargo: Embargo?) throws(IngestError) {
        guard let embargo, embargo.stands(at: Timestamp.milliseconds()) else { return }
        let end = TextNormalization.line(embargo.written, limit: 40)
        throw IngestError(
            .embargoed, "it is under embargo\(end.isEmpty ? "" : " until \(end)")", place: place, line: line,
            remedy: "hand it over again when it may be published")
    }
}
