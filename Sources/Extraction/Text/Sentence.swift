/// A sentence of the narration, in which every quotation counts as one unit.
struct Sentence {
    /// A token outside quotation marks, or a whole quotation.
    enum Unit {
        case token(Int)
        case quotation(Int)
    }

    var units: [Unit]
    /// Its tokens, those in quotations included.
    var tokens: Range<Int>
    /// Index of its paragraph.
    var paragraph: Int
}
