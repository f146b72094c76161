import Board
import Delivery
import Glibc
import HTTP
import Journal
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
        let path = configuration.paths.first ?? ""
        let place = JournalLocation(path)
        guard !place.isFolder || access(path, R_OK) == 0 else {
            throw ToolError(
                "\(path): \(String(cString: strerror(errno)))", remedy: "make it with onrecord sink", .noInput)
        }
        let pair = try ServicePair(
            configuration.pair.services, security: Security(configuration.pair.security, in: context), in: context)
        let board: Board
        do {
            board = try Board(
                over: path, at: configuration.http, names: configuration.names, services: { pair.look() },
                complain: { console.remark($0) },
                text: { pair.text(of: $0) })
        } catch let error as HTTPError {
            throw error
        } catch {
            let isLater = (error as? JournalError)?.isRetriable == true
            throw ToolError(
                "\(error)", remedy: isLater ? "start it again" : "name a database of onrecord sink",
                isLater ? .tempFail : .noInput)
        }
        console.remark("\(place) is shown at http://\(board.address)")
        while !signal.isStopping {
            var items = [signal.waker.pollItem]
            _ = try poll(&items, timeout: .seconds(60))
        }
        board.stop()
    }
}
