import Service

/// What `onrecord render` can be told.
struct RenderConfiguration: Sendable {
    var followLinks = false
    var allowPrivate = false
    /// Files and folders; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<RenderConfiguration> {
        Command(
            "onrecord render", summary: "make a page of an article with its analysis",
            discussion: """
                Writes one HTML page to standard output: the text with each speaker's words on the speaker's colour and what \
                is worth checking underlined, who speaks in one margin, and in the other what is stated, with numbers and dates. \
                Several articles stand below each other.

                The page needs nothing else: no script, no font, no picture, and it lets nothing in. It can be mailed, printed, \
                read on a phone and by keyboard.

                Exit codes:
                  0   everything was analysed
                  64  the command line is wrong
                  65  something could not be analysed; the rest is on the page
                  66  a file is missing; the rest is on the page
                """,
            examples: [
                .init("onrecord render article.txt > article.html", "make a page"),
                .init(
                    "onrecord render https://news.example/story.html > story.html",
                    "make a page of an article in the web"),
            ],
            options: [
                .flag("follow-links", \.followLinks, help: "Follow symbolic links out of the folders."),
                .flag("allow-private", \.allowPrivate, help: "Fetch from private addresses, too."),
            ],
            arguments: Arguments("FILE", \.paths, help: "A file or folder; standard input if there is none, or for -."),
            defaults: RenderConfiguration(), version: Release.version)
    }
}
