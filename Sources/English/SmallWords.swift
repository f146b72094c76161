/// The small words that tell languages apart: those that every text of its language has.
enum SmallWords {
    static let english = set(
        """
        the of and to that with from by for it his her their has had been were are be but not which who this these those they she would
        could should said says after about over than when there its into more because before between what where how while if you your
        our us my him them out up or an at is was will have can may he we on in all so
        """)

    /// Those of languages in Latin letters, without what is a word of English, or stands in names ("de", "van", "la").
    static let foreign = set(
        """
        est dans que qui une sur pas avec au aux ce cette ces sont mais ont leur nous vous elle selon été après
        und ist nicht das ein eine einen einer auf für den sich auch wird werden haben sind wie nach bei aus dass sie er noch über zum
        zur wurde zu im dieser sagte
        que por para una su como más pero sus fue según también desde entre
        che il della non è sono anche dei delle nel alla gli ha più
        het een en dat niet zijn voor met ook aan wordt naar maar heeft
        não uma mais foi pelo pela são ao também
        och att det som på är av inte har till om ett från
        og ikke af til er på ved ble
        nie się jest że od przez oraz jak
        je byl jsou také
        în și nu pe este sunt cu
        ve bir bu için ile olarak çok daha
        és az hogy nem egy volt meg
        ei että oli ovat mutta
        yang dan dengan untuk ini itu dari pada tidak akan
        và của là có không được cho các một những
        """)

    /// The bytes of the longest.
    static let longest = english.union(foreign).map(\.utf8.count).max() ?? 0

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
