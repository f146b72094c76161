import Wire

/// What was handed to a producer and is not acknowledged yet: decides what is sent when, without sockets or clocks.
///
/// Articles are sent in their order. After an answer that asks to repeat, or none at all, the conversation begins anew with HELLO, and
/// everything that is not acknowledged is sent again.
struct PutWindow {
    /// An article on its way.
    struct Item: Sendable, Hashable {
        /// Where it was read, for messages.
        var place: String
        /// The item in JSON.
        var bytes: [UInt8]
    }

    /// What an answer tells.
    enum News: Sendable, Hashable {
        /// The article is durable; these parts of it were left out.
        case published(Item, remarks: [String])
        /// It was there before; what is to be said of that.
        case known(Item, remarks: [String])
        /// It is refused for good.
        case refused(Item, ErrorReply)
        /// The producer takes nothing for the moment.
        case putOff(ErrorReply)
        /// The producer does not talk to this client.
        case rejected(ErrorReply)
        /// The producer ends; another may begin.
        case ended
    }

    /// Bytes of articles on their way at most.
    static let bytes = 16 << 20

    private var items: [(number: UInt64, item: Item)] = []
    private var held = 0
    /// Items of `items` that were sent in this conversation.
    private var sent = 0
    private var next: UInt64 = 1
    private var credit = 0
    private var limit = Int.max
    private var isOpen = false

    /// Articles that are not acknowledged.
    var count: Int { items.count }

    /// Whether the producer has said WELCOME.
    var isWelcome: Bool { isOpen }

    /// Whether another article may be read: the window has room.
    var hasRoom: Bool { isOpen && items.count < credit && held < Self.bytes }

    /// Adds an article behind the others; false for one that is larger than the producer takes.
    mutating func add(_ item: Item) -> Bool {
        guard item.bytes.count <= limit else { return false }
        items.append((next, item))
        next += 1
        held += item.bytes.count
        return true
    }

    /// The next message to be sent, if any may be.
    mutating func toSend() -> IngestMessage? {
        guard isOpen, sent < min(items.count, credit) else { return nil }
        let (number, item) = items[sent]
        sent += 1
        return IngestMessage(request: Self.request(number), .put(IngestMessage.Put(), article: item.bytes))
    }

    /// Begins a new conversation: HELLO is to be sent, and after WELCOME everything that is not acknowledged.
    mutating func begin() {
        isOpen = false
        sent = 0
    }

    /// Takes an answer; nil for one that tells nothing new.
    mutating func receive(_ message: IngestMessage) -> News? {
        switch message.command {
        case .welcome(let welcome):
            isOpen = true
            credit = welcome.credit
            limit = welcome.bytes
            return nil
        case .ack(let ack):
            guard let item = settle(message.request) else { return nil }
            let remarks = ack.remarks ?? []
            return ack.known == true ? .known(item, remarks: remarks) : .published(item, remarks: remarks)
        case .error(let error):
            if error.code == 401 || error.code == 403 || error.code == 426 { return .rejected(error) }
            if error.retry ?? (error.code == 429 || error.code == 503) {
                return isOpen || sent == 0 ? .putOff(error) : nil
            }
            return settle(message.request).map { .refused($0, error) }
        case .bye: return .ended
        case .hello, .put, .ping, .pong: return nil
        }
    }

    /// Takes out the item of a request.
    private mutating func settle(_ request: [UInt8]) -> Item? {
        guard let place = items.prefix(sent).firstIndex(where: { Self.request($0.number) == request }) else {
            return nil
        }
        let item = items.remove(at: place).item
        sent -= 1
        held -= item.bytes.count
        return item
    }

    private static func request(_ number: UInt64) -> [UInt8] { Array(String(number, radix: 36).utf8) }
}
