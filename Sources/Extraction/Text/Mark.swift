/// A quotation mark, by what it can do.
struct Mark: Equatable {
    /// Marks of different families do not close each other.
    enum Family {
        case double
        case single
        case angle
    }

    var family: Family
    /// It may open a quotation.
    var opens: Bool
    /// It may close one.
    var closes: Bool

    /// What `scalar` is as a quotation mark, or nil where it is none.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "“", "„", "‟", "❝", "〝": self.init(.double, opens: true, closes: false)
        case "”", "❞", "〞": self.init(.double, opens: false, closes: true)
        case "\"", "＂": self.init(.double, opens: true, closes: true)
        case "«", "»": self.init(.angle, opens: true, closes: true)
        case "‘", "‚", "‛", "‹": self.init(.single, opens: true, closes: false)
        case "’", "›": self.init(.single, opens: false, closes: true)
        case "'", "`": self.init(.single, opens: true, closes: true)
        default: return nil
        }
    }

    /// The mark that `token` is: two straight singles are a double.
    init?(_ token: Token) {
        guard token.kind == .mark, let mark = Mark(token.sign) else { return nil }
        self = mark
        if token.end - token.start == 2 { self = Mark(.double, opens: true, closes: true) }
    }

    private init(_ family: Family, opens: Bool, closes: Bool) {
        self.family = family
        self.opens = opens
        self.closes = closes
    }
}
