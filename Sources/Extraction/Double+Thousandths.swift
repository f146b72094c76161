extension Double {
    /// Rounded to three digits, which is more than a probability here is worth.
    var thousandths: Double { (self * 1_000).rounded() / 1_000 }
}
