import Board
import ZeroMQ
import Wire

/// The status of a service for a person.
struct StatusText {
    let layout: Layout

    /// The status, with rates since an earlier look.
    func rendered(_ status: ServiceStatus, since earlier: ServiceStatus?) -> String {
        var head = StyledText()
        head.add(status.service, .strong)
        head.add("\(status.endpoint)", .faint)
        guard case .success(let (report, samples)) = status.answer else {
            if case .failure(.refused(let why)) = status.answer {
                head.add(why, .alert)
            } else {
                head.add(
                    "does not answer: is it running, is this its control endpoint, and are the keys right?", .alert)
            }
            return folded(head)
        }
        if report.waits.isEmpty, report.stuck.isEmpty { head.add("ready", .name) }
        for wait in report.waits { head.add("not ready: \(wait)", .alert) }
        for loop in report.stuck { head.add("stuck: \(loop)", .alert) }
        if let seconds = samples["onrecord_up_seconds"] { head.add("up \(StatusFacts.span(seconds))", .faint) }
        return StatusFacts.of(status, since: earlier).reduce(folded(head)) { text, fact in
            var line = StyledText()
            line.add(fact.name, .faint)
            line.add(fact.words, fact.isAlert ? .alert : .plain)
            return text + line.folded(width: layout.width, indent: 2, hanging: 4, isColored: layout.isColored)
        }
    }

    private func folded(_ text: StyledText) -> String {
        text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
    }
}
