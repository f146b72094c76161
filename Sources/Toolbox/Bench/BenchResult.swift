/// What was measured.
struct BenchResult {
    let arithmetic: String
    let articles: Int
    let threads: Int
    let seconds: Double
    let processorSeconds: Double
    let words: Double
    let multiplications: Double
    let peak: Double
    /// Seconds for each analysis, in rising order.
    let times: [Double]
    let loading: Double
    let residentBytes: Int

    /// The same for programs; times in milliseconds.
    struct Summary: Encodable {
        var arithmetic: String
        var articles: Int
        var threads: Int
        var seconds: Double
        var processorSeconds: Double
        var wordsPerSecond: Double
        var wordsPerProcessorSecond: Double
        var articlesPerSecond: Double
        var p50: Double
        var p99: Double
        var loading: Double
        var residentBytes: Int
        /// Multiplications a second of processor time, and the most possible; 0 where that is unknown.
        var multiplicationsPerSecond: Double
        var peak: Double
    }

    var summary: Summary {
        Summary(
            arithmetic: arithmetic, articles: articles, threads: threads, seconds: seconds,
            processorSeconds: processorSeconds, wordsPerSecond: words / seconds,
            wordsPerProcessorSecond: words / processorSeconds, articlesPerSecond: Double(articles) / seconds,
            p50: percentile(50), p99: percentile(99), loading: loading * 1000, residentBytes: residentBytes,
            multiplicationsPerSecond: multiplications / processorSeconds, peak: peak)
    }

    /// A line for each figure.
    var text: String {
        let all = summary
        let products = number(all.multiplicationsPerSecond / 1e9)
        let share =
            peak > 0
            ? "\(products) of at most \(number(peak / 1e9)) billion multiplications a second and core: "
                + "\(number(100 * all.multiplicationsPerSecond / peak)) %"
            : "\(products) billion multiplications a second and core"
        return """
            arithmetic   \(arithmetic)
            analysed     \(articles) articles in \(number(seconds)) s by \(threads) thread\(threads == 1 ? "" : "s")
            speed        \(Int(all.wordsPerSecond)) words/s, \(number(all.articlesPerSecond)) articles/s
            of a core    \(Int(all.wordsPerProcessorSecond)) words a second of processor time
            an article   median \(number(all.p50)) ms, 99th of 100 \(number(all.p99)) ms
            loading      \(number(all.loading)) ms
            memory       \(number(Double(residentBytes) / 1e6)) MB resident
            products     \(share)

            """
    }

    private func percentile(_ share: Int) -> Double {
        times.isEmpty ? 0 : times[min(times.count - 1, times.count * share / 100)] * 1000
    }

    private func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
