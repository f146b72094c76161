#if Postgres
extension PostgresSink {
    static let version: Int64 = 3

    static let names = [
        "sink", "analysis", "gone", "passage", "spelling", "override", "people", "current", "said", "claimed",
    ]

    static let tables = """
        CREATE TABLE sink (version bigint NOT NULL, cursor text NOT NULL, isstale boolean NOT NULL);
        INSERT INTO sink VALUES (\(version), '', false);
        CREATE TABLE analysis (
            key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, n bigint NOT NULL,
            time timestamptz NOT NULL, article text, uri text, version text, headline text, source text, language text,
            published timestamptz, remarks text
        );
        CREATE INDEX ON analysis (n);
        CREATE INDEX ON analysis (article);
        CREATE INDEX ON analysis ((coalesce(published, time)));
        CREATE TABLE gone (id text, n bigint, why text, PRIMARY KEY (id, n, why));
        CREATE TABLE passage (
            key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, analysis bigint NOT NULL, kind text NOT NULL, id text,
            speaker text, type text, role text, form text, act text, score double precision, start bigint, "end" bigint,
            text text, words tsvector, names tsvector
        );
        CREATE INDEX ON passage (analysis);
        CREATE INDEX ON passage USING hash (speaker);
        CREATE INDEX ON passage USING gin (words);
        CREATE INDEX ON passage USING gin (names);
        CREATE TABLE spelling (
            name text, source text, block text NOT NULL, fold text NOT NULL, first text NOT NULL, last text NOT NULL,
            person text NOT NULL, rule text NOT NULL, PRIMARY KEY (name, source)
        );
        CREATE INDEX ON spelling (block);
        CREATE TABLE override (
            name text NOT NULL, source text NOT NULL DEFAULT '', person text NOT NULL, PRIMARY KEY (name, source)
        );
        \(SinkViews.people);
        CREATE VIEW current AS SELECT passage.kind, passage.speaker, passage.type, people.person, people.rule, role, form, act,
            score, text, start, "end", passage.id, coalesce(published, time) AS date, published, time, headline,
            analysis.source, language, uri, analysis.version, analysis.n, passage.key, passage.words, passage.names
        FROM passage JOIN analysis ON analysis.key = passage.analysis
            LEFT JOIN people ON passage.type = 'person' AND people.name = passage.speaker
                AND people.source = coalesce(analysis.source, '')
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article);
        CREATE VIEW said AS SELECT date, coalesce(person, speaker) AS who, role, act, form, text, score AS confidence, headline,
            source, uri FROM current WHERE kind = 'quote';
        CREATE VIEW claimed AS SELECT date, coalesce(person, speaker) AS who, role, text, score AS checkworthiness, headline,
            source, uri FROM current WHERE kind = 'claim';
        \(untold);
        """

    /// What of the articles that stand now is not told, and why.
    private static let untold = """
        CREATE VIEW untold AS SELECT coalesce(published, time) AS date, remark ->> 'code' AS code, remark ->> 'text' AS text,
            headline, source, uri
        FROM analysis, json_array_elements(analysis.remarks::json) AS remark
        WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)
        """

    /// What makes tables of the release before into those of this one.
    static let upgrade: (from: Int64, statements: [String]) = (
        2, ["ALTER TABLE analysis ADD COLUMN remarks text", untold, "UPDATE sink SET version = \(version)"]
    )
}
#endif
