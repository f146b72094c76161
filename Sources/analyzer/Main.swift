import AnalyzerService
import Service

/// The program `analyzer`.
@main
enum Main {
    static func main() {
        Program(AnalyzerConfiguration.command) { invocation in
            try Analyzer(invocation.configuration, log: Log(level: invocation.configuration.log)).run()
        }
        .main()
    }
}
