import Glibc

/// Fuzzes one decoder, which the environment variable `FUZZ_TARGET` names; its arguments are libFuzzer's.
///
/// libFuzzer wants one function in a program; so all targets share it, and one build serves them all.
enum Fuzz {
    /// A decoder with what must hold of it, by the name of its corpus.
    typealias Target = @Sendable ([UInt8]) -> Void

    static let targets: [String: Target] = [
        "control": Frames.control, "pool": Frames.pool, "stream": Frames.stream, "mark": Frames.mark,
        "article": Events.article, "analysis": Events.analysis, "deadletter": Events.deadLetter,
        "json": Intake.json, "lines": Intake.lines, "text": Intake.plainText, "fault": Intake.fault,
        "names": Names.names, "keys": Names.keys, "show": Show.message, "analyzer": Extract.analysis,
    ]

    static let target: Target? = getenv("FUZZ_TARGET").flatMap { targets[String(cString: $0)] }
}

/// Where libFuzzer's main hands in each input.
@c(LLVMFuzzerTestOneInput)
public func takeInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    require(Fuzz.target != nil, "FUZZ_TARGET is one of \(Fuzz.targets.keys.sorted().joined(separator: " "))")
    Fuzz.target?(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Ends the process, so that the fuzzer keeps the input, where something that must hold does not.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    guard !condition else { return }
    say("does not hold: \(what())")
    abort()
}

private func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
