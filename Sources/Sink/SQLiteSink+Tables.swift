extension SQLiteSink {
    /// "ORSK", in `PRAGMA application_id`.
    static let application: Int64 = 0x4F52_534B
    static let version: Int64 = 1

    static let tables = [
        "CREATE TABLE cursor (key INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """
        CREATE TABLE analysis (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, n INTEGER NOT NULL, time TEXT NOT NULL, article TEXT,
            uri TEXT, version TEXT, headline TEXT, source TEXT, language TEXT, published TEXT
        ) STRICT
        """,
        "CREATE INDEX analysis_n ON analysis (n)",
        // Identifiers of articles that a later version replaces, or that were taken back, whether they are here or not.
        "CREATE TABLE gone (id TEXT, why TEXT, n INTEGER, PRIMARY KEY (id, n, why)) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE passage (
            key INTEGER PRIMARY KEY, analysis INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT, speaker TEXT, role TEXT,
            form TEXT, act TEXT, score REAL, start INTEGER, end INTEGER, text TEXT
        ) STRICT
        """,
        "CREATE INDEX passage_analysis ON passage (analysis)",
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            text, speaker, content = 'passage', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
        )
        """,
        // For people with the sqlite3 shell: what stands now.
        """
        CREATE VIEW current AS SELECT passage.kind, speaker, role, form, act, score, text, start, end, passage.id,
            published, time, headline, source, language, uri, version, analysis.n
        FROM passage JOIN analysis ON analysis.key = passage.analysis
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)
        """,
    ]

    /// What is needed of an event, in one reading of it; no row for what is no JSON.
    static let parts = """
        SELECT json_extract(?1, '$.id'), json_extract(?1, '$.causationid'), json_extract(?1, '$.supersedes'),
            json_extract(?1, '$.supersededby'), json_extract(?1, '$.data.article'), json_extract(?1, '$.data.entities'),
            json_extract(?1, '$.data.quotes'), json_extract(?1, '$.data.claims'), json_extract(?1, '$.data.kind'),
            json_extract(?1, '$.data.targets'), json_extract(?1, '$.data.reason')
        WHERE json_valid(?1)
        """

    static let insertAnalysis = """
        INSERT OR IGNORE INTO analysis (id, article, n, time, uri, version, headline, source, language, published)
        SELECT ?1, ?2, ?3, ?4, json_extract(?5, '$.uri'), json_extract(?5, '$.version'),
            json_extract(?5, '$.headline'), json_extract(?5, '$.source'), json_extract(?5, '$.language'),
            coalesce(
                strftime('%Y-%m-%dT%H:%M:%SZ', json_extract(?5, '$.published')), json_extract(?5, '$.published'))
        """

    /// Each item is written out and read once, since SQLite does so wherever its name stands.
    private static let items = """
        WITH entity AS MATERIALIZED (
            SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.role') AS role FROM json_each(?3)
            WHERE type = 'object'
        ),
        item AS MATERIALIZED (SELECT value FROM json_each(?1) WHERE type = 'object')
        INSERT INTO passage (analysis, kind, id, speaker, role, form, act, score, start, end, text)
        """

    static let insertQuotes =
        items + """

            SELECT ?2, 'quote', json_extract(value, '$.id'),
                coalesce(json_extract(value, '$.speaker.name'), json_extract(value, '$.source.text')),
                (SELECT role FROM entity WHERE entity.id = json_extract(value, '$.speaker.entity')),
                json_extract(value, '$.kind'), json_extract(value, '$.act'), CAST(json_extract(value, '$.confidence') AS REAL),
                CAST(json_extract(value, '$.content.spans[0][0]') AS INTEGER), CAST(json_extract(value, '$.content.spans[#-1][1]') AS INTEGER),
                json_extract(value, '$.content.text')
            FROM item
            """

    static let insertClaims =
        items + """

            SELECT ?2, 'claim', json_extract(value, '$.id'), json_extract(value, '$.claimant.name'),
                (SELECT role FROM entity WHERE entity.id = json_extract(value, '$.claimant.entity')),
                json_extract(value, '$.claimant.kind'), NULL, CAST(json_extract(value, '$.checkWorthiness') AS REAL),
                CAST(json_extract(value, '$.spans[0][0]') AS INTEGER), CAST(json_extract(value, '$.spans[#-1][1]') AS INTEGER),
                json_extract(value, '$.text')
            FROM item
            """
}
