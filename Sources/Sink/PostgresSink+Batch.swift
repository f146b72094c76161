#if Postgres
import Journal
import Wire

extension PostgresSink {
    /// What messages say, in the order in which it is written: who comes first does not matter.
    struct Batch {
        var gone: [(id: String, n: Int64, why: String)] = []
        var analyses: [SinkAnalysis] = []
        var erased: [String] = []

        init(_ events: [SinkEvent]) {
            for event in events {
                switch event {
                case .analysis(let analysis):
                    gone += analysis.replaced.map { ($0, analysis.n, "replaced") }
                    analyses.append(analysis)
                case .withdrawal(let articles, let n, let isErasure):
                    gone += articles.map { ($0, n, isErasure ? "erased" : "withdrawn") }
                    if isErasure { erased += articles }
                case .nothing: break
                }
            }
        }
    }

    /// Writes a batch in the open transaction.
    static func write(_ batch: Batch, _ session: inout PostgresSession) throws(JournalError) {
        let answers = try session.run([
            insert(batch.gone), insert(batch.analyses),
            PostgresQuery(
                "SELECT DISTINCT id FROM gone WHERE id = ANY ($1::text[])",
                PostgresFormat.strings(batch.analyses.map(\.article))),
        ])
        let keys = Dictionary(answers[1].map { ($0.text(0), $0.integer(1)) }) { first, _ in first }
        let gone = Set(answers[2].map { $0.text(0) })
        var people = SightedPeople()
        var rows: [(analysis: Int64, passage: SinkAnalysis.Passage)] = []
        var added: Set<String> = []
        for analysis in batch.analyses {
            guard let key = keys[PostgresFormat.string(analysis.id)], added.insert(analysis.id).inserted else {
                continue
            }
            rows += analysis.passages.map { (key, $0) }
            if !gone.contains(analysis.article) { people.see(analysis) }
        }
        // A statement ends at 1 GiB.
        var queries: [PostgresQuery] = []
        var start = 0
        var bytes = 0
        for index in rows.indices {
            bytes += rows[index].passage.text?.utf8.count ?? 0
            guard bytes > 8 << 20 || index - start == 4_999 || index == rows.count - 1 else { continue }
            queries.append(insert(rows[start...index]))
            (start, bytes) = (index + 1, 0)
        }
        _ = try session.run(queries)
        var blocks = try note(people, &session)
        if !batch.gone.isEmpty {
            blocks.formUnion(try forgetNames(of: batch.gone.map(\.id), &session))
        }
        if !batch.erased.isEmpty {
            let articles = PostgresFormat.strings(batch.erased)
            _ = try session.run([
                PostgresQuery(
                    """
                    DELETE FROM passage USING analysis
                    WHERE analysis.key = passage.analysis AND article = ANY ($1::text[])
                    """, articles),
                PostgresQuery("DELETE FROM analysis WHERE article = ANY ($1::text[])", articles),
                PostgresQuery("UPDATE sink SET isstale = true"),
            ])
        }
        try join(blocks, &session)
    }

    private static func insert(_ gone: [(id: String, n: Int64, why: String)]) -> PostgresQuery {
        PostgresQuery(
            """
            INSERT INTO gone SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) ON CONFLICT DO NOTHING
            """, PostgresFormat.strings(gone.map(\.id)), PostgresFormat.integers(gone.map(\.n)),
            PostgresFormat.strings(gone.map(\.why)))
    }

    private static func insert(_ analyses: [SinkAnalysis]) -> PostgresQuery {
        func column(_ value: (SinkAnalysis) -> String?) -> [UInt8] { PostgresFormat.strings(analyses.map(value)) }
        return PostgresQuery(
            """
            INSERT INTO analysis (id, n, time, article, uri, version, headline, source, language, published, remarks)
            SELECT id, n, time::timestamptz, article, uri, version, headline, source, language, published::timestamptz,
                remarks
            FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[])
                AS new (id, n, time, article, uri, version, headline, source, language, published, remarks)
            WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = new.article AND why = 'erased') ORDER BY n
            ON CONFLICT (id) DO NOTHING RETURNING id, key
            """, column(\.id), PostgresFormat.integers(analyses.map(\.n)), column(\.time), column(\.article),
            column(\.reference.uri), column(\.reference.version), column(\.reference.headline),
            column(\.reference.source), column(\.reference.language), column(\.reference.published),
            column(\.remarks))
    }

    private static func insert(_ rows: ArraySlice<(analysis: Int64, passage: SinkAnalysis.Passage)>) -> PostgresQuery {
        func column(_ value: (SinkAnalysis.Passage) -> String?) -> [UInt8] {
            PostgresFormat.strings(rows.map { value($0.passage) })
        }
        return PostgresQuery(
            """
            INSERT INTO passage (analysis, kind, id, speaker, type, role, form, act, score, start, "end", text, words, names)
            SELECT analysis, kind, id, speaker, type, role, form, act, score, start, stop, text,
                to_tsvector('simple', words), to_tsvector('simple', names)
            FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::double precision[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[])
                AS new (analysis, kind, id, speaker, type, role, form, act, score, start, stop, text, words, names)
            """, PostgresFormat.integers(rows.map(\.analysis)), column(\.kind), column(\.id), column(\.speaker),
            column(\.type), column(\.role), column(\.form), column(\.act),
            PostgresFormat.reals(rows.map(\.passage.score)), PostgresFormat.integers(rows.map(\.passage.start)),
            PostgresFormat.integers(rows.map(\.passage.end)), column(\.text), column { FullText.words($0.text ?? "") },
            column { FullText.words($0.speaker ?? "") })
    }
}
#endif
