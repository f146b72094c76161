import Language
import Wire

/// Makes quotes of attributions: snaps them to quotation marks and joins what goes on behind the cue or in the next
/// paragraph.
struct QuoteAssembly {
    private let document: Document
    private let quotations: [Quotation]
    private let unsaid: Unsaid

    /// - Parameters:
    ///   - document: The text.
    ///   - quotations: Its quotations, in order.
    init(_ document: Document, _ quotations: [Quotation]) {
        self.document = document
        self.quotations = quotations
        unsaid = Unsaid(document)
    }

    /// The final attributions, in the order of the text.
    func assemble(_ attributions: [Attribution], sentences: [Sentence]) -> [Attribution] {
        var result = attributions.filter { !isHeading($0) && !unsaid.holds($0) }.map { tidied(snapped(whole($0))) }
            .filter { !isName($0) && !isToll($0) && !isBare($0) }.flatMap(parted)
        result.sort { $0.start < $1.start }
        return joined(BrokenQuotations(document: document, quotations: quotations).mend(result), sentences)
    }

    /// "Explainer: why bills rise" has nobody who explains, and "The council: • Voted …" lists what it did.
    private func isHeading(_ attribution: Attribution) -> Bool {
        guard let cue = attribution.cue.first, !document.hasLetter(in: cue),
            !attribution.content.contains(where: { Mark(document.scalars[$0.start]) != nil })
        else { return false }
        let source = document.text(attribution.source).lowercased()
        // "Sources: minister to resign" has somebody.
        if FurnitureWords.labels.contains(source), !source.hasPrefix("source") { return true }
        let next = document.paragraphs.partitioningIndex { $0.span.end > cue.start }
        guard next < document.paragraphs.count else { return false }
        return attribution.content.allSatisfy { $0.start >= document.paragraphs[next].span.end }
    }

    /// An article alone says nothing: the reader cuts some phrases in two.
    private func isBare(_ attribution: Attribution) -> Bool {
        attribution.content.allSatisfy { ["a", "an", "the"].contains(document.text([$0]).lowercased()) }
    }

    /// "The storm has claimed 14 lives", "Li claimed her third title": nobody says that.
    private func isToll(_ attribution: Attribution) -> Bool {
        guard attribution.cue.contains(where: { document.text([$0]).lowercased().hasSuffix("claimed") }),
            let content = attribution.content.first, attribution.content.count == 1,
            let first = document.token(at: content.start)
        else { return false }
        let end = document.token(at: content.end) ?? document.tokens.count
        return !["that", "to"].contains(document.words[first]) && document.tokens[first].kind != .mark
            && Range.between(first, min(end, first + Self.longestToll)).contains {
                Self.tolls.contains(document.words[$0])
            }
    }

    /// What is claimed without a word, and the words that it may take to name it.
    private static let tolls: Set<String> = [
        "bronze", "crown", "gold", "life", "lives", "medal", "medals", "silver", "title", "titles", "trophy", "victory",
        "wicket", "wickets", "win",
    ]
    private static let longestToll = 6

    /// Sources of whole words: the reader's pieces may end within one.
    private func whole(_ attribution: Attribution) -> Attribution {
        var attribution = attribution
        attribution.source = attribution.source.map { span in
            guard span.end > span.start, let after = document.token(at: span.end), after > 0 else { return span }
            let token = document.tokens[after - 1]
            guard Int(token.end) > span.end, Int(token.start) < span.end else { return span }
            // Of "mum's" the mum, of "they're" they.
            if document.scalars[span.end].isApostrophe { return span }
            if document.scalars[span.end - 1].isApostrophe {
                return Span(span.start, max(span.start + 1, span.end - 1))
            }
            return Span(span.start, token.isPossessive ? Int(token.end) - 2 : Int(token.end))
        }
        return attribution
    }

    /// Whether it only tells what somebody or something is called: a man who goes by the name “Biscuit”.
    private func isName(_ attribution: Attribution) -> Bool {
        guard attribution.content.count == 1, let span = attribution.content.first,
            let first = document.token(at: span.start)
        else { return false }
        var mark = first
        // "The name “Biscuit”" may be taken whole.
        while mark < first + 4, mark < document.tokens.count, document.tokens[mark].kind != .mark { mark += 1 }
        guard mark > 0, let index = quotation(at: span.end - 1), quotations[index].tokens.lowerBound == mark,
            quotations[index].words <= Self.longestName
        else { return false }
        // "They named their robot “Robogee”."
        if quotations[index].words <= Self.longestGiven, let cue = attribution.cue.last,
            Self.naming.contains(document.text([cue]).lowercased())
        {
            return true
        }
        let colon = document.tokens[mark - 1].isColon ? 2 : 1
        return mark >= colon && Self.naming.contains(document.words[mark - colon])
    }

