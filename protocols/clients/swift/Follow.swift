import Foundation
import Streams
import Wire
import ZeroMQ

/// Follows the results without loss, in Swift with the library product `Streams`, and keeps who said what in a file, a line each.
///
///     .package(url: "…/onrecord", from: "0.1.0"), and of the target: .product(name: "Streams", package: "onrecord")
///     follow-example tcp://127.0.0.1:5566 tcp://127.0.0.1:5567 said.txt
///     follow-example tcp://host:5566 tcp://host:5567 said.txt me.key_secret analyzer.key
@main
struct Follow {
    /// How far it has come: what stands behind `bytes` of the file was written and does not count.
    struct Place: Codable {
        var epoch: String
        var journal: String?
        var number: Int64
        var trail: Trail
        var bytes: UInt64
    }

    static func main() {
        let words = CommandLine.arguments
        guard words.count == 4 || words.count == 6 else {
            complain("usage: follow-example LIVE-ENDPOINT CONTROL-ENDPOINT FILE [KEY-FILE SERVER-KEY-FILE]")
            exit(64)
        }
        do { try follow(words) } catch {
            complain("\(error)")
            exit(1)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("follow-example: \(text)\n".utf8))
    }

    private static func follow(_ words: [String]) throws {
        let keys = words.count == 6 ? try keys(in: words[4]) : nil
        let serverKey = words.count == 6 ? try key("public-key", in: words[5]) : nil
        let cursor = URL(filePath: words[3] + ".cursor")
        var place = try? JSONDecoder().decode(Place.self, from: Data(contentsOf: cursor))
        if !FileManager.default.fileExists(atPath: words[3]) { try Data().write(to: URL(filePath: words[3])) }
        let file = try FileHandle(forUpdating: URL(filePath: words[3]))
        try file.truncate(atOffset: place?.bytes ?? 0)
        try file.seekToEnd()

        let follower = StreamFollower(
            stream: "res", identity: place.map { StreamFollower.Identity(epoch: $0.epoch, journal: $0.journal) },
            cursor: place?.number ?? 0, trail: place?.trail ?? Trail())
        var connection = try FollowerConnection(
            follower,
            at: FollowerConnection.Address(
                publish: Endpoint(words[1]), control: Endpoint(words[2]), serverKey: serverKey),
            keys: keys, client: "follow-example", in: Context())
        var identity = place.map { StreamFollower.Identity(epoch: $0.epoch, journal: $0.journal) }
        var (isSilent, unreadable) = (false, 0)
        while true {
            var lines = ""
            for output in try connection.pump(now: SteadyClock.milliseconds()) {
                switch output {
                case .message(let message):
                    // One that cannot be read is passed over: it would stop every start anew.
                    do { lines += try said(message) } catch {
                        unreadable += 1
                        complain("message \(message.position.n) cannot be read (\(unreadable) so far): \(error)")
                    }
                case .unreadable(let message, let error):
                    unreadable += 1
                    complain("message \(message.position.n) cannot be read (\(unreadable) so far): \(error)")
                case .begin(let found, _): (identity, isSilent) = (found, false)
                case .setBack(let found, _, let number):
                    identity = found
                    lines += "\(number)\tset back: what came after that does not stand\n"
                    _ = try connection.resume(now: SteadyClock.milliseconds())
                case .lost(let from, let through): lines += "\(through)\tlost from \(from)\n"
                case .failed(let error): throw error
                case .reconnecting(let line):
                    if !isSilent {
                        complain(
                            "\(words[2]) \(line == .refused ? "does not admit this key" : "does not answer"); asking again"
                        )
                    }
                    isSilent = true
                case .malformed, .stuck: complain("\(output)")
                }
            }
            if let identity, connection.follower.cursor != place?.number {
                // First the lines, then how far they go.
                try file.write(contentsOf: Data(lines.utf8))
                try file.synchronize()
                let next = Place(
                    epoch: identity.epoch, journal: identity.journal, number: connection.follower.cursor,
                    trail: connection.follower.trail, bytes: try file.offset())
                try JSONEncoder().encode(next).write(to: cursor, options: .atomic)
                place = next
                continue
            }
            var items = connection.pollItems
            _ = try poll(&items, timeout: .milliseconds(500))
        }
    }

    /// The pair in a secret file of `onrecord keygen`, for an endpoint that is encrypted.
    private static func keys(in file: String) throws -> CurveKeys {
        try CurveKeys(publicKey: key("public-key", in: file), secretKey: key("secret-key", in: file))
    }

    /// The value of a line such as `public-key = "…"`.
    private static func key(_ name: String, in file: String) throws -> String {
        for line in try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "\"")
            if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name + " =" {
                return String(parts[1])
            }
        }
        throw CocoaError(.fileReadCorruptFile)
    }

    /// `17 ⇥ Mira Kolar ⇥ statement ⇥ “We will open …”`, a line for each quote; or what happened to articles.
    private static func said(_ message: StreamMessage) throws -> String {
        let number = message.position.n
        if try Topic(message.topic).isNotice {
            let notice = try JSON.decode(CloudEvent<Notice>.self, from: message.body).data
            return notice.targets.map { "\(number)\t\(notice.kind): \($0.id)\n" }.joined()
        }
        let event = try JSON.decode(CloudEvent<Analysis>.self, from: message.body)
        if let erased = event.erased { return "\(number)\terased on \(erased)\n" }
        return event.data.quotes.map { quote in
            "\(number)\t\(quote.speaker?.name ?? "?")\t\(quote.act ?? "?")\t\(quote.content.text)\n"
        }.joined()
    }
}
