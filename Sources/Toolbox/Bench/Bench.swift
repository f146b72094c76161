import Extraction
import Ingest
import Language
import Service
import Synchronization
import Wire
import ZeroMQ

/// `onrecord bench extraction`: how fast this machine reads.
struct Bench {
    let configuration: BenchConfiguration
    let console: Console

    /// Loads, measures and reports; blocks.
    /// - Returns: `dataError` where there was nothing to analyse.
    /// - Throws: `ModelError`, an `ExtractionError` or what the console throws.
    func run() throws -> ExitCode {
        let clock = ContinuousClock()
        let articles = self.articles()
        guard !articles.isEmpty else {
            console.remark("no article to measure with")
            return .dataError
        }
        let start = clock.now
        let extractor = try EnglishExtractor()
        let loading = clock.now - start
        for article in articles { _ = try JSON.encode(extractor.analyze(article)) }  // warms caches, and fails early
        let (begun, processor) = (clock.now, ProcessStatus.processorTime)
        let times = analyze(articles, with: extractor)
        let (wall, used) = (clock.now - begun, ProcessStatus.processorTime - processor)
        let rounds = Double(times.count) / Double(articles.count)
        let scalars = articles.map { Array($0.body.unicodeScalars) }
        let result = BenchResult(
            arithmetic: extractor.reader.arithmetic, articles: times.count, threads: configuration.threads,
            seconds: wall / .seconds(1), processorSeconds: used / .seconds(1),
            words: rounds * Double(articles.map { $0.body.split(whereSeparator: \.isWhitespace).count }.reduce(0, +)),
            multiplications: rounds * Double(scalars.map(extractor.reader.multiplications).reduce(0, +)),
            peak: extractor.reader.peak(), times: times.sorted(), loading: loading / .seconds(1),
            residentBytes: ProcessStatus.residentBytes ?? 0)
        switch configuration.format {
        case .text: try console.write(Array(result.text.utf8))
        case .jsonLines: try console.write(JSONLine.line(of: try JSON.encode(result.summary)))
        }
        return .ok
    }

    private func articles() -> [Article] {
        var intake = Intake(configuration.paths.isEmpty ? ["-"] : configuration.paths)
        var articles: [Article] = []
        while true {
            switch intake.next(waitingAtMost: .seconds(60)) {
            case .article(let incoming) where incoming.withdrawal != nil: break
            case .article(let incoming): articles.append(incoming.article)
            case .remark(let place, let text), .note(_, let place, let text): console.remark("\(place): \(text)")
            case .failure(let error): console.remark(error.description)
            case .ignored(let place, let reason): console.remark("\(place): not read, since it is \(reason)")
            case .hidden, .idle: continue
            case .end: return articles
            }
        }
    }

    /// Seconds that each analysis took, by as many threads as configured: each takes the next article, in turn.
    private func analyze(_ articles: [Article], with extractor: EnglishExtractor) -> [Double] {
        let clock = ContinuousClock()
        let end = clock.now + configuration.time
        let turn = Mutex((next: 0, times: [Double]()))
        let work: @Sendable () -> Void = {
            while let number = turn.withLock({ turn -> Int? in
                guard turn.next < articles.count || turn.next % articles.count != 0 || clock.now < end else {
                    return nil
                }
                defer { turn.next += 1 }
                return turn.next
            }) {
                let article = articles[number % articles.count]
                let time = clock.measure { _ = try? JSON.encode(extractor.analyze(article)) }
                turn.withLock { $0.times.append(time / .seconds(1)) }
            }
        }
        let others = (1..<configuration.threads).compactMap { _ in try? DedicatedThread(named: "bench", work) }
        work()
        for other in others { other.join() }
        return turn.withLock { $0.times }
    }
}
