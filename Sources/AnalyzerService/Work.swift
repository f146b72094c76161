import Extraction
import Pool
import Wire

/// What a worker does with a message: article event in, analysis event out.
struct Work: Sendable {
    let extractor: any Extractor

    /// The analysis of the article in `message`, or why there is none.
    func outcome(of message: StreamMessage) -> WorkerSession.Outcome {
        do throws(WireError) {
            let event = try JSON.decode(CloudEvent<Article>.self, from: message.body)
            return try analyze(event)
        } catch {
            return .failure(.invalid, code: error.reason, text: error.message)
        }
    }

    private func analyze(_ event: CloudEvent<Article>) throws(WireError) -> WorkerSession.Outcome {
        let analysis: Analysis
        do throws(ExtractionError) {
            analysis = try extractor.analyze(event.data)
        } catch {
            return .failure(.invalid, code: error.code.rawValue, text: error.message)
        }
        let result = CloudEvent(of: analysis, from: event, source: "urn:onrecord:analyzer", time: Timestamp.now())
        return .result(id: analysis.id, body: try JSON.encode(result))
    }
}
