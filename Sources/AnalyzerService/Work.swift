import Extraction
import Pool
import Service
import Wire

/// What a worker does with a message: article event in, analysis event out; notices are passed on.
struct Work: Sendable {
    let extractor: any Extractor
    let log: Log
    let metrics: Metrics

    /// The analysis of the article in `message`, or why there is none.
    func outcome(of message: StreamMessage) -> WorkerSession.Outcome {
        do throws(WireError) {
            if try Topic(message.topic).isNotice {
                return try pass(JSON.decode(CloudEvent<Notice>.self, from: message.body))
            }
            let event = try JSON.decode(CloudEvent<Article>.self, from: message.body)
            return try analyze(event, n: message.position.n)
        } catch {
            return .failure(.invalid, code: error.reason, text: error.message)
        }
    }

    private func analyze(_ event: CloudEvent<Article>, n: Int64) throws(WireError) -> WorkerSession.Outcome {
        let analysis: Analysis
        let start = ContinuousClock.now
        do throws(ExtractionError) {
            analysis = try extractor.analyze(event.data)
        } catch {
            return .failure(.invalid, code: error.code.rawValue, text: error.message)
        }
        let time = ContinuousClock.now - start
        metrics.histogram("onrecord_analysis_seconds", help: "Time that articles took to be analysed here.").record(
            time)
        log.debug(
            "article analysed",
            [
                "uri": event.data.uri, "n": n, "id": analysis.id, "traceparent": event.traceparent ?? "",
                "quotes": analysis.quotes.count, "claims": analysis.claims.count, "ms": Int(time / .milliseconds(1)),
            ])
        for remark in analysis.remarks ?? [] {
            metrics.counter(
                "onrecord_remarks_total", ["code": remark.code], help: "Remarks on what analyses do not tell."
            ).increment()
            log.limited(
                "remark \(remark.code)", .info, "not all of an article is told",
                ["uri": event.data.uri, "n": n, "code": remark.code, "reason": remark.text])
        }
        let result = CloudEvent(
            of: analysis, from: event, n: n, source: "urn:onrecord:analyzer", time: Timestamp.now())
        return .result(id: analysis.id, body: try JSON.encode(result))
    }

    /// Tells readers of results what happened to an article, for a head of an earlier release: others pass notices on themselves.
    private func pass(_ notice: CloudEvent<Notice>) throws(WireError) -> WorkerSession.Outcome {
        let passed = CloudEvent(
            passing: notice, of: extractor.pipeline.identity, source: "urn:onrecord:analyzer", time: Timestamp.now())
        return .result(id: passed.id, body: try JSON.encode(passed))
    }
}
