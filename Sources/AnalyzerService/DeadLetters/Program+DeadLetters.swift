import Delivery
import Pool
public import Service
import Wire

extension Program {
    /// The program `analyzer`: the service, and what operators do about its dead letters and its journal.
    public static var analyzer: Program {
        Program(
            AnalyzerConfiguration.command,
            programs: [deadLetters, BackupConfiguration.program(of: "analyzer", state: AnalyzerConfiguration().state)]
        ) { invocation in
            if invocation.configuration.checkConfig {
                var check = ConfigurationCheck(invocation.configuration.security)
                if invocation.configuration.join == nil {
                    check.journal(
                        invocation.configuration.journal ?? invocation.configuration.state, of: "analyzer",
                        restored: invocation.configuration.restored)
                }
                return try check.conclude("analyzer")
            }
            let log = Log(level: invocation.configuration.log)
            return try Analyzer(invocation.configuration, log: log, reloaded: { try invocation.reloaded() }).run()
        }
    }

    private static var deadLetters: Program {
        Program(
            "analyzer dlq", summary: "see dead letters, try their articles again or give them up",
            discussion: """
                An article of which no analysis can be made becomes a dead letter in the stream dlq. These commands work on \
                the journal itself, whether the analyzer runs or not; what they order is carried out within a second, or \
                when it is started.
                """, version: Release.version,
            programs: [
                Program(DeadLetterConfiguration.list) { try list($0.configuration) },
                Program(DeadLetterConfiguration.show) { try show($0.configuration) },
                Program(DeadLetterConfiguration.requeue) { try order(.requeue, $0.configuration) },
                Program(DeadLetterConfiguration.drop) { try order(.drop, $0.configuration) },
            ])
    }

    private static func list(_ configuration: DeadLetterConfiguration) throws -> ExitCode {
        try DeadLetterDesk(at: configuration.journal ?? configuration.state).forEach { item in
            guard configuration.all || item.state == .open else { return true }
            try Output.standard.write(configuration.json ? Line(item).json : Line(item).plain)
            return true
        }
        return .ok
    }

    private static func show(_ configuration: DeadLetterConfiguration) throws -> ExitCode {
        let desk = try DeadLetterDesk(at: configuration.journal ?? configuration.state)
        for number in configuration.numbers.compactMap({ Int64($0) }) {
            let line = JSONLine.line(of: try JSON.encode(desk.item(number).letter))
            try Output.standard.write(String(decoding: line, as: UTF8.self))
        }
        return .ok
    }

    private static func order(
        _ action: LetterOrder.Action, _ configuration: DeadLetterConfiguration
    ) throws -> ExitCode {
        let desk = try DeadLetterDesk(at: configuration.journal ?? configuration.state)
        var code = ExitCode.ok
        var done = 0
        let take: (DeadLetterDesk.Item) throws -> Void = { item in
            do {
                try desk.order(action, item)
                done += 1
            } catch let error as DeadLetterError {
                try Output.error.write("analyzer dlq: \(error)\n")
                code = error.exitCode
            }
        }
        if configuration.all {
            try desk.forEach { item in
                if item.state == .open { try take(item) }
                return true
            }
        } else {
            for number in configuration.numbers.compactMap({ Int64($0) }) { try take(try desk.item(number)) }
        }
        let what = action == .drop ? "given up" : "to be analysed again"
        try Output.standard.write("\(done) dead letter\(done == 1 ? "" : "s") \(what)\n")
        return code
    }
}

/// A dead letter in one line.
private struct Line: Encodable {
    var n: Int64
    var time: String
    var state: String
    var code: String
    var text: String
    var attempts: Int
    var uri: String?
    var id: String

    init(_ item: DeadLetterDesk.Item) {
        n = item.n
        time = item.time
        state = item.state.rawValue
        code = item.letter.code
        text = item.letter.text
        attempts = item.letter.attempts.count
        uri = item.letter.uri
        id = item.letter.id
    }

    /// One JSON object that a terminal may show.
    var json: String {
        get throws { String(decoding: JSONLine.line(of: try JSON.encode(self)), as: UTF8.self) }
    }

    /// `3 2024-05-31T08:15:30.000Z open worker-lost after 5 attempts: TEXT (URI)`, nothing of which commands a terminal.
    var plain: String {
        let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        return Printable.line(
            "\(n) \(time) \(state) \(code) after \(tries): \(text) (\(uri ?? "no article could be read"))")
            + "\n"
    }
}
