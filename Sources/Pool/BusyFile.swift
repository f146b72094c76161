import Glibc
public import Journal
import Synchronization
public import Wire

/// What the threads of a process are at, in a small file that outlives a crash of the process.
///
/// A crash in a thread of the head's own process ends the head with it, and nobody is left to count the attempt. So each
/// task is written down before it begins and struck off after it, and the next head counts what it finds. The file is
/// written with `pwrite`, not mapped: a full disk then costs a mark, and no process.
public final class BusyFile: Sendable {
    /// A task that was not struck off.
    public struct Entry: Sendable, Hashable {
        /// The task frame of the pool protocol.
        public var task: Frame
        /// Who ran it.
        public var worker: String
        /// When it began, in milliseconds since 1970.
        public var since: Int64
    }

    /// Names one run of a task.
    struct Mark: Sendable {
        fileprivate var number: Int
    }

    private struct State: Sendable {
        var next = 0
        var slots: [Int: Int] = [:]
        var free: [Int]
    }

    private static let slotBytes = 128
    private static let maximumSlots = 1_024

    private let descriptor: Int32
    private let state: Mutex<State>

    /// What the process before this one was at when it ended.
    public let interrupted: [Entry]

    /// Opens the file `busy` in a folder, both of which are made if they are missing, for so many threads.
    ///
    /// - Throws: `JournalError` where the file cannot be made or read.
    public init(in folder: String, threads: Int) throws(JournalError) {
        try StateFolder.make(at: folder)
        let path = folder + "/busy"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = errno
            var error = JournalError(.cannotOpen, "\(path): cannot be made", errno: reason)
            error.isRetriable = reason == ENOSPC
            throw error
        }
        // As many threads may hang and be replaced as there are.
        let count = min(2 * threads + 1, Self.maximumSlots)
        state = Mutex(State(free: Array((0..<count).reversed())))
        var bytes = [UInt8](repeating: 0, count: Self.maximumSlots * Self.slotBytes)
        let length = pread(descriptor, &bytes, bytes.count, 0)
        interrupted = stride(from: 0, to: max(0, length), by: Self.slotBytes).compactMap { start in
            Self.entry(in: bytes[start..<min(start + Self.slotBytes, bytes.count)])
        }
    }

    deinit { close(descriptor) }

    /// Forgets what the process before was at, once that is counted durably.
    public func forget() { _ = ftruncate(descriptor, 0) }

    /// Writes down that a task begins; nil where there is no room, which does not happen within the threads named.
    func begin(_ task: Frame, now: Int64) -> Mark? {
        let taken: (slot: Int, mark: Mark)? = state.withLock { state in
            guard let slot = state.free.popLast() else { return nil }
            state.next += 1
            state.slots[state.next] = slot
            return (slot, Mark(number: state.next))
        }
        guard let taken else { return nil }
        var bytes: [UInt8] = [1, UInt8(truncatingIfNeeded: task.count)]
        withUnsafeBytes(of: (UInt32(bitPattern: getpid()).littleEndian, now.littleEndian)) { bytes += $0.prefix(16) }
        bytes += task.prefix(Limits.taskBytes)
        bytes += [UInt8](repeating: 0, count: max(0, Self.slotBytes - bytes.count))
        write(bytes, to: taken.slot)
        return taken.mark
    }

    /// Strikes a task off; a second time nothing happens.
    func end(_ mark: Mark) {
        state.withLock { state in
            guard let slot = state.slots.removeValue(forKey: mark.number) else { return }
            // Before anybody else can have the slot.
            write([0], to: slot)
            state.free.append(slot)
        }
    }

    private func write(_ bytes: [UInt8], to slot: Int) {
        _ = pwrite(descriptor, bytes, bytes.count, slot * Self.slotBytes)
    }

    private static func entry(in slot: ArraySlice<UInt8>) -> Entry? {
        let bytes = Array(slot)
        guard bytes.count == slotBytes, bytes[0] == 1, bytes[1] > 0, bytes[1] <= Limits.taskBytes else { return nil }
        func number(_ range: Range<Int>) -> UInt64 { bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        return Entry(
            task: Array(bytes[18..<18 + Int(bytes[1])]), worker: "head/\(number(2..<6))",
            since: Int64(truncatingIfNeeded: number(10..<18)))
    }
}
