import Language
import Wire

/// The words of a debate or an interview that stand in paragraphs of their own, without quotation marks.
///
/// Speakers are named by a label ("MODERATOR: …", "Li: …", "A: …", "Q  …"), or the paragraphs answer questions in turn.
struct Transcript {
    /// What one speaker says before another does.
    struct Turn {
        /// The label, without its colon, of a speaker that it names; nil for the one who is interviewed.
        var label: Span?
        /// What is said, a stretch for each paragraph.
        var content: [Span]
        /// An interviewer's question, which is nobody's quote.
        var isQuestion = false
    }

    /// The turns in the order of the text.
    private(set) var turns: [Turn] = []

    /// What of some sentences is furniture after all: a short turn of an interview looks like it.
    ///
    /// - Parameters:
    ///   - sentences: Tokens of the sentences, in order.
    ///   - document: The text.
    /// - Returns: The furniture without what is said.
    func remaining(of sentences: [Range<Int>], in document: Document) -> Furniture {
        let said = turns.flatMap { turn in
            turn.content.enumerated().map { Span($0 == 0 ? turn.label?.start ?? $1.start : $1.start, $1.end) }
        }
        let rest = sentences.filter { sentence in
            guard let span = document.span(sentence) else { return true }
            let next = said.partitioningIndex { $0.end > span.start }
            return next == said.count || said[next].start >= span.end
        }
        return Furniture(rest, in: document)
    }

    /// Fewer turns than this are no conversation.
    private static let leastTurns = 3
    /// Fewer paragraphs that begin with "A:" are no interview.
    private static let leastAnswers = 2

    /// Finds the turns of a text, in linear time.
    ///
    /// - Parameters:
    ///   - document: The text.
    ///   - reading: What the model sees in it.
    ///   - furniture: What is no part of it.
    init(_ document: Document, _ reading: Reading, without furniture: Furniture) {
        // Short questions look like headings, and short answers begin like captions.
        let paragraphs = document.paragraphs.indices.filter {
            let span = document.paragraphs[$0].span
            return !furniture.contains(span.start) || !furniture.contains(span.end - 1)
                || Answers.isQuestion(document, $0)
        }
        let labels = Labels(document, reading, paragraphs)
        turns = labels.isConversation ? labels.turns : Answers(document, paragraphs).turns
        let least = labels.isInterview ? Self.leastAnswers : Self.leastTurns
        if turns.count(where: { !$0.isQuestion }) < least { turns = [] }
    }

    /// Puts the turns among what was found in the text.
    ///
    /// What a turn's speaker attributes to others stays, if it has a cue; anything else in it is the turn itself. What a question says
    /// that the one who is asked said is left to the answer.
    func merged(with attributions: [Attribution], in document: Document) -> [Attribution] {
        guard !turns.isEmpty else { return attributions }
        let places = turns.enumerated().flatMap { index, turn in turn.content.map { (span: $0, turn: index) } }
        func turn(at offset: Int) -> Int? {
            let index = places.partitioningIndex { $0.span.end > offset }
            return index < places.count && places[index].span.start <= offset ? places[index].turn : nil
        }
        var merged = attributions.compactMap { attribution -> Attribution? in
            let home = (attribution.cue.first ?? attribution.content.first).flatMap { turn(at: $0.start) }
            guard attribution.content.contains(where: { turn(at: $0.start) != home }) || home != nil else {
                return attribution
            }
            var attribution = attribution
            attribution.content.removeAll { turn(at: $0.start) != home || turn(at: $0.end - 1) != home }
            if attribution.content.isEmpty || home != nil && attribution.cue.isEmpty { return nil }
            // "You have said that it is late. Why?"
            if let home, turns[home].isQuestion, document.text(attribution.source).lowercased() == "you" { return nil }
            return attribution
        }
        merged += turns.filter { !$0.isQuestion }.map { turn in
            Attribution(
                content: turn.content, cue: [], source: turn.label.map { [$0] } ?? [], confidence: 0.9, isTurn: true)
        }
        // A turn comes before what is said within it.
        return merged.enumerated().sorted {
            ($0.element.start, -$0.element.end, $0.offset) < ($1.element.start, -$1.element.end, $1.offset)
        }.map(\.element)
    }
}

