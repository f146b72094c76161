/// A frame of a multipart ZeroMQ message.
public typealias Frame = [UInt8]

extension Frame {
    /// The frame as a string, or a `not-utf8` error that calls it `name`.
    func text(_ name: String) throws(WireError) -> String {
        guard let text = String(validating: self, as: UTF8.self) else {
            throw WireError(400, "not-utf8", "a \(name) that is not UTF-8")
        }
        return text
    }
}

extension ArraySlice<Frame> {
    /// The frames, counted from 0, or a `frame-count` error that calls the message `name`.
    func bounded(atLeast minimum: Int, in name: String) throws(WireError) -> [Frame] {
        guard count >= minimum, count <= Limits.frames else {
            throw WireError(400, "frame-count", "\(name) of \(count) frames; \(minimum) to \(Limits.frames) are wanted")
        }
        return Array(self)
    }
}