    private static let naming: Set<String> = ["entitled", "name", "named", "nickname", "nicknamed", "titled"]
    private static let longestName = 8
    private static let longestGiven = 3

    /// Takes whole each quotation of which the fragments inside it hold more than half, with its marks.
    private func snapped(_ attribution: Attribution) -> Attribution {
        var covered: [Int: Int] = [:]
        let homes = attribution.content.map { span -> Int? in
            guard let index = quotation(at: span.start) ?? quotation(at: span.end - 1) else { return nil }
            let marks = quotations[index].span
            guard span.start >= marks.start, span.end <= marks.end else { return nil }
            // A closing mark is missing: “The bridge is old, said Ann Li.
            if attribution.cue.contains(where: { $0.start >= marks.start && $0.end <= marks.end }) { return nil }
            covered[index, default: 0] += span.count
            return index
        }
        var attribution = attribution
        var content: [Span] = []
        for (span, home) in zip(attribution.content, homes) {
            guard let home, 2 * (covered[home] ?? 0) > quotations[home].span.count else {
                content.append(span)
                continue
            }
            if content.last != quotations[home].span { content.append(quotations[home].span) }
        }
        attribution.content = content
        return attribution
    }

    /// Makes one of what only white space parts, and lets go of stretches of mere function words: "a … that … “an act”".
    private func tidied(_ attribution: Attribution) -> Attribution {
        func isMark(_ offset: Int) -> Bool { Mark(document.scalars[offset]) != nil }
        var content: [Span] = []
        for span in attribution.content {
            if let last = content.last, last.end < span.start, !isMark(last.end - 1) || !isMark(span.start),
                document.scalars[last.end..<span.start].allSatisfy({ CharacterClass($0) == .space })
            {
                content[content.count - 1].end = span.end
            } else {
                content.append(span)
            }
        }
        var attribution = attribution
        // "Li said 12 had died but | declined to say who": the reader may take the link in.
        if let last = content.last, let link = document.token(at: last.end).map({ $0 - 1 }), link > 0,
            ["and", "but", "yet"].contains(document.words[link]), Int(document.tokens[link].start) > last.start,
            Int(document.tokens[link].end) == last.end
        {
            content[content.count - 1].end = Int(document.tokens[link - 1].end)
        }
        let telling = content.filter { isMark($0.start) || !isFunction($0) }
        attribution.content = telling.isEmpty ? content : telling
        return attribution
    }

    /// A question and the answer in the next paragraph, which the reader takes for one speech: “Did you look?” asked Ms Li.
    private func parted(_ attribution: Attribution) -> [Attribution] {
        guard asks(attribution) else { return [attribution] }
        func paragraph(_ span: Span) -> Int { document.paragraphs.partitioningIndex { $0.span.end > span.start } }
        let answer = attribution.content.indices.dropFirst().first { index in
            let (question, next) = (attribution.content[index - 1], attribution.content[index])
            return question.count > 2 && document.scalars[question.end - 2] == "?"
                && Mark(document.scalars[question.end - 1]) != nil && Mark(document.scalars[next.start]) != nil
                && paragraph(next) == paragraph(question) + 1
        }
        guard let answer else { return [attribution] }
        var (first, second) = (attribution, attribution)
        first.content = Array(attribution.content[..<answer])
        second.content = Array(attribution.content[answer...])
        (second.cue, second.source, second.isReply) = ([], [], true)
        return [first, second]
    }

    private func asks(_ attribution: Attribution) -> Bool {
        attribution.cue.contains { ["ask", "asked", "asks"].contains(document.text([$0]).lowercased()) }
    }

    private func isFunction(_ span: Span) -> Bool {
        document.text(span).split(whereSeparator: \.isWhitespace).allSatisfy { word in
            !SpeakerWordClass.of(word.lowercased().filter(\.isLetter)).isDisjoint(with: .small)
        }
    }

    /// The quotation that covers `offset`, or nil.
    private func quotation(at offset: Int) -> Int? {
        let index = firstQuotation(endingAfter: offset)
        return index < quotations.count && quotations[index].span.start <= offset ? index : nil
    }

