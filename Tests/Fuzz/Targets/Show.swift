@testable import Toolbox
import Wire

/// What terminals show.
enum Show {
    /// No message of a stream brings a terminal anything but text.
    static let message: Fuzz.Target = { input in
        guard let message = try? StreamMessage(frames: Frames.split(input)) else { return }
        if let text = try? MessageText.render(message, layout: Layout(width: 80)) {
            let controls = text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F }
            require(!controls, "a control character in \(text.debugDescription)")
        }
        if (try? JSON.check(message.body)) != nil {
            require(!JSONLine.line(of: message.body).dropLast().contains(0x0A), "several lines")
        }
    }
}
