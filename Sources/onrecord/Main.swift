import Service
import Toolbox

/// The program `onrecord`.
@main
enum Main {
    static func main() {
        Program.onrecord.main()
    }
}