    /// Gives whole spoken sentences without a cue of their own to the quote before them.
    private func joined(_ attributions: [Attribution], _ sentences: [Sentence]) -> [Attribution] {
        var result: [Attribution] = []
        var next = 0
        /// The quote that spoken sentences go on, and the paragraph and sentence where it was last.
        var current: (quote: Int, paragraph: Int, sentence: Int)?
        for (index, sentence) in sentences.enumerated() {
            guard let span = document.span(sentence.tokens) else { continue }
            let first = result.count
            while next < attributions.count, attributions[next].start < span.end {
                result.append(attributions[next])
                next += 1
            }
            let spoken = spokenOnly(sentence)
            if result.count == first, !spoken.isEmpty {
                let spans = spoken.map { quotations[$0].span }
                if let before = current, index == before.sentence + 1,
                    answers(sentence, before.paragraph, result[before.quote])
                        || goesBack(sentence, before.paragraph, before.quote, result)
                {
                    let rest = result[before.quote].content.filter { $0.end <= spans[0].start }
                    if !rest.isEmpty { result[before.quote].content = rest }
                    result.append(
                        Attribution(content: spans, cue: [], source: [], confidence: Fitted.uncued, isReply: true))
                    current = (result.count - 1, sentence.paragraph, index)
                } else if let current, continues(sentence, current, index) {
                    if result[current.quote].content.last.map({ $0.end <= spans[0].start }) ?? false {
                        result[current.quote].content += spans
                    }
                } else if spoken.reduce(0, { $0 + quotations[$1].words }) >= 5 {
                    result.append(Attribution(content: spans, cue: [], source: [], confidence: Fitted.uncued))
                    current = (result.count - 1, sentence.paragraph, index)
                }
                if let quote = current?.quote { current = (quote, sentence.paragraph, index) }
            } else if let quote = Range.between(first, result.count).last(where: { endsInSpeech(result[$0]) }) {
                current = (quote, sentence.paragraph, index)
            } else {
                current = nil
            }
        }
        result += attributions[next...]
        return result
    }

    /// The quotations of a sentence that consists of nothing else.
    private func spokenOnly(_ sentence: Sentence) -> [Int] {
        var spoken: [Int] = []
        for unit in sentence.units {
            switch unit {
            case .quotation(let index): spoken.append(index)
            case .token(let index):
                if document.tokens[index].kind == .word || document.tokens[index].kind == .number { return [] }
            }
        }
        return spoken
    }

    /// Whether a spoken sentence goes on the quote before it: next to it, or at the start of the next paragraph.
    ///
    /// Whether the quotation before was closed makes no difference: many papers close each paragraph's.
    private func continues(
        _ sentence: Sentence, _ current: (quote: Int, paragraph: Int, sentence: Int), _ index: Int
    ) -> Bool {
        current.sentence == index - 1 && sentence.paragraph - current.paragraph <= 1
    }

    /// Whether a spoken sentence answers the question before it, as in an examination: “Did you read them?” asked Ms Li.
    private func answers(_ sentence: Sentence, _ paragraph: Int, _ question: Attribution) -> Bool {
        guard sentence.paragraph == paragraph + 1, let last = question.content.last,
            let mark = quotation(at: last.start),
            !quotations[mark].isOpen, quotations[mark].span == last, last.count > 2,
            document.scalars[last.end - 2] == "?"
        else { return false }
        return asks(question)
    }

    /// Whether a spoken sentence goes on an exchange of question and answer: it asks again, or answers what was asked.
    private func goesBack(_ sentence: Sentence, _ paragraph: Int, _ before: Int, _ quotes: [Attribution]) -> Bool {
        guard sentence.paragraph == paragraph + 1, before > 0, let span = document.span(sentence.tokens),
            let last = quotes[before].content.last(where: { $0.end <= span.start }),
            let mark = quotation(at: last.start), !quotations[mark].isOpen, quotations[mark].span.end == last.end
        else { return false }
        if asks(span) {
            let isAnswer =
                quotes[before - 1].content.last.map(asks) ?? false
                || quotes[before].cue.contains { Self.answering.contains(document.text([$0]).lowercased()) }
            return isAnswer && !asks(last)
        }
        return quotes[before].isReply && asks(last)
    }

    private static let answering: Set<String> = ["answered", "answers", "replied", "replies"]

    /// Whether a stretch ends with a question mark, and perhaps a quotation mark.
    private func asks(_ span: Span) -> Bool { document.scalars[span.start..<span.end].suffix(2).contains("?") }

    private func endsInSpeech(_ attribution: Attribution) -> Bool {
        guard let last = attribution.content.last, let index = quotation(at: last.start) else { return false }
        return quotations[index].span.start == last.start && quotations[index].span.end <= last.end
    }

    /// Direct where all words stand between quotation marks, indirect where none does.
    func kind(of content: [Span]) -> Analysis.QuoteKind {
        var inside = 0
        var total = 0
        for span in content {
            total += inked(span.start, span.end)
            var index = firstQuotation(endingAfter: span.start)
            while index < quotations.count, quotations[index].span.start < span.end {
                inside += inked(
                    max(span.start, quotations[index].span.start), min(span.end, quotations[index].span.end))
                index += 1
            }
        }
        if inside == 0 { return .indirect }
        return inside >= total ? .direct : .mixed
    }

    /// The code points between two offsets that are no white space.
    private func inked(_ start: Int, _ end: Int) -> Int {
        document.scalars[start..<end].count { CharacterClass($0) != .space && CharacterClass($0) != .lineEnd }
    }

    private func firstQuotation(endingAfter offset: Int) -> Int {
        quotations.partitioningIndex { $0.span.end > offset }
    }
}
