internal import Glibc
internal import TextInput

/// Reads a file or stream line by line, as UTF-8 where it begins with a byte order mark; holds one line and one chunk, and skips lines beyond the limit without holding them.
struct LineReader: ~Copyable {
    /// What reading gave.
    enum Line {
        /// A line without its line feed, its number from 1, and whether it had a line feed.
        case line([UInt8], number: Int, isTerminated: Bool)
        /// A line longer than the limit, skipped.
        case tooLong(number: Int)
        /// Nothing in the time given.
        case idle
        case failed(Errno)
        case end
    }

    private static let chunkSize = 64 << 10

    private let descriptor: Descriptor
    private let limit: Int
    private var buffer = [UInt8](repeating: 0, count: chunkSize)
    private var decoder = UnicodeDecoder()
    private var chunk: [UInt8] = []
    private var unread = 0..<0
    private var line: [UInt8] = []
    private var number = 1
    private var isSkipping = false
    private var isAtEnd = false

    init(_ descriptor: consuming Descriptor, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    mutating func next(waitingAtMost patience: Duration) -> Line {
        while true {
            if let line = takeLine() { return line }
            if isAtEnd { return last() }
            // A line that comes in pieces may take the time given anew for each piece, as each brings it on.
            guard descriptor.isReadable(within: patience) else { return .idle }
            do {
                let count = try descriptor.read(into: &buffer)
                isAtEnd = count == 0
                chunk = decoder.decode(buffer[..<count], isLast: isAtEnd)
                unread = 0..<chunk.count
            } catch {
                if error.number == EAGAIN { return .idle }
                isAtEnd = true
                line = []
                isSkipping = false
                return .failed(error)
            }
        }
    }

    /// The line that ends within the bytes at hand, if one does; else they are added to the line begun.
    private mutating func takeLine() -> Line? {
        guard !unread.isEmpty else { return nil }
        let end = chunk[unread].firstIndex(of: UInt8(ascii: "\n"))
        let part = unread.lowerBound..<(end ?? unread.upperBound)
        unread = (end.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
        if line.count + part.count > limit {
            isSkipping = true
            line = []
        }
        if !isSkipping { line += chunk[part] }
        return end == nil ? nil : finished(isTerminated: true)
    }

    private mutating func last() -> Line {
        line.isEmpty && !isSkipping ? .end : finished(isTerminated: false)
    }

    private mutating func finished(isTerminated: Bool) -> Line {
        defer {
            line = []
            isSkipping = false
            number += 1
        }
        return isSkipping ? .tooLong(number: number) : .line(line, number: number, isTerminated: isTerminated)
    }
}
