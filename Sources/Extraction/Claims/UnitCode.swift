/// Codes of units: currencies by ISO 4217, measures by UCUM.
enum UnitCode {
    /// The code of a unit, nil where the words leave it open, as a bare dollar sign does.
    ///
    /// - Parameters:
    ///   - unit: The unit in words, or nil.
    ///   - currency: The currency that a sign or code in front means, or nil.
    ///   - text: The words of the quantity.
    /// - Returns: A code such as `EUR`, `%` or `km/h`.
    static func code(of unit: String?, _ currency: String?, _ text: String) -> String? {
        for (prefix, code) in explicit where text.contains(prefix) { return code }
        if let code = unit.flatMap({ temperatures[$0] }) { return code }
        guard let unit = unit?.lowercased() else { return nil }
        if let code = currencies[unit] { return code }
        if let code = measures[unit] ?? area(unit) { return code }
        let parts = unit.split(separator: " ").map(String.init)
        guard parts.count == 3, parts[1] == "per", let upper = measures[parts[0]], let lower = measures[parts[2]] else {
            return nil
        }
        return "\(upper)/\(lower)"
    }

    /// "Sq ft", "square kilometres", "km²".
    private static func area(_ unit: String) -> String? {
        let parts = unit.split(separator: " ").map(String.init)
        if parts.count == 2, ["sq", "square"].contains(parts[0]) { return measures[parts[1]].flatMap { areas[$0] } }
        return unit.hasSuffix("²") ? measures[String(unit.dropLast())].flatMap { areas[$0] } : nil
    }

    /// Whether a word is a measure's.
    static func isMeasure(_ word: String) -> Bool { measures[word] != nil }

    /// What stands for one currency alone, the longer before what it ends in.
    private static let explicit = [
        ("NZ$", "NZD"), ("HK$", "HKD"), ("NT$", "TWD"), ("R$", "BRL"), ("US$", "USD"), ("A$", "AUD"), ("C$", "CAD"),
        ("S$", "SGD"), ("USD", "USD"),
        ("AUD", "AUD"), ("CHF", "CHF"), ("₹", "INR"),
    ]
    /// Names that one currency alone has.
    private static let currencies = [
        "euros": "EUR", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "roubles": "RUB", "rubles": "RUB", "naira": "NGN",
        "hryvnias": "UAH", "shekels": "ILS", "baht": "THB", "rand": "ZAR", "ringgit": "MYR", "rupiah": "IDR",
        "zloty": "PLN",
        "forints": "HUF", "cedis": "GHS",
    ]
    /// With their capitals: 5c is no temperature.
    private static let temperatures = [
        "C": "Cel", "°C": "Cel", "degree celsius": "Cel", "degrees celsius": "Cel", "degrees centigrade": "Cel",
        "F": "[degF]", "°F": "[degF]", "degrees fahrenheit": "[degF]", "°": "deg",
    ]
    /// What the squares of measures are.
    private static let areas = [
        "km": "km2", "m": "m2", "cm": "cm2", "mm": "mm2", "[ft_i]": "[sft_i]", "[in_i]": "[sin_i]",
        "[yd_i]": "[syd_i]", "[mi_i]": "[smi_us]",
    ]
    private static let measures = [
        "percent": "%", "percentage": "%", "km": "km", "kilometers": "km", "kilometres": "km", "kilometer": "km",
        "kilometre": "km", "m": "m", "meters": "m", "metres": "m", "meter": "m", "metre": "m", "cm": "cm", "mm": "mm",
        "millimetres": "mm", "millimeters": "mm", "centimetres": "cm", "centimeters": "cm", "inch": "[in_i]",
        "inches": "[in_i]", "foot": "[ft_i]", "ft": "[ft_i]", "feet": "[ft_i]", "yards": "[yd_i]", "mile": "[mi_i]",
        "miles": "[mi_i]",
        "kg": "kg", "kilograms": "kg", "kilos": "kg", "kilogram": "kg", "g": "g", "grams": "g", "gram": "g", "mg": "mg",
        "micrograms": "ug", "tonne": "t", "tonnes": "t", "tons": "t", "ton": "t", "pounds weight": "[lb_av]",
        "litre": "L", "litres": "L", "liter": "L", "liters": "L", "hectares": "har", "hectare": "har",
        "acres": "[acr_us]", "acre": "[acr_us]", "hz": "Hz", "khz": "kHz", "mhz": "MHz", "ghz": "GHz", "kw": "kW",
        "mw": "MW",
        "gw": "GW", "watts": "W", "kilowatts": "kW", "megawatts": "MW", "gigawatts": "GW", "second": "s",
        "seconds": "s",
        "minute": "min", "minutes": "min", "hour": "h", "hours": "h", "day": "d", "days": "d", "week": "wk",
        "weeks": "wk",
        "month": "mo", "months": "mo", "year": "a", "years": "a", "degrees": "deg", "celsius": "Cel",
        "mph": "[mi_i]/h", "kph": "km/h", "km/h": "km/h", "kmh": "km/h",
    ]
}
