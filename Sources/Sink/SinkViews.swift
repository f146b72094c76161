/// Views that SQLite and PostgreSQL have in the same words.
enum SinkViews {
    /// Every spelling with the person it stands for and the rule that says so; the table `override` decides before the rules.
    static let people = """
        CREATE VIEW people AS SELECT spelling.name, spelling.source,
            CASE coalesce(one.person, every.person) WHEN spelling.name THEN spelling.name
                ELSE coalesce(
                    (SELECT min(other.person) FROM spelling AS other WHERE other.name = coalesce(one.person, every.person)),
                    one.person, every.person, spelling.person) END AS person,
            CASE WHEN coalesce(one.person, every.person) IS NULL THEN rule ELSE 'override' END AS rule,
            first, last, fold
        FROM spelling LEFT JOIN override AS one ON one.name = spelling.name AND one.source = spelling.source
            LEFT JOIN override AS every ON every.name = spelling.name AND every.source = ''
        """
}
