/// What a person's view is fitted to.
struct Layout: Sendable, Hashable {
    /// Columns of a line.
    var width = 80
    /// Whether colours are used.
    var isColored = false
}
