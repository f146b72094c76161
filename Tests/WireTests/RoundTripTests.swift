import Testing
import Wire

@Suite struct RoundTripTests {
    @Test func `a stream message survives its frames`() throws {
        let frames = try Sample.message.frames()
        #expect(frames.count == 3)
        #expect(try StreamMessage(frames: frames) == Sample.message)
    }

    @Test func `a mark survives its frames`() throws {
        let frames = try Sample.mark.frames()
        #expect(frames[0] == Array("mark/res/1/".utf8))
        #expect(frames[2].isEmpty)
        #expect(try Mark(frames: frames) == Sample.mark)
    }

    @Test(arguments: Sample.control)
    func `a control message survives its frames`(command: ControlMessage.Command) throws {
        let message = ControlMessage(request: [1, 0, 255], command)
        #expect(try ControlMessage(frames: try message.frames()) == message)
    }

    @Test(arguments: Sample.pool)
    func `a pool message survives its frames`(command: PoolMessage.Command) throws {
        let message = PoolMessage(task: Sample.task, command)
        #expect(try PoolMessage(frames: try message.frames()) == message)
    }

    @Test func `frames beyond those known are ignored`() throws {
        let extra: [Frame] = [[0xFF], []]
        #expect(try StreamMessage(frames: try Sample.message.frames() + extra) == Sample.message)
        #expect(try Mark(frames: try Sample.mark.frames() + extra) == Sample.mark)
        let ping = ControlMessage(.ping)
        #expect(try ControlMessage(frames: try ping.frames() + extra) == ping)
        let ok = PoolMessage(task: Sample.task, .ok)
        #expect(try PoolMessage(frames: try ok.frames() + extra) == ok)
    }

    @Test func `the body of an item is not touched`() throws {
        // Neither canonical JSON nor JSON at all: whoever reads the body judges it.
        var message = Sample.message
        message.body = Array("{ \"b\" : 1 , \"a\":2 }\u{0}".utf8)
        let frames = try ControlMessage(.item(message)).frames()
        #expect(frames.last == message.body)
        #expect(try ControlMessage(frames: frames) == ControlMessage(.item(message)))
    }

    @Test func `unknown keys are ignored`() throws {
        let frames: [Frame] = [
            Array("NWP1".utf8), Array("CREDIT".utf8), [], Array(#"{"n": 3, "later": [1, {"x": null}]}"#.utf8),
        ]
        #expect(try ControlMessage(frames: frames).command == .credit(3))
    }

    @Test func `empty arguments stand for an empty object`() throws {
        let frames: [Frame] = [Array("NWP1".utf8), Array("PING".utf8), [7], []]
        #expect(try ControlMessage(frames: frames) == ControlMessage(request: [7], .ping))
    }

    @Test func `a long explanation is cut between characters`() throws {
        let reply = ErrorReply(code: 400, text: String(repeating: "é", count: 1000))
        #expect(reply.text == String(repeating: "é", count: 512))
        let odd = ErrorReply(code: 400, text: "x" + String(repeating: "é", count: 1000))
        #expect(odd.text == "x" + String(repeating: "é", count: 511))
    }
}
