extension SQLiteSink {
    /// "ORSK", in `PRAGMA application_id`.
    static let application: Int64 = 0x4F52_534B
    static let version: Int64 = 4

    static let tables =
        [
            "CREATE TABLE cursor (key INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT",
            """
            CREATE TABLE analysis (
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, n INTEGER NOT NULL, time TEXT NOT NULL, article TEXT,
                uri TEXT, version TEXT, headline TEXT, source TEXT, language TEXT, published TEXT, remarks TEXT
            ) STRICT
            """,
            "CREATE INDEX analysis_n ON analysis (n)",
            "CREATE INDEX analysis_article ON analysis (article)",
            // Identifiers of articles that a later version replaces, or that were taken back, whether they are here or not.
            "CREATE TABLE gone (id TEXT, why TEXT, n INTEGER, PRIMARY KEY (id, n, why)) STRICT, WITHOUT ROWID",
            """
            CREATE TABLE passage (
                key INTEGER PRIMARY KEY, analysis INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT, speaker TEXT, type TEXT,
                role TEXT, form TEXT, act TEXT, score REAL, start INTEGER, end INTEGER, text TEXT, plain TEXT, plain_speaker TEXT
            ) STRICT
            """,
            "CREATE INDEX passage_analysis ON passage (analysis)",
            // Its tokenizer takes accents off, but leaves letters with a stroke, such as ł and ø, for which `plain` has others.
            """
            CREATE VIRTUAL TABLE words USING fts5 (
                text, speaker, plain, plain_speaker, content = 'passage', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
            )
            """,
            // Fewer and larger pieces of the index in a transaction, so less that is to be merged.
            "INSERT INTO words (words, rank) VALUES ('hashsize', 8388608)",
            // Names of people as each source spells them, and whose name the rules say that is.
            """
            CREATE TABLE spelling (
                name TEXT, source TEXT, block TEXT NOT NULL, fold TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
                person TEXT NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (name, source)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX spelling_block ON spelling (block)",
            // What a user knows better; an empty source stands for all.
            """
            CREATE TABLE override (
                name TEXT NOT NULL, source TEXT NOT NULL DEFAULT '', person TEXT NOT NULL, PRIMARY KEY (name, source)
            ) STRICT, WITHOUT ROWID
            """,
        ] + views

    /// For people with the sqlite3 shell: what stands now.
    static let views = [
        SinkViews.people,
        """
        CREATE VIEW current AS SELECT passage.kind, passage.speaker, passage.type,
            CASE type WHEN 'person' THEN (SELECT person FROM people
                WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END AS person,
            CASE type WHEN 'person' THEN (SELECT rule FROM people
                WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END AS rule,
            role, form, act, score, text, start, end, passage.id, coalesce(published, time) AS date, published, time,
            headline, analysis.source, language, uri, version, analysis.n, passage.key
        FROM passage JOIN analysis ON analysis.key = passage.analysis
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)
        """,
        """
        CREATE VIEW said AS SELECT date, coalesce(person, speaker) AS who, role, act, form, text, score AS confidence, headline,
            source, uri FROM current WHERE kind = 'quote'
        """,
        """
        CREATE VIEW claimed AS SELECT date, coalesce(person, speaker) AS who, role, text, score AS checkworthiness, headline,
            source, uri FROM current WHERE kind = 'claim'
        """,
        untold,
    ]

    /// What of the articles that stand now is not told, and why.
    private static let untold = """
        CREATE VIEW untold AS SELECT coalesce(published, time) AS date, json_extract(remark.value, '$.code') AS code,
            json_extract(remark.value, '$.text') AS text, headline, source, uri
        FROM analysis, json_each(analysis.remarks) AS remark
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)
        """

    /// The tables of the release before.
    static let earlierTables = tables.filter { $0 != untold }.map { $0.replacing(", remarks TEXT", with: "") }

    /// What makes tables of the release before into those of this one.
    static let upgrade: (from: Int64, statements: [String]) = (
        3, ["ALTER TABLE analysis ADD COLUMN remarks TEXT", untold]
    )

    static let insertAnalysis = """
        INSERT OR IGNORE INTO analysis (id, article, n, time, uri, version, headline, source, language, published, remarks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let insertPassage = """
        INSERT INTO passage (analysis, kind, id, speaker, type, role, form, act, score, start, end, text, plain, plain_speaker)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}
