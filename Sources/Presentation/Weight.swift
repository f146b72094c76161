/// How heavily what is worth checking is underlined.
package enum Weight {
    /// The class of the style sheet for a check-worthiness: `w1` to `w3`.
    package static func style(_ worth: Double) -> String {
        switch worth {
        case 0.95...: "w3"
        case 0.75...: "w2"
        default: "w1"
        }
    }
}
