/// One row of a command's option table: a flag's name, what it means and the property it sets.
///
/// From the row come parsing, help, shell completion, the environment variable and the configuration file's key.
public struct Option<Configuration: Sendable>: Sendable {
    /// How many values an option takes.
    enum Arity: Sendable { case flag, value, list }

    /// The long name without dashes, such as `publish`.
    public let name: String
    /// What the value is called in help, such as `ENDPOINT`; empty for a flag.
    public let metavariable: String
    /// One or more sentences for help.
    public let help: String
    /// How the value is completed.
    public let completion: Completion
    /// Whether the value may be the name of a file that is not UTF-8, in the form of `OSString`.
    private(set) var takesAnyBytes = false
    let arity: Arity
    let assign: @Sendable (inout Configuration, [String]) throws(InvalidValue) -> Void
    let defaultText: @Sendable (Configuration) -> String?

    /// A text that cannot be the option's value.
    struct InvalidValue: Error {
        var text: String
        var message: String
    }

    /// What a shell offers for the value.
    public enum Completion: Sendable, Hashable {
        /// Nothing.
        case none
        /// Names of files and folders.
        case files
        /// Names of folders.
        case folders
        /// One of these words.
        case choices([String])
    }
}

extension Option {
    /// The option for a value whose reader opens it by `OSString`, so that it may have any bytes.
    public var anyBytes: Option {
        var option = self
        option.takesAnyBytes = true
        return option
    }

    /// An option with one value: `--name VALUE`.
    /// - Parameters:
    ///   - name: The long name without dashes.
    ///   - metavariable: What the value is called in help.
    ///   - property: The property that it sets; its value in the defaults is the default shown.
    ///   - completion: What a shell offers; the type's choices if nil.
    ///   - help: What it means.
    /// - Returns: The option.
    public static func value<Value: OptionValue>(
        _ name: String, _ metavariable: String, _ property: any WritableKeyPath<Configuration, Value> & Sendable,
        completion: Completion? = nil, help: String
    ) -> Option {
        Option(
            name: name, metavariable: metavariable, help: help,
            completion: completion ?? .offering(Value.choices), arity: .value,
            assign: { configuration, texts throws(InvalidValue) in
                for text in texts { configuration[keyPath: property] = try parsed(text) }
            },
            defaultText: { $0[keyPath: property].optionText })
    }

    /// An option with one whole number within a range: `--name N`.
    /// - Parameters:
    ///   - name: The long name without dashes.
    ///   - metavariable: What the value is called in help.
    ///   - property: The property that it sets; its value in the defaults is the default shown.
    ///   - range: The numbers allowed.
    ///   - help: What it means.
    /// - Returns: The option.
    public static func value(
        _ name: String, _ metavariable: String, _ property: any WritableKeyPath<Configuration, Int> & Sendable,
        in range: ClosedRange<Int>, help: String
    ) -> Option {
        Option(
            name: name, metavariable: metavariable, help: help, completion: .none, arity: .value,
            assign: { configuration, texts throws(InvalidValue) in
                for text in texts {
                    let number: Int = try parsed(text)
                    guard range.contains(number) else {
                        throw InvalidValue(
                            text: text, message: "is not between \(range.lowerBound) and \(range.upperBound)")
                    }
                    configuration[keyPath: property] = number
                }
            },
            defaultText: { $0[keyPath: property].optionText })
    }

    /// An option with one value of any type, read by a function: `--name VALUE`.
    /// - Parameters:
    ///   - name: The long name without dashes.
    ///   - metavariable: What the value is called in help.
    ///   - property: The property that it sets.
    ///   - completion: What a shell offers.
    ///   - help: What it means.
    ///   - parse: Reads the value; what it throws is shown to the user.
    ///   - show: The default's text in help, or nil for none.
    /// - Returns: The option.
    public static func value<Value>(
        _ name: String, _ metavariable: String, _ property: any WritableKeyPath<Configuration, Value> & Sendable,
        completion: Completion = .none, help: String, parse: @escaping @Sendable (String) throws -> Value,
        show: @escaping @Sendable (Value) -> String? = { "\($0)" }
    ) -> Option {
        Option(
            name: name, metavariable: metavariable, help: help, completion: completion, arity: .value,
            assign: { configuration, texts throws(InvalidValue) in
                for text in texts {
                    do {
                        configuration[keyPath: property] = try parse(text)
                    } catch {
                        throw InvalidValue(text: text, message: "is not allowed: \(error)")
                    }
                }
            },
            defaultText: { show($0[keyPath: property]) })
    }

    /// A switch: `--name`, or `--name=false` to turn off what the environment or file turned on.
    /// - Parameters:
    ///   - name: The long name without dashes.
    ///   - property: The property that it sets to true.
    ///   - help: What it means.
    /// - Returns: The option.
    public static func flag(
        _ name: String, _ property: any WritableKeyPath<Configuration, Bool> & Sendable, help: String
    ) -> Option {
        Option(
            name: name, metavariable: "", help: help, completion: .none, arity: .flag,
            assign: { configuration, texts throws(InvalidValue) in
                for text in texts { configuration[keyPath: property] = try parsed(text) }
            },
            defaultText: { _ in nil })
    }

    /// An option that may be given several times: `--name A --name B`.
    /// - Parameters:
    ///   - name: The long name without dashes.
    ///   - metavariable: What a value is called in help.
    ///   - property: The property that it sets; given values replace the default ones.
    ///   - completion: What a shell offers; the type's choices if nil.
    ///   - help: What it means.
    /// - Returns: The option.
    public static func list<Value: OptionValue>(
        _ name: String, _ metavariable: String, _ property: any WritableKeyPath<Configuration, [Value]> & Sendable,
        completion: Completion? = nil, help: String
    ) -> Option {
        Option(
            name: name, metavariable: metavariable, help: help,
            completion: completion ?? .offering(Value.choices), arity: .list,
            assign: { configuration, texts throws(InvalidValue) in
                var values: [Value] = []
                // No choice holds a comma, so one is written as well as two: names may hold one.
                let parts = Value.choices.isEmpty ? texts.map { [$0[...]] } : texts.map(Self.parts)
                for part in parts.joined() { values.append(try parsed(String(part))) }
                configuration[keyPath: property] = values
            },
            defaultText: { configuration in
                let texts = configuration[keyPath: property].compactMap(\.optionText)
                return texts.isEmpty ? nil : texts.joined(separator: ",")
            })
    }

    private static func parts(of text: String) -> [Substring] {
        text.split(separator: ",", omittingEmptySubsequences: false)
    }

    private static func parsed<Value: OptionValue>(_ text: String) throws(InvalidValue) -> Value {
        do {
            return try Value(parsing: text)
        } catch {
            throw InvalidValue(text: text, message: error.message)
        }
    }
}

extension Option.Completion {
    fileprivate static func offering(_ choices: [String]) -> Self { choices.isEmpty ? .none : .choices(choices) }
}
