/// A type that an option's text can be turned into.
public protocol OptionValue: Sendable {
    /// Reads a value from its text.
    /// - Throws: `OptionValueError` that says what is expected instead.
    init(parsing text: String) throws(OptionValueError)

    /// The value as it would be typed, or nil where there is none to show.
    var optionText: String? { get }

    /// Every possible text, for help and completion; empty where there are too many.
    static var choices: [String] { get }
}

extension OptionValue {
    /// No fixed choices.
    public static var choices: [String] { [] }
}

/// Why a text is no value of an option: completes the sentence "'12x' …", such as "is not a whole number".
public struct OptionValueError: Error, Hashable {
    /// The rest of the sentence.
    public var message: String

    /// Creates an error.
    public init(_ message: String) {
        self.message = message
    }
}

extension String: OptionValue {
    /// Any text but the empty one.
    public init(parsing text: String) throws(OptionValueError) {
        guard !text.isEmpty else { throw OptionValueError("is empty") }
        self = text
    }

    /// The text itself.
    public var optionText: String? { isEmpty ? nil : self }
}

extension Int: OptionValue {
    /// A whole number in decimal digits.
    public init(parsing text: String) throws(OptionValueError) {
        guard let number = Int(text) else { throw OptionValueError("is not a whole number") }
        self = number
    }

    /// Its decimal digits.
    public var optionText: String? { String(self) }
}

extension Bool: OptionValue {
    /// `true`, `yes`, `on`, `1`, or `false`, `no`, `off`, `0`.
    public init(parsing text: String) throws(OptionValueError) {
        switch text.lowercased() {
        case "true", "yes", "on", "1": self = true
        case "false", "no", "off", "0": self = false
        default: throw OptionValueError("is neither true nor false")
        }
    }

    /// `true` or `false`.
    public var optionText: String? { String(self) }

    /// `true` and `false`.
    public static var choices: [String] { ["true", "false"] }
}

extension Optional: OptionValue where Wrapped: OptionValue {
    /// A value of the wrapped type.
    public init(parsing text: String) throws(OptionValueError) {
        self = .some(try Wrapped(parsing: text))
    }

    /// The wrapped value's text, nil for no value.
    public var optionText: String? { flatMap(\.optionText) }

    /// The choices of the wrapped type.
    public static var choices: [String] { Wrapped.choices }
}

extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// One of the cases, by its raw value.
    public init(parsing text: String) throws(OptionValueError) {
        guard let value = Self(rawValue: text) else {
            throw OptionValueError("is not one of \(Self.choices.joined(separator: ", "))")
        }
        self = value
    }

    /// The raw value.
    public var optionText: String? { rawValue }

    /// The raw values of all cases.
    public static var choices: [String] { allCases.map(\.rawValue) }
}
