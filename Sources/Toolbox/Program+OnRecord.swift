import Delivery
import Extraction
import Glibc
public import Service
import Streams
import ZeroMQ

extension Program {
    /// The program `onrecord`: the toolbox for whoever reads what the services publish.
    public static var onrecord: Program {
        Program(
            "onrecord", summary: "see who said what: the toolbox of OnRecord",
            discussion: """
                The producer publishes news articles as the stream raw; the analyzer publishes who said what in each as the \
                stream res, and what it had to give up as the stream dlq. These commands show the streams, and analyse \
                files without any service:

                  onrecord analyze article.txt   who said what in this article
                  onrecord render article.txt    the same as a page: > article.html
                  onrecord article page.html     the article in this web page
                  onrecord feed news.rss         the entries of this feed
                  onrecord put article.txt       publish this article
                  onrecord tail                  analyses, as they come
                  onrecord fetch                 analyses that came before
                  onrecord sink analyses.db      a database of all analyses, kept up to date
                  onrecord search analyses.db    who said what, in that database
                  onrecord board analyses.db     the same as a web page, live
                  onrecord topic 'A PAPER'       what to subscribe to for one publisher
                  onrecord status                how the services are doing
                  onrecord keygen                keys, to encrypt and to be recognised
                  onrecord evaluate gold.jsonl   how well it reads annotated articles
                  onrecord bench extraction      how fast this machine reads

                'onrecord COMMAND --help' teaches each of them; 'onrecord --completion bash' (or zsh, fish) prints a \
                script that completes them in the shell. Colours are used on a terminal only, and not where NO_COLOR is \
                set.

                Exit codes are those of sysexits.h: 0 for success, 64 for a wrong command line; each command names its own.
                """, version: Release.version,
            programs: [
                tail, analyze, render, article, feed, put, fetch, sink, search, board, topic, status, keygen, evaluate,
                bench,
            ])
    }

    private static var tail: Program {
        Program(TailConfiguration.command) { invocation in
            let signal = try LoopSignal()
            try Interruption.stop(signal)
            var tail = try Tail(
                invocation.configuration, console: .standard(for: "onrecord tail"), until: signal, in: try Context())
            try ToolError.explaining { try tail.run() }
            return .ok
        }
    }

    private static var fetch: Program {
        Program(FetchConfiguration.command) { invocation in
            let progress = Self.progress("fetching")
            defer { progress?.finish() }
            return try ToolError.explaining {
                var fetch = try Fetch(
                    invocation.configuration, console: .standard(for: "onrecord fetch", besides: progress),
                    progress: progress, in: try Context())
                return try fetch.run()
            }
        }
    }

    private static var article: Program {
        Program(ArticleConfiguration.command) { invocation in
            try ShowArticles(configuration: invocation.configuration, console: .standard(for: "onrecord article")).run()
        }
    }

    private static var put: Program {
        Program(PutConfiguration.command) { invocation in
            let signal = try LoopSignal()
            try Interruption.stop(signal)
            return try ToolError.explaining {
                var put = try PutArticles(
                    invocation.configuration, console: .standard(for: "onrecord put"), until: signal, in: try Context())
                return try put.run()
            }
        }
    }

    private static var sink: Program {
        Program(SinkConfiguration.command) { invocation in
            if invocation.configuration.checkConfig {
                var check = ConfigurationCheck(invocation.configuration.security)
                check.sink(SinkPlace(path: invocation.configuration.place), isRead: false)
                return try check.conclude("onrecord sink")
            }
            let signal = try LoopSignal()
            // Where it is held up and ends all the same, nobody knows whether it had all.
            try Interruption.stop(signal, hasReader: false, code: invocation.configuration.once ? .tempFail : .ok)
            return try ToolError.explaining {
                try FollowIntoSink(
                    configuration: invocation.configuration, console: .standard(for: "onrecord sink"), signal: signal,
                    context: try Context()
                ).run()
            }
        }
    }

