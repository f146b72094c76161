// Foundation has this, too, and brings 40 MB of tables into every program that uses it.
@_spi(_Unicode) private import Swift

extension String {
    /// Its code points with letters and their accents apart (Unicode's canonical decomposition), but for the accents.
    package var scalarsWithoutAccents: [Unicode.Scalar] {
        _nfd.filter { $0.properties.generalCategory != .nonspacingMark }
    }
}