extension Transcript {
    /// Paragraphs that begin with whoever speaks and a colon.
    private struct Labels {
        private struct Labelled {
            var paragraph: Int
            var label: Span
            var key: String
            /// In capitals, as surnames and initials in transcripts are.
            var isUpper: Bool
            var content: Span
        }

        /// The longest label, in tokens, and the longest stretch without one that still belongs to a turn: an opening statement.
        private static let most = (tokens: 12, paragraphs: 8)
        /// Who asks by trade.
        private static let hosts: Set<String> = [
            "chair", "chairman", "host", "interviewer", "judge", "moderator", "presenter", "reporter",
        ]

        private let document: Document
        private let paragraphs: [Int]
        /// Words of people's names in lower case.
        private let people: Set<String>
        private var labelled: [Labelled] = []
        private var counts: [String: Int] = [:]

        init(_ document: Document, _ reading: Reading, _ paragraphs: [Int]) {
            self.document = document
            self.paragraphs = paragraphs
            var people = Set<String>()
            for piece in reading.pieces where piece.name == .person {
                if let token = document.token(at: piece.start), Int(document.tokens[token].start) == piece.start {
                    let word = document.words[token]
                    people.insert(word)
                    // "R-A" is Radu-Abel.
                    let parts = word.split(separator: "-")
                    if parts.count > 1 { people.insert(parts.map { $0.prefix(1) }.joined(separator: "-")) }
                }
            }
            self.people = people
            labelled = paragraphs.compactMap { label(of: $0) }
            for found in labelled { counts[found.key, default: 0] += 1 }
        }

        /// Whether people speak in turn: several, one of them more than once, most of them known as such.
        var isConversation: Bool {
            labelled.count >= Transcript.leastTurns && counts.count >= 2 && counts.values.contains { $0 >= 2 }
                && counts.keys.contains(where: isSpeaker)
                && 2 * Set(labelled.filter { $0.isUpper || isSpeaker($0.key) }.map(\.key)).count >= counts.count
        }

        /// Whether questions and answers are called so.
        var isInterview: Bool { counts["q"] ?? 0 > 1 && counts["a"] ?? 0 > 1 }

        /// The turns, with the questions of whoever interviews.
        var turns: [Turn] {
            let asking = Dictionary(grouping: labelled, by: \.key).filter { key, turns in
                key == "q" || !isSpeaker(key) && 2 * turns.filter(asks).count > turns.count
            }
            return labelled.enumerated().compactMap { index, found in
                if asking[found.key] != nil {
                    return Turn(label: found.label, content: [found.content], isQuestion: true)
                }
                guard isSpeaker(found.key) || found.isUpper || counts[found.key] ?? 0 > 1 else { return nil }
                let next = index + 1 < labelled.count ? labelled[index + 1].paragraph : found.paragraph
                let rest = Range.between(found.paragraph + 1, next)
                let end = rest.count <= Self.most.paragraphs ? rest.last(where: isSpeech).map { $0 + 1 } : nil
                let goesOn = Range.between(rest.lowerBound, end ?? rest.lowerBound).filter { !isDirection($0) }
                return Turn(
                    label: found.key == "a" ? nil : found.label,
                    content: [found.content] + goesOn.map { document.paragraphs[$0].span })
            }
        }

        private func label(of paragraph: Int) -> Labelled? {
            let tokens = document.paragraphs[paragraph].tokens
            if let question = question(paragraph, tokens) { return question }
            guard let colon = tokens.prefix(Self.most.tokens).first(where: { document.tokens[$0].isColon }),
                colon > tokens.lowerBound, colon + 1 < tokens.upperBound,
                document.tokens[colon].shape.contains(.spaceAfter),
                let label = document.span(.between(tokens.lowerBound, colon)),
                let content = document.span(.between(colon + 1, tokens.upperBound))
            else { return nil }
            // "Ann Li, harbour engineer:" is Li.
            let name = (tokens.lowerBound..<colon).prefix {
                !document.tokens[$0].isComma && !document.tokens[$0].isSign("(")
            }
            guard name.count <= 6, document.tokens[tokens.lowerBound].isCapitalized,
                name.allSatisfy({ document.tokens[$0].kind != .terminal && document.tokens[$0].kind != .mark }),
                let last = name.last(where: { document.tokens[$0].isWord })
            else { return nil }
            let words = name.map { document.words[$0] }
            // "The Minister for Rivers (Mr Li):" is Li, too.
            let holder = Range.between(last + 1, colon).last(where: isPerson)
            guard FurnitureWords.labels.isDisjoint(with: words) else { return nil }
            let isUpper = !document.scalars[label.start..<document.tokens[last].span.end].contains {
                $0.properties.isLowercase
            }
            return Labelled(
                paragraph: paragraph, label: label,
                key: isUpper ? words.joined(separator: " ") : document.words[isPerson(last) ? last : holder ?? last],
                isUpper: isUpper, content: content)
        }

