internal import TextInput

/// A date within a short line that a reader sees: `Published: 3 December 2009, 4.15pm`, `am 3. Dezember 2009`.
enum ShownDate {
    static func find(in line: String) -> WrittenTime? {
        guard line.contains(where: \.isNumber), line.utf8.count < 160 else { return nil }
        let line = latin(line)
        let words = line.split { $0 == " " || $0 == "|" || $0 == "•" || $0 == "·" || $0 == "(" || $0 == ")" }.map {
            translated(String($0))
        }
        guard words.count <= 24 else { return nil }
        // The longest run of words that is a date.
        for start in words.indices
        where words[start].contains(where: \.isNumber) || months.contains(String(words[start].lowercased().prefix(3))) {
            for end in stride(from: min(words.count, start + 8), to: start, by: -1) {
                let text = words[start..<end].joined(separator: " ")
                guard text.utf8.count >= 8, let time = WrittenTime(text) else { continue }
                if time.year >= 1990, time.year < 2100 { return time }
            }
        }
        return nil
    }

    /// `2024年5月31日 18時00分`, `2024년 5월 31일` as ISO has it.
    private static func latin(_ line: String) -> String {
        guard line.contains(where: { "年년".contains($0) }) else { return line }
        var text = ""
        for character in line {
            switch character {
            case "年", "년", "月", "월": text += "-"
            case "日", "일", "分", "분": text += " "
            case "時", "时", "시": text += ":"
            case " " where text.last == "-": break
            default: text.append(character)
            }
        }
        return text
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The English name of a month, and what else has to change for `WrittenTime`.
    private static func translated(_ word: String) -> String {
        let bare = word.lowercased().filter { $0.isLetter }
        if let month = others[bare] { return month }
        // 4.15pm
        if bare == "pm" || bare == "am", word.contains(".") { return word.lowercased().replacing(".", with: ":") }
        // 17.12, of a clock: of dates there are two dots, or a year.
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }),
            parts[1].count == 2
        {
            return parts.joined(separator: ":")
        }
        return word.lowercased() == "uhr" || word.lowercased() == "de" || word == "kl." ? "at" : word
    }

    private static let others: [String: String] = [
        "januar": "january", "februar": "february", "märz": "march", "maerz": "march", "mai": "may", "juni": "june",
        "juli": "july",
        "oktober": "october", "dezember": "december", "desember": "december", "december": "december",
        "janvier": "january", "février": "february", "mars": "march",
        "avril": "april", "juin": "june", "juillet": "july", "août": "august", "septembre": "september",
        "octobre": "october",
        "novembre": "november", "décembre": "december", "enero": "january", "febrero": "february", "marzo": "march",
        "abril": "april", "mayo": "may", "junio": "june", "julio": "july", "agosto": "august",
        "septiembre": "september",
        "octubre": "october", "noviembre": "november", "diciembre": "december", "gennaio": "january",
        "febbraio": "february",
        "aprile": "april", "maggio": "may", "giugno": "june", "luglio": "july", "settembre": "september",
        "ottobre": "october",
        "dicembre": "december", "janeiro": "january", "fevereiro": "february", "março": "march", "maio": "may",
        "junho": "june",
        "julho": "july", "setembro": "september", "outubro": "october", "novembro": "november", "dezembro": "december",
        "januari": "january", "februari": "february", "maart": "march", "mei": "may", "augustus": "august",
        "maj": "may",
        "augusti": "august",
        "января": "january", "февраля": "february", "марта": "march", "апреля": "april", "мая": "may", "июня": "june",
        "июля": "july", "августа": "august", "сентября": "september", "октября": "october", "ноября": "november",
        "декабря": "december", "січня": "january", "лютого": "february", "березня": "march", "квітня": "april",
        "травня": "may",
        "червня": "june", "липня": "july", "серпня": "august", "вересня": "september", "жовтня": "october",
        "листопада": "november", "грудня": "december", "stycznia": "january", "lutego": "february", "marca": "march",
        "kwietnia": "april", "maja": "may", "czerwca": "june", "lipca": "july", "sierpnia": "august",
        "września": "september",
        "października": "october", "grudnia": "december", "ledna": "january", "února": "february", "března": "march",
        "dubna": "april", "května": "may", "června": "june", "července": "july", "srpna": "august", "září": "september",
        "října": "october", "listopadu": "november", "prosince": "december", "ocak": "january", "şubat": "february",
        "nisan": "april", "mayıs": "may", "haziran": "june", "temmuz": "july", "ağustos": "august",
        "eylül": "september",
        "ekim": "october", "kasım": "november", "aralık": "december",
    ]
}
