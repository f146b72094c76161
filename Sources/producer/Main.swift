import ProducerService
import Service

/// The program `producer`.
@main
enum Main {
    static func main() {
        Program.producer.main()
    }
}
