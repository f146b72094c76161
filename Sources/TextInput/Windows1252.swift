/// The characters that Windows-1252 has where Latin-1 has control characters.
enum Windows1252 {
    /// Those of the bytes 0x80 to 0x9F; nil where there is none.
    static let upper: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•",
        "–", "—",
        "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
