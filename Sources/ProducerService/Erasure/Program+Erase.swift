import Delivery
import Glibc
import Journal
import Service

extension Program {
    /// The program `producer erase`.
    static var erase: Program {
        Program(EraseConfiguration.command) { invocation in
            let configuration = invocation.configuration
            let place = JournalLocation(configuration.journal ?? configuration.state)
            try place.requireJournal(of: "producer")
            let journal = try place.open(for: "producer")
            defer { journal.close() }
            // Should this end before the journal is rewritten, the producer does that at its next start.
            let scrubber = Scrubber(journal, in: configuration.state)
            scrubber.announce()
            var code = ExitCode.ok
            for uri in configuration.uris {
                let outcome = try Erase(journal: journal).erase(uri)
                if outcome.found == 0 { code = .dataError }
                let words =
                    outcome.found == 0
                    ? "nothing is held under this address"
                    : outcome.erased == 0 ? "erased before" : "\(outcome.erased) of \(outcome.found) entries erased"
                try Output.standard.write(Printable.line("\(uri): \(words)") + "\n")
            }
            do throws(JournalError) {
                try scrubber.scrub()
            } catch {
                try Output.error.write(
                    Printable.line(
                        "producer erase: the journal could not be rewritten, and may hold remains of the text; run this again: \(error)"
                    )
                        + "\n")
                return .tempFail
            }
            if place.isFolder {
                for copy in copies(in: "\(place)") {
                    try Output.error.write(
                        Printable.line(
                            "producer erase: \(copy) is an earlier copy of the journal, and holds the text; delete it")
                            + "\n")
                }
            }
            return code
        }
    }

    /// Copies of the journal that migrations and restores have left in its folder.
    private static func copies(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let isCopy =
                name.hasPrefix("journal.v") && name.hasSuffix(".db") || name.hasSuffix(".stale")
                || name.hasSuffix(".part")
            if isCopy { names.append("\(folder)/\(name)") }
        }
        return names.sorted()
    }
}
