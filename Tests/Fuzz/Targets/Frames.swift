import Wire

/// What a peer sends: frames, which the input separates by the byte 1E.
enum Frames {
    static func split(_ input: [UInt8]) -> [Frame] {
        input.split(separator: 0x1E, omittingEmptySubsequences: false).map(Array.init)
    }

    /// What decodes is the same after another round.
    static func round<Message: Equatable>(
        _ input: [UInt8], _ decode: ([Frame]) throws(WireError) -> Message,
        _ encode: (Message) throws(WireError) -> [Frame]
    ) {
        guard let message = try? decode(split(input)) else { return }
        do {
            let again = try decode(encode(message))
            require(again == message, "\(message) is \(again) after another round")
        } catch {
            require(error.code == 413, "\(message) decodes, and not again: \(error)")
        }
    }

    static let control: Fuzz.Target = { input in
        _ = ControlMessage.request(in: split(input))
        round(input) { (frames) throws(WireError) in
            try ControlMessage(frames: frames)
        } _: { (message) throws(WireError) in
            try message.frames()
        }
    }

    static let pool: Fuzz.Target = { input in
        round(input) { (frames) throws(WireError) in
            try PoolMessage(frames: frames)
        } _: { (message) throws(WireError) in
            try message.frames()
        }
    }

    static let stream: Fuzz.Target = { input in
        round(input) { (frames) throws(WireError) in
            try StreamMessage(frames: frames)
        } _: { (message) throws(WireError) in
            try message.frames()
        }
    }

    static let mark: Fuzz.Target = { input in
        round(input) { (frames) throws(WireError) in
            try Mark(frames: frames)
        } _: { (message) throws(WireError) in
            try message.frames()
        }
    }
}
