import Delivery
public import Service

extension Program {
    /// The program `producer`: the service, and what operators do about its journal.
    public static var producer: Program {
        Program(
            ProducerConfiguration.command,
            programs: [BackupConfiguration.program(of: "producer", state: ProducerConfiguration().state), erase]
        ) { invocation in
            let log = Log(level: invocation.configuration.log)
            return try Producer(invocation.configuration, log: log, reloaded: { try invocation.reloaded() }).run()
        }
    }
}
