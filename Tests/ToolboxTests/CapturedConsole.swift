import Service

@testable import Toolbox

/// A console that keeps what is written, for a test to look at or to wait for.
final class CapturedConsole: Sendable {
    private struct State: Sendable {
        var output = ""
        var remarks: [String] = []
    }

    private let state = Condition(State())
    let layout: Layout

    init(width: Int = 80) {
        layout = Layout(width: width)
    }

    var console: Console {
        Console(
            write: { [state] bytes in state.update { $0.output += String(decoding: bytes, as: UTF8.self) } },
            remark: { [state] text in state.update { $0.remarks.append(text) } }, layout: { [layout] in layout })
    }

    var output: String { state.read { $0.output } }
    var lines: [Substring] { output.split(separator: "\n") }
    var remarks: [String] { state.read { $0.remarks } }

    /// Waits until as many lines were written; nil after ten seconds without them.
    func wait(forLines count: Int) -> [Substring]? {
        state.wait(timeout: .seconds(10)) { state in
            let lines = state.output.split(separator: "\n")
            return lines.count >= count ? lines : nil
        }
    }
}