    private static var search: Program {
        Program(SearchConfiguration.command) { invocation in
            try SearchSink(configuration: invocation.configuration, console: .standard(for: "onrecord search")).run()
        }
    }

    private static var board: Program {
        Program(BoardConfiguration.command) { invocation in
            if invocation.configuration.checkConfig {
                var check = ConfigurationCheck(invocation.configuration.pair.security)
                for path in invocation.configuration.paths { check.sink(SinkPlace(path: path), isRead: true) }
                return try check.conclude("onrecord board")
            }
            let signal = try LoopSignal()
            try Interruption.stop(signal, hasReader: false)
            try ToolError.explaining {
                try ServeBoard(
                    configuration: invocation.configuration, console: .standard(for: "onrecord board"),
                    context: try Context(), signal: signal
                ).run()
            }
            return .ok
        }
    }

    private static var feed: Program {
        Program(FeedConfiguration.command) { invocation in
            try ShowFeeds(configuration: invocation.configuration, console: .standard(for: "onrecord feed")).run()
        }
    }

    private static var status: Program {
        Program(StatusConfiguration.command) { invocation in
            let signal = try LoopSignal()
            try Interruption.stop(signal)
            let configuration = invocation.configuration
            let isLive =
                !configuration.once && configuration.format == .text && Terminal.isInteractive(STDOUT_FILENO)
            return try ToolError.explaining {
                try ShowStatus(
                    configuration: configuration, console: .standard(for: "onrecord status"), context: try Context(),
                    signal: signal, isLive: isLive
                ).run()
            }
        }
    }

    private static var topic: Program {
        Program(TopicConfiguration.command) { invocation in
            try Output.standard.write(invocation.configuration.text)
            return .ok
        }
    }

    private static var keygen: Program {
        Program(KeygenConfiguration.command) { invocation in
            try Keygen(configuration: invocation.configuration, console: .standard(for: "onrecord keygen")).run()
        }
    }

    private static var analyze: Program {
        Program(AnalyzeConfiguration.command) { invocation in
            let progress = Self.progress("analysing")
            defer { progress?.finish() }
            let console = Console.standard(for: "onrecord analyze", besides: progress)
            let paths = invocation.configuration.paths
            if paths.isEmpty || paths.contains("-"), Terminal.isInteractive(STDIN_FILENO) {
                console.remark("type an article, and Ctrl-D at its end")
            }
            return try Analyze(
                configuration: invocation.configuration, extractor: EnglishExtractor(), console: console,
                progress: progress
            ).run()
        }
    }

    private static var render: Program {
        Program(RenderConfiguration.command) { invocation in
            try Render(
                configuration: invocation.configuration, extractor: EnglishExtractor(),
                console: .standard(for: "onrecord render")
            ).run()
        }
    }

    private static var evaluate: Program {
        Program(EvaluateConfiguration.command) { invocation in
            let progress = Self.progress("analysing")
            defer { progress?.finish() }
            return try Evaluate(
                configuration: invocation.configuration, extractor: { try EnglishExtractor() },
                console: .standard(for: "onrecord evaluate", besides: progress), progress: progress,
                defaultFormat: Terminal.isInteractive(STDOUT_FILENO) ? .text : .jsonLines
            ).run()
        }
    }

    private static var bench: Program {
        Program(
            "onrecord bench", summary: "measure this machine", version: Release.version,
            programs: [
                Program(BenchConfiguration.command) { invocation in
                    let console = Console.standard(for: "onrecord bench extraction")
                    return try Bench(configuration: invocation.configuration, console: console).run()
                }
            ])
    }

    /// A progress line, unless the output itself moves over the same terminal.
    private static func progress(_ label: String) -> Progress? {
        Terminal.isInteractive(STDOUT_FILENO) ? nil : Progress(label)
    }
}

extension ToolError {
    /// Runs `body`; a failure of a socket becomes one that says what to do.
    /// - Throws: What `body` throws.
    fileprivate static func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ZeroMQError {
            throw ToolError("\(error)", remedy: "check the endpoint", .unavailable)
        }
    }
}
