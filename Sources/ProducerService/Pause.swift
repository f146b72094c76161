import Glibc

/// Lets time pass, on a thread that may block.
enum Pause {
    /// Sleeps for so many milliseconds.
    static func milliseconds(_ count: UInt32) { usleep(count * 1_000) }
}
