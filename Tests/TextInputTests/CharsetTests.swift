import FoundationEssentials
import TestKit
import Testing

@testable import TextInput

/// Sentences of a newspaper in the encodings that their languages had before UTF-8.
@Suite struct CharsetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let language: String
        let encodings: [String]
        let text: String

        init(_ language: String, _ encodings: [String], _ text: String) {
            (self.language, self.encodings, self.text) = (language, encodings, text)
        }

        var testDescription: String { language }

        /// Whether most letters are ASCII, so that one encoding is much like another.
        var isLatin: Bool { text.utf8.count { $0 < 0x80 } * 2 > text.utf8.count }
    }

    static let rows = [
        Row(
            "ru", ["windows-1251", "koi8-r", "iso-8859-5"],
            "Портовый совет починил сто метров пятого причала, сказала в понедельник инженер Мира Колар. «Мы откроем причал до осенних штормов», — пообещала она журналистам."
        ),
        Row(
            "uk", ["windows-1251", "koi8-u"],
            "Портова рада відремонтувала сто метрів п'ятого причалу, сказала в понеділок інженерка Міра Колар. «Ми відкриємо причал до осінніх штормів», — пообіцяла вона журналістам."
        ),
        Row(
            "bg", ["windows-1251"],
            "Пристанищният съвет поправи сто метра от петия кей, каза в понеделник инженер Мира Колар. „Ще отворим кея преди есенните бури“, обеща тя пред журналисти."
        ),
        Row(
            "ja", ["shift_jis", "euc-jp", "iso-2022-jp"],
            "港湾局は第五埠頭の百メートルを修理したと、技師のミラ・コラールさんが月曜日に語った。「秋の嵐の前に埠頭を開く」と記者団に約束した。"),
        Row(
            "zh-CN", ["gb18030", "gbk"],
            "港务局修复了五号码头的一百米,工程师米拉·科拉尔周一表示。“我们将在秋季风暴来临之前开放码头,”她向记者承诺。"),
        Row(
            "zh-TW", ["big5"],
            "港務局修復了五號碼頭的一百公尺,工程師米拉·科拉爾週一表示。「我們將在秋季風暴來臨之前開放碼頭,」她向記者承諾。"),
        Row(
            "ko", ["euc-kr", "cp949"],
            "항만청은 다섯 번째 부두의 백 미터를 수리했다고 기술자 미라 콜라르가 월요일에 말했다. \"가을 폭풍 전에 부두를 열겠다\"고 그녀는 기자들에게 약속했다."),
        Row(
            "el", ["windows-1253", "iso-8859-7"],
            "Το λιμενικό συμβούλιο επισκεύασε εκατό μέτρα της πέμπτης προβλήτας, δήλωσε τη Δευτέρα η μηχανικός Μίρα Κόλαρ. «Θα ανοίξουμε την προβλήτα πριν από τις φθινοπωρινές καταιγίδες», υποσχέθηκε στους δημοσιογράφους."
        ),
        Row(
            "tr", ["windows-1254", "iso-8859-9"],
            "Liman kurulu beşinci iskelenin yüz metresini onardı, dedi pazartesi günü mühendis Mira Kolar. \"İskeleyi sonbahar fırtınalarından önce açacağız\" diye gazetecilere söz verdi; çalışma iki milyon liraya mal olmuş."
        ),
        Row(
            "he", ["windows-1255", "iso-8859-8"],
            "מועצת הנמל תיקנה מאה מטרים של הרציף החמישי, אמרה ביום שני המהנדסת מירה קולר. \"נפתח את הרציף לפני סערות הסתיו\", הבטיחה לעיתונאים."
        ),
        Row(
            "ar", ["windows-1256", "iso-8859-6"],
            "قال مجلس الميناء إنه أصلح مئة متر من الرصيف الخامس، حسبما ذكرت المهندسة ميرا كولار يوم الاثنين. وقالت للصحفيين: \"سنفتح الرصيف قبل عواصف الخريف\"."
        ),
        Row(
            "pl", ["iso-8859-2", "windows-1250"],
            "Rada portu naprawiła sto metrów piątego nabrzeża, powiedziała w poniedziałek inżynier Mira Kolar. Otworzymy nabrzeże przed jesiennymi sztormami, obiecała dziennikarzom; prace kosztowały dwa miliony złotych."
        ),
        Row(
            "cs", ["iso-8859-2", "windows-1250"],
            "Přístavní rada opravila sto metrů pátého mola, řekla v pondělí inženýrka Mira Kolarová. Otevřeme molo před podzimními bouřemi, slíbila novinářům; práce stála dva miliony korun."
        ),
        Row(
            "hu", ["iso-8859-2", "windows-1250"],
            "A kikötői tanács megjavított száz métert az ötödik mólóból, mondta hétfőn Kolár Mira mérnök. Az őszi viharok előtt megnyitjuk a mólót, ígérte az újságíróknak."
        ),
        Row(
            "de", ["windows-1252", "iso-8859-1"],
            "Der Hafenrat hat hundert Meter der fünften Mole ausgebessert, sagte die Ingenieurin Mira Kolar am Montag. Wir öffnen die Mole vor den Herbststürmen, versprach sie; über die Kosten müsse später entschieden werden."
        ),
        Row(
            "fr", ["windows-1252", "iso-8859-15"],
            "Le conseil du port a réparé cent mètres du cinquième quai, a déclaré lundi l'ingénieure Mira Kolar. Nous ouvrirons le quai avant les tempêtes d'automne, a-t-elle promis aux journalistes; les travaux ont coûté deux millions."
        ),
        Row(
            "es", ["windows-1252"],
            "La autoridad del puerto reparó cien metros del quinto muelle, dijo el lunes la ingeniera Mira Kolar. Abriremos el muelle antes de las tormentas de otoño, prometió; también costó dos millones, añadió."
        ),
        Row(
            "en", ["windows-1252"],
            "The harbour board repaired a hundred metres of pier five, engineer Mira Kolar said on Monday. “We’ll open the pier before the autumn storms,” she told reporters – the work cost £2 million."
        ),
        Row(
            "sv", ["windows-1252"],
            "Hamnstyrelsen har lagat hundra meter av den femte piren, sade ingenjören Mira Kolar på måndagen. Vi öppnar piren före höststormarna, lovade hon; arbetet har kostat två miljoner."
        ),
        Row(
            "th", ["tis-620"],
            "คณะกรรมการท่าเรือซ่อมแซมท่าเทียบเรือที่ห้าไปแล้วหนึ่งร้อยเมตร วิศวกรมิรา โคลาร์กล่าวเมื่อวันจันทร์ เราจะเปิดท่าเรือก่อนพายุฤดูใบไม้ร่วง เธอให้คำมั่นกับนักข่าว"
        ),
        Row(
            "lt", ["windows-1257"],
            "Uosto taryba suremontavo šimtą metrų penktosios krantinės, pirmadienį sakė inžinierė Mira Kolar. Krantinę atidarysime prieš rudens audras, pažadėjo ji žurnalistams."
        ),
    ]

    /// The text in another encoding, without the few characters that this has not.
    static func encoded(_ text: String, in encoding: String) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let file = try folder.write("text", text)
        let iconv = try ProcessRunner(
            "/usr/bin/iconv", ["-f", "utf-8", "-t", "\(encoding)//TRANSLIT", "-o", folder.path("x"), file])
        #expect(try iconv.waitForExit() == 0)
        return [UInt8](try Data(contentsOf: URL(filePath: folder.path("x"))))
    }

    static func read(_ bytes: [UInt8], _ server: String? = nil) -> String {
        String(decoding: Charset.utf8(bytes, charset: server), as: UTF8.self)
    }

    @Test(arguments: rows)
    func `a page is read in its encoding, declared or not, rightly or wrongly`(row: Row) throws {
        for encoding in row.encodings {
            let text = String(
                decoding: Charset.converted(try Self.encoded(row.text, in: encoding), from: encoding) ?? [],
                as: UTF8.self)
            func page(_ declared: String, _ body: String) -> String {
                "<html><head>\(declared)<script charset=big5 src=x></script><title>Harbour Courier</title></head>"
                    + "<body><nav><a href=/>Home</a><a href=/news>News</a></nav><p>\(body)</p></body></html>"
            }
            func check(_ declared: String, _ server: String?) throws {
                let bytes = try Self.encoded(page(declared, text), in: encoding)
                #expect(
                    Self.read(bytes, server) == page(declared, text),
                    "\(encoding), declared \(declared) \(server ?? "")")
            }
            try check("<meta charset=\(encoding)>", nil)
            try check("<meta charset=utf-8>", encoding)
            try check("", nil)
            try check("<meta charset=utf-8>", nil)
            try check("<meta charset=what>", "nobody-knows")
            guard !row.isLatin, encoding != "iso-2022-jp" else { continue }
            for wrong in ["iso-8859-1", "windows-1251", "shift_jis", "euc-kr", "koi8-r"]
            where !Self.isNear(wrong, encoding) {
                try check("<meta http-equiv=Content-Type content=\"text/html; charset=\(wrong)\">", nil)
                try check("<meta charset=\(encoding)>", wrong)
            }
        }
    }

    private static func isNear(_ first: String, _ second: String) -> Bool {
        first.prefix(5) == second.prefix(5)
            || ["euc-kr", "cp949"].contains(first) && ["euc-kr", "cp949"].contains(second)
    }

    @Test(arguments: rows)
    func `a plain text is read in its encoding, or refused, and never read as another`(row: Row) throws {
        for encoding in row.encodings {
            let bytes = try Self.encoded(row.text, in: encoding)
            let text = String(decoding: Charset.converted(bytes, from: encoding) ?? [], as: UTF8.self)
            let guess = Charset.guess(bytes)
            // A few bytes beyond ASCII tell nothing.
            if guess == nil, bytes.count(where: { $0 >= 0x80 }) < 8 { continue }
            #expect(
                guess.map { String(decoding: $0.utf8, as: UTF8.self) } == text,
                "\(encoding): \(guess?.name ?? "refused")")
        }
    }

    @Test(arguments: rows) func `a text of a few words is doubted in no encoding`(row: Row) throws {
        #expect(TextDoubt(Array(row.text.utf8)) == nil)
        for encoding in row.encodings {
            let bytes = try Self.encoded(row.text, in: encoding)
            #expect(TextDoubt(bytes) == nil, "\(encoding)")
            #expect(TextDoubt(Charset.utf8(bytes, charset: encoding)) == nil, "\(encoding), decoded")
        }
    }

    @Test func `bytes that are no text of any encoding are not guessed`() {
        let noise = (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* 7_919 &>> 3) }
        for bytes in [[0xFF], Array("caf".utf8) + [0xE9], noise, Array("Ünïcödé is ünïcödé".utf8) + [0xE9]] {
            #expect(Charset.guess(bytes) == nil, "\(Charset.guess(bytes)?.name ?? "")")
        }
    }

    @Test func `a mark at the start says more than any declaration`() throws {
        let text = "<meta charset=windows-1251><p>Ærø über alles: “co”"
        #expect(Self.read([0xEF, 0xBB, 0xBF] + Array(text.utf8), "shift_jis").hasSuffix(text))
        #expect(Self.read(try Self.encoded(text, in: "utf-16"), "shift_jis") == text)
    }
}
