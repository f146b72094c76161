package import Wire

extension Analysis {
    /// What is claimed, each thing once: of claims that state the same the one that is most worth checking.
    ///
    /// The strongest stands first; equals stay in the order of the text.
    package var distinctClaims: [Claim] {
        let ranked = claims.enumerated().sorted {
            ($1.element.checkWorthiness, $0.offset) < ($0.element.checkWorthiness, $1.offset)
        }
        var seen = Set<String>()
        return ranked.map(\.element).filter { seen.insert($0.repeats ?? $0.id).inserted }
    }
}
