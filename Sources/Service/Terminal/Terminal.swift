internal import Glibc

/// What is known about a terminal behind a file descriptor.
public enum Terminal {
    /// Whether a person looks at the descriptor: it is a terminal, not a pipe or a file.
    public static func isInteractive(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal behind the descriptor, or else of `COLUMNS`, or else 80; from 40 to 120, which is as wide
    /// as text reads well.
    public static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        var columns = 80
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            columns = Int(size.ws_col)
        } else if let text = getenv("COLUMNS"), let number = Int(String(cString: text)) {
            columns = number
        }
        return min(max(columns, 40), 120)
    }

    /// Whether colour may be used: the descriptor is a terminal, it is not a dumb one, and `NO_COLOR` is not set.
    public static func usesColor(_ descriptor: Int32) -> Bool {
        guard isInteractive(descriptor) else { return false }
        if let refusal = getenv("NO_COLOR"), refusal.pointee != 0 { return false }
        guard let kind = getenv("TERM") else { return false }
        return String(cString: kind) != "dumb"
    }
}
