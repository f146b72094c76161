import Presentation
import Service
import Sink
import Wire

/// `onrecord search`: what a database of `onrecord sink` holds.
struct SearchSink {
    let configuration: SearchConfiguration
    let console: Console

    /// Shows what is found.
    /// - Returns: Whether that was anything.
    /// - Throws: `ToolError`, or what the console throws.
    func run() throws -> ExitCode {
        let place = SinkPlace(path: configuration.words.first ?? "")
        do {
            return try place.reading { try show(place.reader(isPatient: true)) }
        } catch let error as SinkSearch.Vague {
            throw ToolError("\(error)", remedy: "say more of the name", .usage)
        }
    }

    private func show(_ sink: consuming SinkReader) throws -> ExitCode {
        var sink = sink
        var search = configuration.search
        search.words = Array(configuration.words.dropFirst())
        if configuration.speakers {
            let speakers = try sink.speakers(search)
            for speaker in speakers { try show(speaker) { Self.line(speaker) } }
            return speakers.isEmpty ? ExitCode(rawValue: 1) : .ok
        }
        let passages = try sink.passages(search)
        for passage in passages { try show(passage) { Self.line(passage) } }
        return passages.isEmpty ? ExitCode(rawValue: 1) : .ok
    }

    private func show(_ value: some Encodable, _ line: () -> StyledText) throws {
        guard configuration.format == .text else { return try console.write(JSONLine.line(of: JSON.encode(value))) }
        let layout = console.layout()
        try console.write(
            Array(line().folded(width: layout.width, hanging: 2, isColored: layout.isColored).utf8))
    }

    /// `2024-05-01 Mara Lindqvist (harbour master): “…” [direct] Headline URI`; an act other than a statement stands behind the kind.
    private static func line(_ passage: SinkPassage) -> StyledText {
        var line = StyledText()
        line.add(String(passage.date.prefix(10)), .faint)
        if passage.kind == "claim" { line.add("claim \(Score.text(passage.score ?? 0))", .alert) }
        line.add(passage.speaker ?? "the article", .name)
        if let role = passage.role { line.add("(\(role))") }
        if let person = passage.person, let rule = passage.rule, person != passage.speaker {
            line.add("= \(person) [\(rule)]", .faint)
        }
        line.attach(":")
        line.add(passage.text)
        if passage.kind == "quote" { line.add(form: passage.form, act: passage.act) }
        line.add(passage.headline, .strong)
        line.add(passage.uri, .faint)
        return line
    }

    /// `2024-05-01 Mara Lindqvist: 12 quotes, 3 claims`.
    private static func line(_ speaker: SinkSpeaker) -> StyledText {
        var line = StyledText()
        line.add(String(speaker.last.prefix(10)), .faint)
        line.add(speaker.speaker, .name)
        line.attach(":")
        line.add("\(speaker.quotes) quotes, \(speaker.claims) claims")
        for spelling in speaker.spellings ?? [] where spelling.name != speaker.speaker {
            line.add(
                "= \(spelling.name)\(spelling.source.isEmpty ? "" : " in \(spelling.source)") [\(spelling.rule)]",
                .faint)
        }
        return line
    }
}
