import Delivery
public import Service

extension Program {
    /// The program `producer`: the service, and what operators do about its journal.
    public static var producer: Program {
        Program(
            ProducerConfiguration.command,
            programs: [BackupConfiguration.program(of: "producer", state: ProducerConfiguration().state), erase]
        ) { invocation in
            if invocation.configuration.checkConfig { return try check(invocation.configuration) }
            let log = Log(level: invocation.configuration.log)
            return try Producer(invocation.configuration, log: log, reloaded: { try invocation.reloaded() }).run()
        }
    }

    private static func check(_ configuration: ProducerConfiguration) throws -> ExitCode {
        var check = ConfigurationCheck(configuration.security)
        for source in configuration.sources { check.read(source, "source") }
        if let feeds = configuration.feeds { check.read(feeds, "feeds") }
        if let rejects = configuration.rejects { check.folder(rejects, "rejects") }
        check.journal(
            configuration.journal ?? configuration.state, of: "producer", restored: configuration.restored)
        return try check.conclude("producer")
    }
}
