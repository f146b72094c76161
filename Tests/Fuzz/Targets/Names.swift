import Wire
@testable import ZeroMQ

/// Short texts with a grammar.
enum Names {
    /// Topics, segments, times: what is made of any text is valid.
    static let names: Fuzz.Target = { input in
        let text = String(decoding: input, as: UTF8.self)
        if let topic = try? Topic(text) { require(topic.text == text, "\(topic)") }
        let made = Topic.raw(language: text, source: text)
        require((try? Topic(made.text)) == made, "the topic \(made) is none")
        if let time = Timestamp.parse(text) {
            require(Timestamp.parse(Timestamp.format(time)) == time, "\(text) is \(Timestamp.format(time))")
        }
    }

    /// Keys and endpoints, as configuration files hold them.
    static let keys: Fuzz.Target = { input in
        let text = String(decoding: input, as: UTF8.self)
        if let bytes = Z85.decode(text) { require(Z85.encode(bytes) == text, "another key for \(text)") }
        if let endpoint = try? Endpoint(text) { require(!endpoint.description.isEmpty, "\(endpoint)") }
    }
}
