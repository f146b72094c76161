/// Which release of OnRecord this is.
public enum Release {
    /// Its version, in semantic versioning.
    public static let version = "0.1.0"
}
