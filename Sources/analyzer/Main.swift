import AnalyzerService
import Service

/// The program `analyzer`.
@main
enum Main {
    static func main() {
        Program.analyzer.main()
    }
}
