/// The first broken promise of a history, if there was one.
public final class Verdict {
    /// What was wrong first, nil if nothing was.
    public private(set) var fault: String?

    /// Creates a verdict without fault.
    public init() {}

    /// Notes that a promise was broken, unless it was kept.
    public func demand(_ isKept: Bool, _ fault: @autoclosure () -> String) {
        if !isKept, self.fault == nil { self.fault = fault() }
    }
}
