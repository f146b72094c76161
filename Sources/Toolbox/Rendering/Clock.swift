import Wire

/// Times as a person reads them.
enum Clock {
    /// `2024-05-31 08:15:30Z` for a time in RFC 3339; what is no such time stays as it is.
    static func text(_ time: String) -> String {
        guard let milliseconds = Timestamp.parse(time) else { return time }
        let text = Timestamp.format(milliseconds)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))Z"
    }
}
