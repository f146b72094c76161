/// Newspapers, agencies and broadcasters, which report what others say.
enum Media {
    /// Whether a body is one, by its name or by what it is called.
    static func isMedium(_ name: String, role: String?) -> Bool {
        var words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        if words.first == "the" { words.removeFirst() }
        if names.contains(words.joined(separator: " ")) || words.last.map(endings.contains) ?? false { return true }
        let role = role?.lowercased().split { !$0.isLetter }.map(String.init) ?? []
        return role.contains(where: isNoun) || role.contains("news") && role.contains("agency")
    }

    /// Whether a noun tells what a newspaper or broadcaster is.
    static func isNoun(_ word: String) -> Bool { nouns.contains(word) }

    private static let names: Set<String> = [
        "abc", "afp", "agence france-presse", "agence france presse", "al arabiya", "al jazeera", "ansa", "anadolu",
        "ap", "associated press", "axios", "bbc", "bloomberg", "buzzfeed", "cbc", "cbs", "cctv", "cnbc", "cnn", "dpa",
        "efe", "fox news", "guardian", "interfax", "irna", "isna", "itv", "kyodo", "le monde", "lusa", "msnbc", "nbc",
        "nhk", "npr", "nrk", "pbs", "politico", "press association", "pti", "reuters", "ria novosti", "rnz", "rte",
        "sky", "spiegel", "tass", "upi", "vox", "wikinews", "xinhua", "yonhap",
    ]
    private static let endings: Set<String> = [
        "chronicle", "courier", "examiner", "gazette", "globe", "guardian", "herald", "independent", "journal", "mail",
        "mirror", "news", "newspaper", "observer", "post", "press", "radio", "standard", "telegraph", "television",
        "times", "tribune", "tv", "weekly",
    ]
    private static let nouns: Set<String> = [
        "broadcaster", "daily", "magazine", "newspaper", "paper", "tabloid", "weekly",
    ]
}
