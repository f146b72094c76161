/// Where the services meet when they are told nothing: the loopback interface of one machine.
public enum DefaultEndpoint {
    /// Articles, live.
    public static let rawPublish = "tcp://127.0.0.1:5556"
    /// Articles, by FETCH.
    public static let rawControl = "tcp://127.0.0.1:5557"
    /// Articles that other programs hand over; off unless it is asked for.
    public static let ingest = "tcp://127.0.0.1:5558"
    /// Results and dead letters, live.
    public static let resultsPublish = "tcp://127.0.0.1:5566"
    /// Results and dead letters, by FETCH.
    public static let resultsControl = "tcp://127.0.0.1:5567"
    /// Workers.
    public static let pool = "tcp://127.0.0.1:5568"
}
