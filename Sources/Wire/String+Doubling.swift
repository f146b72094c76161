extension String {
    /// The text with some of its code points written twice, as SQL, searches and CSV want them between quotation marks.
    ///
    /// By code points, since that is how it is read: with an accent behind it a quotation mark is part of another character.
    package func doubling(_ marks: Set<Unicode.Scalar>) -> String {
        guard unicodeScalars.contains(where: marks.contains) else { return self }
        var doubled = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if marks.contains(scalar) { doubled.append(scalar) }
            doubled.append(scalar)
        }
        return String(doubled)
    }
}
