import ProducerService
import Service

/// The program `producer`.
@main
enum Main {
    static func main() {
        Program(ProducerConfiguration.command) { invocation in
            let log = Log(level: invocation.configuration.log)
            return try Producer(invocation.configuration, log: log, reloaded: { try invocation.reloaded() }).run()
        }
        .main()
    }
}
