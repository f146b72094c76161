/// What a program tells whoever started it: the codes of BSD's `sysexits.h`, which supervisors and scripts understand.
public struct ExitCode: RawRepresentable, Sendable, Hashable {
    /// The number given to `exit`.
    public var rawValue: Int32

    /// Creates an exit code from its number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Everything asked for was done.
    public static let ok = ExitCode(rawValue: 0)
    /// The command line was wrong (EX_USAGE).
    public static let usage = ExitCode(rawValue: 64)
    /// The input was read but is not what it should be (EX_DATAERR).
    public static let dataError = ExitCode(rawValue: 65)
    /// An input file does not exist or cannot be read (EX_NOINPUT).
    public static let noInput = ExitCode(rawValue: 66)
    /// A service or support program is missing or does not answer (EX_UNAVAILABLE).
    public static let unavailable = ExitCode(rawValue: 69)
    /// An error inside the program (EX_SOFTWARE).
    public static let software = ExitCode(rawValue: 70)
    /// The system does not give what is needed, such as a thread (EX_OSERR).
    public static let osError = ExitCode(rawValue: 71)
    /// An output file cannot be made (EX_CANTCREAT).
    public static let cantCreate = ExitCode(rawValue: 73)
    /// Reading or writing failed (EX_IOERR).
    public static let ioError = ExitCode(rawValue: 74)
    /// A temporary failure: starting again may help (EX_TEMPFAIL).
    public static let tempFail = ExitCode(rawValue: 75)
    /// The permission is missing (EX_NOPERM).
    public static let noPermission = ExitCode(rawValue: 77)
    /// The configuration is wrong (EX_CONFIG).
    public static let config = ExitCode(rawValue: 78)
}

/// An error that knows which exit code it should end a program with.
public protocol ExitCodeProviding: Error {
    /// The code to exit with.
    var exitCode: ExitCode { get }
}
