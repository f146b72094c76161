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
        een en dat niet zijn voor ook aan wordt naar maar heeft bij uit zei werd hij zij deze dit tegen geen hebben worden zich omdat
        niemand
        hulle sê gesê deur
        não uma mais foi pelo pela são ao também
        och att det som på är av inte har till om ett från
        og ikke af til er på ved ble
        nie się jest że od przez oraz jak
        je byl jsou také
        în și nu pe este sunt cu
        bir bu için ile olarak çok daha
        és az hogy nem egy volt meg
        ei että oli ovat mutta hän myös sanoi joka sekä kuin ollut vielä jotka ennen jälkeen kanssa koska
        kui ning kuid nende olid või pärast kõik üle enne sest juba seda selle välja keegi
        yn yng wedi oedd roedd nid ond hyn hefyd wrth gyda dywedodd bydd mewn sydd
        yang dan dengan untuk ini itu dari pada tidak akan oleh kepada berkata adalah dalam juga mereka lebih sebagai bahawa kerana atau
        tetapi hanya selepas masih belum pernah sehingga
        kwa katika kuwa baada kwamba lakini watu alisema zaidi kutoka kabla hiyo
        mga noong siya kanyang niya nila dahil ayon isang sinabi upang ngunit
        và của là có không được cho các một những
        """)

    /// Those that are names, too ("Ang Lee", "Ja Morant", "Fannie Mae"), and so tell in lower case alone.
    static let foreignInLowerCase = set(
        """
        het nog ons vir wat
        ja kun
        ka kes oma
        mae ac ar dau gan
        ada ke
        ya za ni yake yao
        ang ng sa ay si sila nang
        """)

    /// The bytes of the longest.
    static let longest = english.union(foreign).union(foreignInLowerCase).map(\.utf8.count).max() ?? 0

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
