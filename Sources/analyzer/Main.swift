/// Placeholder entry point until the service exists.
@main
enum Main {
    static func main() {}
}
