internal import CBoard
internal import HTTP
internal import Presentation
internal import Wire

/// A file that pages need: its address holds its digest, so that it may be kept for ever.
struct BoardFile: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    static let style = BoardFile("board", "css", "text/css; charset=utf-8", Array(Stylesheet.text.utf8), board_css())
    static let script = BoardFile("board", "js", "text/javascript; charset=utf-8", [], board_js())
    static let icon = BoardFile("icon", "svg", "image/svg+xml", [], board_icon())
    static let all = [style, script, icon]

    private init(_ name: String, _ ending: String, _ type: String, _ start: [UInt8], _ file: board_file) {
        let bytes = start + UnsafeRawBufferPointer(start: file.bytes, count: file.size)
        path = "/\(name)-\(Digest.sha256(bytes).prefix(12)).\(ending)"
        self.type = type
        self.bytes = bytes
    }

    var response: HTTPResponse {
        HTTPResponse(type: type, bytes: bytes, headers: [("Cache-Control", "max-age=31536000, immutable")])
    }
}
