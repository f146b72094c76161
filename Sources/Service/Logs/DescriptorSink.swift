public import Glibc
internal import Synchronization

/// Writes log lines to a file descriptor, and drops them rather than block the service.
///
/// A line is at most 4,096 bytes, which a pipe takes whole. Where the reader stands still, the first line waits 100 ms,
/// the following ones do not wait; the next line that gets through tells how many were dropped.
public final class DescriptorSink: LogSink {
    private static let lineLimit = 4096
    private static let patience: Int32 = 100

    private let descriptor: Int32
    private let format: LogFormat
    private let dropped = Mutex(0)

    /// Creates a sink; the descriptor stays the caller's.
    /// - Parameters:
    ///   - descriptor: Where to write.
    ///   - format: How to write, or nil for what suits the descriptor: readable on a terminal, JSON elsewhere.
    public init(descriptor: Int32 = STDERR_FILENO, format: LogFormat? = nil) {
        self.descriptor = descriptor
        self.format =
            format
            ?? (Terminal.isInteractive(descriptor)
                ? .terminal(color: Terminal.usesColor(descriptor)) : .json)
    }

    /// Writes a line, unless the descriptor does not take it in time.
    public func write(_ entry: LogEntry) {
        dropped.withLock { dropped in
            guard isWritable(within: dropped == 0 ? Self.patience : 0) else {
                dropped += 1
                return
            }
            if dropped > 0 {
                let count = LogEntry.Field(key: "count", value: String(dropped), isNumber: true)
                dropped = 0
                put(
                    format.line(
                        for: LogEntry(
                            milliseconds: entry.milliseconds, level: .warning, message: "log lines were dropped",
                            fields: [count])))
                guard isWritable(within: 0) else {
                    dropped = 1
                    return
                }
            }
            put(format.line(for: entry))
        }
    }

    private func isWritable(within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&wanted, 1, milliseconds) == 1
    }

    private func put(_ line: String) {
        var bytes = Array(line.utf8)
        if bytes.count > Self.lineLimit {
            // Cut between two characters: never behind a byte that a continuation byte follows.
            var end = Self.lineLimit - 1
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes.removeSubrange(end...)
            bytes.append(UInt8(ascii: "\n"))
        }
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
