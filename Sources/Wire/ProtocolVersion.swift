/// The versions of NWP that this library speaks.
public enum ProtocolVersion {
    /// The oldest version.
    public static let oldest = 1
    /// The newest version.
    public static let newest = 1

    /// The newest version that both ends speak.
    ///
    /// - Parameters:
    ///   - min: The peer's oldest version.
    ///   - max: The peer's newest version.
    /// - Returns: The version to speak.
    /// - Throws: `version` (426) where there is none.
    public static func negotiate(min: Int, max: Int) throws(WireError) -> Int {
        let version = Swift.min(max, newest)
        guard min <= max, version >= Swift.max(min, oldest) else {
            throw WireError(
                426, "version", "the peer speaks NWP versions \(min) to \(max), this end \(oldest) to \(newest)")
        }
        return version
    }
}
