#if Postgres
internal import CPostgres

extension JournalError {
    /// The error of a connection that failed or was lost.
    init(connection handle: OpaquePointer?, at place: PostgresPlace) {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        // With several hosts, libpq says a line for each; where in the server's source it was said helps nobody here.
        let lines = text.split(whereSeparator: \.isNewline).filter { $0.firstMatch(of: /, [\w\/]+\.c:\d+$/) == nil }
        let cause = lines.map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
        // The words are the server's, in its language; what libpq itself says is English, since nothing here sets a locale.
        let states = lines.compactMap { $0.firstMatch(of: /:\s+((?=[A-Z]*[0-9])[0-9A-Z]{5}):\s/)?.1 }
        func isSaid(_ classes: String...) -> Bool { states.contains { classes.contains(String($0.prefix(2))) } }
        let role = PostgresFormat.identifier(PQuser(handle).map { String(cString: $0) } ?? "")
        let database = PostgresFormat.identifier(PQdb(handle).map { String(cString: $0) } ?? "")
        if isSaid("42") {
            self.init(
                .denied,
                "\(place): the role \(role) may not connect; have the database's owner run: "
                    + "GRANT CONNECT ON DATABASE \(database) TO \(role)", cause: cause)
        } else if isSaid("28") || PQconnectionNeedsPassword(handle) == 1 {
            self.init(
                .denied,
                "\(place): the server refuses the role \(role); check that name, its password and the server's "
                    + "pg_hba.conf", cause: cause)
        } else if isSaid("3D") {
            self.init(
                .cannotOpen,
                "\(place): the server has no database \(database); check the URL, or make it with createdb",
                cause: cause)
        } else if states.isEmpty && ["invalid", "file \""].contains(where: cause.contains) {
            self.init(.cannotOpen, "\(place): the URL cannot be used; check what it says", cause: cause)
        } else {
            self.init(.unavailable, "\(place): the server is away", cause: cause, isRetriable: true)
        }
    }

    /// The error of a database that was set back under a process that writes to it.
    init(setBack stream: String, at place: PostgresPlace, to last: Int64, from reported: Int64) {
        self.init(
            .setBack,
            "\(place): the database was set back while this process wrote to it: \(stream) ends at \(last), and was at "
                + "\(reported); start again, to go on from there")
    }

    /// The error of a database whose terms were set back with the rest of it.
    init(setBackAt place: PostgresPlace, to term: Int64, from known: Int64) {
        self.init(
            .setBack,
            "\(place): the database was set back while this process wrote to it: its term is \(term), and was \(known); "
                + "start again, to go on from there")
    }

    /// The error that a statement of a role gave.
    init(result: OpaquePointer, at place: PostgresPlace, as role: String) {
        func field(_ code: Character) -> String? {
            code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) }
        }
        let state = field("C") ?? "?????"
        // The primary message only: details quote what is stored.
        let cause = "SQLSTATE \(state): \(field("M") ?? "no message")"
        switch (state.prefix(2), state) {
        case (_, "53100"):
            self.init(
                .full, "\(place): the server's disk is full; free space there", cause: cause,
                isRetriable: true)
        case (_, "57014"):
            self.init(.tooLong, "\(place): the server took too long", cause: cause, isRetriable: true)
        case ("08", _), ("53", _), ("57", _), ("40", _), (_, "55P03"), (_, "25006"):
            self.init(.unavailable, "\(place): the server cannot do it now", cause: cause, isRetriable: true)
        case ("28", _), (_, "42501"): self.init(.denied, "\(place): the role \(role) may not do that", cause: cause)
        case ("3D", _), ("3F", _):
            self.init(.cannotOpen, "\(place): there is no such database or schema; check the URL", cause: cause)
        case (_, "42P01"), (_, "42P06"), (_, "42P07"), (_, "42703"), (_, "42804"), (_, "42809"):
            self.init(
                .unusable,
                "\(place): tables are missing there, or are another program's; name another database, or with "
                    + "?options=-csearch_path%3DNAME a schema", cause: cause)
        case ("XX", _):
            self.init(.unusable, "\(place): the database is damaged; restore it", cause: cause)
        default:
            self.init(.failed, "\(place): the database refuses a statement", cause: cause)
        }
    }
}
#endif
