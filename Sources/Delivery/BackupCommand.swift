import Journal
public import Service

/// The command `backup FILE` of a service: a copy of its journal in one file, while it runs or not.
public struct BackupConfiguration: Sendable {
    var state: String
    var journal: String?
    var files: [String] = []

    /// The program `SERVICE backup`.
    ///
    /// - Parameters:
    ///   - service: The service's name.
    ///   - state: The folder that it keeps its journal in by default.
    /// - Returns: The program.
    public static func program(of service: String, state: String) -> Program {
        Program(command(of: service, state: state)) { invocation in
            let place = JournalLocation(invocation.configuration.journal ?? invocation.configuration.state)
            guard let file = invocation.configuration.files.first else { return .usage }
            let streams = try place.backUp(to: file, of: service)
            let extents = streams.map { "\($0.name) \($0.state.oldest) to \($0.state.last)" }.joined(separator: ", ")
            try Output.standard.write(
                Printable.line("\(file): \(extents.isEmpty ? "no streams yet" : extents)") + "\n")
            return .ok
        }
    }

    private static func command(of service: String, state: String) -> Command<BackupConfiguration> {
        Command(
            "\(service) backup", summary: "copy the journal into one file, while the \(service) runs or not",
            discussion: """
                The copy is the journal as it is at this moment, checked, in one file; other ways of copying a journal in use \
                lose what stands in its write-ahead log. To restore it, stop the \(service), move the folder of its journal \
                away, put the file as journal.db into a new folder of that name, and start the \(service) with --restored.

                Exit codes:
                  0   copied and checked
                  64  the command line is wrong
                  65  what is there is no journal, or it is damaged
                  66  there is no journal
                  73  the file is there already, or cannot be made
                  75  not now: the disk is full
                  77  the journal may not be read, or the file not be made
                  78  the journal cannot be opened
                """,
            examples: [.init("\(service) backup /backup/\(service)-monday.db", "a backup")],
            options: [
                .value(
                    "state", "DIR", \.state, completion: .folders, help: "The folder of the \(service)'s journal."),
                .value("journal", "URL", \.journal, help: "The folder of the journal, where it is another one."),
            ],
            arguments: Arguments("FILE", \.files, count: 1...1, anyBytes: false, help: "The file to make."),
            defaults: BackupConfiguration(state: state), version: Release.version)
    }
}
