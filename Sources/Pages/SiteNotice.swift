/// Pages that a site shows in place of an article, with the status of one: that it is missing, or that something has to be done first.
enum SiteNotice {
    /// Words beyond which a page is an article about such pages.
    private static let limit = 150

    private static let titles = Phrases([
        "page not found", "404 not found", "404 error", "404 page", "404 -", "404:", "404 |", "404 –", "error 404",
        "not found",
        "oops! that page", "the page you requested", "this page isn", "this page does not exist",
        "sorry, we can't find",
        "sorry, we can’t find", "410 gone", "403 forbidden", "access denied", "access to this page has been denied",
        "forbidden",
        "attention required", "just a moment", "checking your browser", "are you a robot", "are you human",
        "verify you are",
        "pardon our interruption", "please enable javascript", "javascript is disabled", "javascript required",
        "please wait",
        "robot or human", "unusual traffic", "too many requests", "429 too many", "500 internal", "502 bad gateway",
        "503 service", "504 gateway", "bad gateway", "gateway time", "internal server error", "service unavailable",
        "temporarily unavailable", "site maintenance", "under maintenance", "down for maintenance", "we'll be back",
        "we’ll be back",
        "before you continue", "we value your privacy", "your privacy choices", "your privacy", "cookie consent",
        "cookie settings",
        "privacy settings", "consent", "datenschutzeinstellungen", "zustimmung", "vos choix", "gestion des cookies",
        "sign in", "log in",
        "anmelden", "se connecter", "seite nicht gefunden", "zugriff verweigert", "page introuvable",
        "page non trouvée",
        "accès refusé", "página no encontrada", "acceso denegado", "pagina non trovata", "página não encontrada",
        "pagina niet gevonden", "sidan kunde inte", "siden blev ikke fundet", "strona nie została",
        "stránka nenalezena",
        "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı", "ページが見つかりません", "页面不存在", "找不到页面", "頁面不存在",
        "페이지를 찾을 수 없습니다", "الصفحة غير موجودة",
    ])

    /// Whether a page with such a title is no article.
    static func isOne(titled title: String?, words: Int) -> Bool {
        guard words < limit, let title else { return false }
        let line = Phrases.lowered(title.trimmed)
        if line == Array("404".utf8) { return true }
        guard let found = titles.begins(line), line.count <= found.count + 60 else { return false }
        // "Not foundering", "Consenting adults"
        return line.count == found.count || found.last.map { $0 >= 0x80 } == true || line[found.count] < 0x30
            || line[found.count] >= 0x80 || (0x3A...0x3F).contains(line[found.count])
    }
}
