internal import Glibc
internal import Sink
internal import Synchronization

/// Readers of one database, each used by one thread at a time.
///
/// A file that takes the place of another under the same name is opened anew.
final class SharedReaders: Sendable {
    private struct Place: ~Copyable, Sendable {
        var reader: SinkReader?
        var file: UInt = 0
    }

    private final class Seat: Sendable {
        let place = Mutex(Place())
    }

    private let path: String
    private let seats: [Seat]

    init(_ path: String, count: Int) {
        self.path = path
        seats = (0..<count).map { _ in Seat() }
    }

    /// What is another one once the file has changed, or another has taken its place.
    struct State: Sendable, Hashable {
        var file: UInt
        var change: Int64
    }

    /// The state of the file.
    /// - Throws: Why it cannot be read.
    func state() throws -> State {
        // The number of one connection says nothing to another, so there must be one alone.
        try seats[0].place.withLock { place in
            let change = try use(&place) { reader in try reader.change() }
            return State(file: place.file, change: change)
        }
    }

    /// Gives `body` a reader that nobody else has.
    /// - Throws: What `body` throws, or why the file cannot be opened.
    func read<Result: Sendable>(_ body: (inout SinkReader) throws -> Result) throws -> Result {
        for seat in seats {
            if let result = try seat.place.withLockIfAvailable({ place in try use(&place, body) }) { return result }
        }
        return try seats[0].place.withLock { place in try use(&place, body) }
    }

    private func use<Result: Sendable>(_ place: inout Place, _ body: (inout SinkReader) throws -> Result) throws
        -> Result
    {
        var status = stat()
        let file = stat(path, &status) == 0 ? UInt(status.st_ino) : 0
        var kept = place.file == file ? place.reader.take() : nil
        var reader = if let known = kept.take() { known } else { try SinkReader(at: path) }
        place.file = file
        let result = Swift.Result { try body(&reader) }
        place.reader = consume reader
        return try result.get()
    }
}
