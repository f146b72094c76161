import AnalyzerService
import ProducerService
import Service
import Toolbox

/// The program `onrecord`.
///
/// By a link with the name of a service it is that service, so that a package holds one program, and the model and the runtime once.
@main
enum Main {
    static func main() {
        let name = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
        let services = [Program.producer, Program.analyzer]
        (services.first { $0.name == name } ?? .onrecord).main()
    }
}
