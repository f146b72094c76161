/// The bounds that every decoder enforces, so that no peer can make a process hold more than it can bear.
public enum Limits {
    /// Frames in a message, routing identity left out.
    public static let frames = 8
    /// Bytes of a body; also the largest frame that a socket takes (`ZMQ_MAXMSGSIZE`).
    public static let bodyBytes = 8 * 1024 * 1024
    /// Bytes of a frame that a reader of streams takes, so that it can say which message is too large.
    public static let unreadFrameBytes = 64 * 1024 * 1024
    /// Bytes of a frame that a server of streams takes, whose clients have nothing long to say.
    public static let requestFrameBytes = 16 * 1024
    /// Bytes of an article that a program hands to a producer.
    public static let putBytes = 1024 * 1024
    /// Bytes of a position or mark.
    public static let positionBytes = 2 * 1024
    /// Bytes of a command's arguments.
    public static let argumentBytes = 8 * 1024
    /// Bytes of a command's name.
    public static let commandBytes = 16
    /// Bytes of the identifier of a control request.
    public static let requestBytes = 16
    /// Bytes of the identifier of a pool task.
    public static let taskBytes = 64
    /// Bytes of a topic.
    public static let topicBytes = 200
    /// Arrays and objects within one another in JSON.
    public static let jsonDepth = 16
    /// UTF-8 bytes of an explanatory text in an error; longer ones are cut.
    public static let textBytes = 1024
}
