/// One line of a log before it is written.
public struct LogEntry: Sendable, Hashable {
    /// A named value.
    public struct Field: Sendable, Hashable {
        /// The name.
        public var key: String
        /// The value, as it came: escaped only when written.
        public var value: String
        /// Whether it is a number, which programs are to read as one.
        public var isNumber: Bool

        /// Creates a field.
        public init(key: String, value: String, isNumber: Bool = false) {
            self.key = key
            self.value = value
            self.isNumber = isNumber
        }
    }

    /// When it happened, in milliseconds since the start of 1970.
    public var milliseconds: Int64
    /// How much it matters.
    public var level: LogLevel
    /// What happened.
    public var message: String
    /// The details, in order.
    public var fields: [Field]

    /// Creates a line.
    public init(milliseconds: Int64, level: LogLevel, message: String, fields: [Field] = []) {
        self.milliseconds = milliseconds
        self.level = level
        self.message = message
        self.fields = fields
    }

    /// The value of the first field with this name, or nil.
    public subscript(key: String) -> String? { fields.first { $0.key == key }?.value }
}
