import Service
import Wire

/// Writes analyses, one after the other, in a format.
struct AnalysisWriter {
    let format: AnalysisFormat
    /// The check-worthiness from which a person sees a claim.
    private let least: Double
    private var isBegun = false

    init(format: AnalysisFormat, selection: Selection) {
        self.format = format
        least = selection.leastWorth ?? AnalysisText.least
    }

    /// An analysis as it is written.
    /// - Parameters:
    ///   - event: The event that carries it.
    ///   - time: When it was published, or nil where it never was.
    ///   - layout: What a person's view is fitted to.
    /// - Returns: Lines.
    /// - Throws: `WireError` where it cannot be written.
    mutating func bytes(
        of event: CloudEvent<Analysis>, time: String?, layout: @autoclosure () -> Layout
    ) throws(WireError) -> [UInt8] {
        defer { isBegun = true }
        switch format {
        case .text: return Array(AnalysisText.render(event.data, time: time, from: least, layout: layout()).utf8)
        case .jsonLines: return JSONLine.line(of: try JSON.encode(event))
        case .csv: return Array(((isBegun ? "" : ClaimTable.header) + ClaimTable.rows(event.data)).utf8)
        case .linkedData: return JSONLine.line(of: try LinkedData.line(event.data))
        }
    }

    /// What is to be said beside the output of what an analysis does not tell: nothing where the output itself has it.
    func remarks(on analysis: Analysis, isShown: Bool = true) -> [String] {
        switch format {
        case .text, .jsonLines: if isShown { return [] }
        case .csv, .linkedData: break
        }
        return (analysis.remarks ?? []).map { "\(analysis.article.uri): not all of it is told: \($0.text)" }
    }
}