        /// A question as press briefings write it: "Q    Is he well?".
        private func question(_ paragraph: Int, _ tokens: Range<Int>) -> Labelled? {
            guard tokens.count > 1, document.words[tokens.lowerBound] == "q",
                document.tokens[tokens.lowerBound].isCapitalized,
                document.tokens[tokens.lowerBound].shape.contains(.spaceAfter),
                document.tokens[tokens.lowerBound + 1].isCapitalized,
                let label = document.span(.between(tokens.lowerBound, tokens.lowerBound + 1)),
                let content = document.span(.between(tokens.lowerBound + 1, tokens.upperBound))
            else { return nil }
            return Labelled(paragraph: paragraph, label: label, key: "q", isUpper: true, content: content)
        }

        private func isPerson(_ token: Int) -> Bool { people.contains(document.words[token]) }

        private func isSpeaker(_ key: String) -> Bool {
            key == "q" || key == "a"
                || key.split(separator: " ").last.map { last in
                    people.contains(String(last)) || Self.hosts.contains(String(last))
                } ?? false
        }

        private func asks(_ turn: Labelled) -> Bool {
            document.scalars[turn.content.start..<turn.content.end].contains("?")
        }

        /// Whether a paragraph without a label is still spoken, and with it those before it: somebody says "I" in it.
        private func isSpeech(_ paragraph: Int) -> Bool {
            document.paragraphs[paragraph].tokens.contains { document.isSpeaking($0) } && !isDirection(paragraph)
        }

        /// A paragraph such as "(Laughter)" or "[Crosstalk]".
        private func isDirection(_ paragraph: Int) -> Bool {
            let first = document.tokens[document.paragraphs[paragraph].tokens.lowerBound]
            return first.isSign("(") || first.isSign("[")
        }
    }

    /// Paragraphs that answer the question before them, in an interview without labels.
    private struct Answers {
        /// The longest question, in tokens.
        private static let longest = 80

        let turns: [Turn]

        init(_ document: Document, _ paragraphs: [Int]) {
            let questions = paragraphs.indices.filter { Self.isQuestion(document, paragraphs[$0]) }
            var turns: [Turn] = []
            var answers = 0
            var spoken = 0
            for (index, question) in questions.enumerated() {
                // Where the last answer ends cannot be told: its first paragraph is one for certain.
                let next = index + 1 < questions.count ? questions[index + 1] : min(question + 2, paragraphs.count)
                let answer = Range.between(question + 1, next).map { document.paragraphs[paragraphs[$0]] }
                guard let first = answer.first,
                    !answer.contains(where: { $0.tokens.contains { document.tokens[$0].kind == .mark } })
                else { continue }
                turns.append(
                    Turn(label: nil, content: [document.paragraphs[paragraphs[question]].span], isQuestion: true))
                turns.append(Turn(label: nil, content: answer.map(\.span)))
                answers += 1
                if first.tokens.contains(where: { document.isSpeaking($0) }) { spoken += 1 }
            }
            // Headings that ask are answered by the article; whoever is interviewed says "I".
            self.turns = 2 * spoken > answers && 2 * answers > questions.count ? turns : []
        }

        static func isQuestion(_ document: Document, _ paragraph: Int) -> Bool {
            let tokens = document.paragraphs[paragraph].tokens
            guard let last = tokens.last, tokens.count <= longest else { return false }
            return document.tokens[last].isSign("?")
                && !tokens.contains { document.tokens[$0].kind == .mark && document.tokens[$0].sign != "'" }
        }
    }
}

extension Document {
    /// Whether a token is "I", "we're" or the like.
    fileprivate func isSpeaking(_ token: Int) -> Bool {
        tokens[token].isWord
            && !SpeakerWordClass.of(String(words[token].prefix { $0 != "'" && $0 != "’" }))
                .isDisjoint(with: [.speaking, .speakingPlural])
    }
}
