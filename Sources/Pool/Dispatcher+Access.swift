public import Wire

/// Workers that may work here no longer, or not yet.
extension Dispatcher {
    /// Whether this worker has a session.
    public func knows(_ session: Frame) -> Bool { sessions[session] != nil }

    /// Ends the session of a worker that lost access; its tasks are given to others, uncounted.
    public mutating func expel(_ session: Frame, now: Int64) -> [Action] {
        leave(session, why: "its key is no longer on the allow list", isLoss: false, now: now) + dispatch(now: now)
    }
}
