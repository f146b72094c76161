import ProducerService
import Service

/// The program `producer`.
@main
enum Main {
    static func main() {
        Program(ProducerConfiguration.command) { invocation in
            try Producer(invocation.configuration, log: Log(level: invocation.configuration.log)).run()
        }
        .main()
    }
}
