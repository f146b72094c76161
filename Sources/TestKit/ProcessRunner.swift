internal import Glibc
internal import Service
internal import Synchronization

/// A real program under test: started, listened to, signalled, and killed at the latest when the last reference goes.
public final class ProcessRunner: Sendable {
    /// One of the two output streams.
    public enum Stream: Sendable {
        /// Standard output.
        case output
        /// Standard error.
        case error
    }

    private struct State: Sendable {
        var lines: [Stream: [String]] = [.output: [], .error: []]
        var open: Set<Stream> = [.output, .error]
        var status: Int32?
        var input: Int32
    }

    /// The process's number.
    public let identifier: Int32
    private let state: Condition<State>
    private static let starting = Mutex(())

    /// Starts a program.
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: Its arguments.
    ///   - environment: Variables to set beside the inherited ones.
    /// - Throws: `TestKitError` where it cannot be started.
    public init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws(TestKitError) {
        // One at a time: a program started between two steps of this would keep the pipes of another one open.
        let (process, input, output, error) = try Self.starting.withLock {
            _ throws(TestKitError) -> (Int32, Pipe, Pipe, Pipe) in
            let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
            let process = try Self.spawn(
                path, arguments, environment: environment,
                descriptors: [input.reading, output.writing, error.writing])
            return (process, input, output, error)
        }
        identifier = process
        for used in [input.reading, output.writing, error.writing] { close(used) }
        let state = Condition(State(input: input.writing))
        self.state = state
        let identifier = identifier
        do {
            try OSThread.start(name: "stdout") { Self.read(output.reading, .output, into: state) }
            try OSThread.start(name: "stderr") { Self.read(error.reading, .error, into: state) }
            try OSThread.start(name: "waitpid") {
                var status: Int32 = 0
                while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
                let ended = status
                state.update { $0.status = ended }
            }
        } catch {
            throw TestKitError("\(error)")
        }
    }

    deinit {
        closeInput()
        signal(SIGKILL)
    }

    /// The lines of an output stream so far.
    public func lines(_ stream: Stream = .output) -> [String] { state.read { $0.lines[stream] ?? [] } }

    /// Waits for a line.
    /// - Parameters:
    ///   - stream: Where it is to come.
    ///   - timeout: How long to wait at most.
    ///   - condition: What is wanted of it.
    /// - Returns: The first such line.
    /// - Throws: `TestKitError` with all that was written, after the time is up or the stream has ended without it.
    @discardableResult
    public func waitForLine(
        _ stream: Stream = .output, timeout: Duration = .seconds(20), where condition: (String) -> Bool
    ) throws(TestKitError) -> String {
        var looked = 0
        let found: String?? = state.wait(timeout: timeout) { state -> String?? in
            let lines = state.lines[stream] ?? []
            defer { looked = lines.count }
            if let line = lines[looked...].first(where: condition) { return .some(line) }
            return state.open.contains(stream) ? nil : .some(nil)
        }
        if case .some(.some(let line)) = found { return line }
        throw TestKitError("the line awaited did not come; \(everything)")
    }

    /// Waits for a line that contains a text.
    /// - Returns: The line.
    /// - Throws: `TestKitError` with all that was written, after the time is up or the stream has ended without it.
    @discardableResult
    public func waitForLine(
        containing text: String, _ stream: Stream = .output, timeout: Duration = .seconds(20)
    ) throws(TestKitError) -> String {
        try waitForLine(stream, timeout: timeout) { $0.contains(text) }
    }

    /// Writes to the program's standard input.
    public func write(_ text: String) {
        Signals.ignoreBrokenPipes()
        try? Output(descriptor: state.read { $0.input }).write(text)
    }

    /// Ends the program's standard input.
    public func closeInput() {
        let descriptor: Int32 = state.update { state in
            defer { state.input = -1 }
            return state.input
        }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Sends a signal, such as `SIGTERM`; nothing once the program has ended.
    public func signal(_ number: Int32) {
        state.update { if $0.status == nil { _ = kill(identifier, number) } }
    }

    /// Waits for the program's end and that of its output.
    /// - Returns: The exit code, or 128 plus the signal that killed it, as shells say it.
    /// - Throws: `TestKitError` with all that was written, after the time is up.
    @discardableResult
    public func waitForExit(timeout: Duration = .seconds(20)) throws(TestKitError) -> Int32 {
        let ended = state.wait(timeout: timeout) { $0.open.isEmpty ? $0.status : nil }
        guard let ended else { throw TestKitError("the program did not end; \(everything)") }
        return ended & 0x7f == 0 ? (ended >> 8) & 0xff : 128 + (ended & 0x7f)
    }

    private var everything: String {
        let (output, error) = state.read { ($0.lines[.output] ?? [], $0.lines[.error] ?? []) }
        return "standard output: \(output.suffix(50)), standard error: \(error.suffix(50))"
    }

    private static func read(_ descriptor: Int32, _ stream: Stream, into state: Condition<State>) {
        var rest: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            rest += buffer[..<count]
            var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            rest = Array(parts.popLast() ?? [])
            let lines = parts.map { String(decoding: $0, as: UTF8.self) }
            if !lines.isEmpty { state.update { $0.lines[stream]?.append(contentsOf: lines) } }
        }
        close(descriptor)
        let last = String(decoding: rest, as: UTF8.self)
        state.update { state in
            if !last.isEmpty { state.lines[stream]?.append(last) }
            state.open.remove(stream)
        }
    }
}
