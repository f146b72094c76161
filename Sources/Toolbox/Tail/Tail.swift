import Delivery
import Service
import Streams
import Wire
import ZeroMQ

/// `onrecord tail`: shows a stream as it comes.
struct Tail {
    let configuration: TailConfiguration
    let console: Console
    let signal: LoopSignal
    let context: Context
    let security: Security
    var printer: MessagePrinter

    init(_ configuration: TailConfiguration, console: Console, until signal: LoopSignal, in context: Context) throws {
        self.configuration = configuration
        self.console = console
        self.signal = signal
        self.context = context
        security = try Security(configuration.security, in: context)
        printer = MessagePrinter(
            format: configuration.format, selection: configuration.selection, console: console)
    }

    /// Shows messages until `signal` stops it or as many as were asked for were shown; blocks.
    /// - Throws: `ToolError`, `ZeroMQError`, or what the console throws.
    mutating func run() throws {
        if let from = configuration.from {
            try replay(from: Int64(from))
        } else {
            try listen()
        }
    }

    /// Whether it is to end.
    var isDone: Bool { signal.isStopping || configuration.count.map { printer.count >= $0 } ?? false }
}
