import Board
import Delivery
import HTTP
import Service
import Streams
import ZeroMQ

/// `onrecord board`: pages over a database of `onrecord sink`.
struct ServeBoard {
    let configuration: BoardConfiguration
    let console: Console
    let context: Context
    /// Ends the serving.
    let signal: LoopSignal

    /// Serves until a signal; blocks.
    /// - Throws: `ToolError`, `HTTPError`, `SecurityError` or `ZeroMQError`.
    func run() throws {
        let place = SinkPlace(path: configuration.paths.first ?? "")
        _ = try place.reader()
        let pair = try ServicePair(
            configuration.pair.services, security: Security(configuration.pair.security, in: context), in: context)
        let board = try place.reading {
            try Board(
                over: place.path, at: configuration.http, names: configuration.names, services: { pair.look() },
                complain: { console.remark($0) },
                text: { pair.text(of: $0) })
        }
        console.remark("\(place) is shown at http://\(board.address)")
        while !signal.isStopping {
            var items = [signal.waker.pollItem]
            _ = try poll(&items, timeout: .seconds(60))
        }
        board.stop()
    }
}
