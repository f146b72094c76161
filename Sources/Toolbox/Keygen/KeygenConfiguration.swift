import Service

/// What `onrecord keygen` can be told.
struct KeygenConfiguration: Sendable {
    /// The name of the pair, or nothing for `onrecord`.
    var names: [String] = []
    /// Whether keys of that name may be replaced.
    var force = false

    static var command: Command<KeygenConfiguration> {
        Command(
            "onrecord keygen", summary: "make a key pair, to encrypt and to be recognised",
            discussion: """
                Writes two files: NAME.key, the public key that others recognise you by, and NAME.key_secret, which only you \
                can read and which never leaves this machine. They have the form that CZMQ and pyzmq read, too.

                Each service and each client has a pair of its own. A service is started with its own --key NAME.key_secret \
                and with --allow LIST, a text of lines such as

                  sub,fetch  PUBLIC-KEY  NAME

                with the roles sub (live messages), fetch (what came before), put (hand articles to a producer) and work (lend a \
                hand to an analyzer). Whoever connects gives --key with its own pair, and --server-key with the service's public file.

                Exit codes:
                  0   the pair is written
                  64  the command line is wrong
                  73  the files exist, or cannot be written
                """,
            examples: [
                .init("onrecord keygen moor", "make moor.key and moor.key_secret"),
                .init(
                    "onrecord tail --key me.key_secret --server-key moor.key",
                    "be recognised, and see nobody else's service"),
            ],
            options: [.flag("force", \.force, help: "Replace a pair of that name for good.")],
            arguments: Arguments(
                "NAME", \.names, count: 0...1, anyBytes: false,
                help: "What the files are called, without .key. [default: onrecord]"),
            defaults: KeygenConfiguration(), version: Release.version)
    }

    /// The file of the public key.
    var path: String {
        let name = names.first ?? "onrecord"
        return name.hasSuffix(".key") ? name : name + ".key"
    }
}
