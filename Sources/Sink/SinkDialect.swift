internal import Wire

/// What SQLite and PostgreSQL say in different words, for queries that are the same otherwise.
enum SinkDialect {
    case sqlite
    case postgres

    /// When an article was published, or else analysed.
    static let date = "coalesce(published, time)"

    /// A time as text, in RFC 3339.
    func text(of time: String) -> String {
        switch self {
        case .sqlite: time
        case .postgres: "to_char(\(time) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
        }
    }

    /// An argument in RFC 3339, as a time.
    var time: String { self == .sqlite ? "?" : "?::timestamptz" }

    /// Whether a column is among the integers of an argument, an array in JSON.
    func isAmong(_ column: String) -> String {
        switch self {
        case .sqlite: "\(column) IN (SELECT value FROM json_each(?))"
        case .postgres: "\(column) = ANY (ARRAY(SELECT value::bigint FROM json_array_elements_text(?::json)))"
        }
    }

    /// Whether a column is the text of an argument, whatever the case of letters and their accents.
    func isSame(_ column: String) -> String {
        switch self {
        case .sqlite: "\(column) = ? COLLATE FOLDED"
        case .postgres: "\(Self.folded(column)) = (SELECT \(Self.folded("asked")) FROM (SELECT ? AS asked) AS question)"
        }
    }

    /// What `FullText.fold` makes of Latin letters, in small ones: the cases of others are as the database's locale has them.
    private static func folded(_ text: String) -> String {
        // Most publishers have names in ASCII, in which there is nothing to be looked up.
        """
        CASE WHEN octet_length(\(text)) = char_length(\(text)) THEN lower(\(text))
            ELSE lower(translate(\(text), '\(Latin.marked.letters)\(Latin.marked.marks)', '\(Latin.marked.plain)')) END
        """
    }

    /// Text in the order of its characters, whatever the database's locale.
    func ordered(_ text: String) -> String { self == .sqlite ? text : "\(text) COLLATE \"C\"" }

    /// A number that is another one once another process has changed something.
    var change: String {
        switch self {
        case .sqlite: "PRAGMA data_version"
        // Each transaction of the sink moves its cursor; whose name is whose is changed by hand, too.
        case .postgres:
            """
            SELECT hashtextextended(concat('sink'::regclass::oid, ' ', sink.xmin, ' ',
                (SELECT concat(count(*), ' ', max(xmin::text::bigint)) FROM override)), 0) FROM sink
            """
        }
    }

    /// 1 where the table of analyses has the column `remarks`.
    var hasRemarks: String {
        switch self {
        case .sqlite: "SELECT count(*) FROM pragma_table_info('analysis') WHERE name = 'remarks'"
        case .postgres:
            "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('analysis') AND attname = 'remarks' AND NOT attisdropped"
        }
    }

    /// How far the sink has come, in JSON.
    var cursor: String { self == .sqlite ? "SELECT value FROM cursor" : "SELECT cursor FROM sink WHERE cursor <> ''" }
}
