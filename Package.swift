// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: Swift 6 mode with the upcoming features that make interfaces explicit.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// What reads articles is optimised in debug builds, too: the tests read by the megabyte.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"])]

/// A library target of this package: a folder of `Sources` that may import `dependencies` and nothing else.
func library(_ name: String, imports dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program: one `@main` file over a library.
func program(_ name: String, imports dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a target, in the folder of the same name under `Tests`.
func tests(_ name: String, of dependencies: [Target.Dependency], besides others: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: others, swiftSettings: strict)
}

let package = Package(
    name: "OnRecord",
    products: [
        .executable(name: "producer", targets: ["producer"]),
        .executable(name: "analyzer", targets: ["analyzer"]),
        .executable(name: "onrecord", targets: ["onrecord"]),
        .library(name: "ZeroMQ", targets: ["ZeroMQ"]),
        .library(name: "Streams", targets: ["Streams", "Wire", "ZeroMQ"]),
    ],
    // The default build needs no libpq-dev.
    traits: [.trait(name: "Postgres", description: "Journals in PostgreSQL; needs libpq-dev")],
    // From the foundation to the programs: a target imports only what stands above it.
    targets: [
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CMark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", providers: [.apt(["libmicrohttpd-dev"])]),
        .target(name: "CWeb", linkerSettings: [.linkedLibrary("curl")]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CCharset", providers: [.apt(["libuchardet-dev"])]),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "CModel", exclude: ["model.bin"]),
        .target(name: "CBoard", exclude: ["board.css", "board.js", "icon.svg"]),
        library("ZeroMQ", imports: ["CZeroMQ"]),
        library("Wire", imports: ["CSodium"]),
        library("English"),
        library(
            "Journal", imports: ["Wire", "CSQLite", .target(name: "CPostgres", condition: .when(traits: ["Postgres"]))]),
        library("Streams", imports: ["ZeroMQ", "Wire", "Journal"]),
        library("Pool", imports: ["ZeroMQ", "Wire", "Journal", "Streams"]),
        .target(name: "Language", dependencies: ["CKernels", "CModel"], swiftSettings: strict + optimised),
        .executableTarget(
            name: "pipeline-digest", dependencies: ["CSodium"], path: "Sources/PipelineDigest/Tool",
            swiftSettings: strict),
        .plugin(
            name: "PipelineDigest", capability: .buildTool(), dependencies: ["pipeline-digest"],
            path: "Sources/PipelineDigest/Plugin"),
        .target(
            name: "Extraction", dependencies: ["Wire", "English", "Language"], swiftSettings: strict + optimised,
            plugins: ["PipelineDigest"]),
        library("Evaluation", imports: ["Wire"]),
        library("Sink", imports: ["Wire", "Journal"]),
        library("Service", imports: []),
        library("TextInput", imports: ["Wire", "CXML", "CCharset"]),
        library("Pages", imports: ["TextInput", "CXML"]),
        library("Feeds", imports: ["TextInput", "CXML"]),
        library("Web", imports: ["TextInput", "CWeb"]),
        library("Ingest", imports: ["Wire", "English", "Service", "TextInput", "Pages", "Feeds", "Web", "CMark"]),
        library("Delivery", imports: ["ZeroMQ", "Wire", "Journal", "Streams", "Service"]),
        library("HTTP", imports: ["CMicroHTTPD", "Service"]),
        library("Monitoring", imports: ["HTTP", "Service"]),
        library("Presentation", imports: ["Wire"]),
        library("Board", imports: ["CBoard", "HTTP", "Journal", "Presentation", "Service", "Sink", "Wire"]),
        library(
            "ProducerService",
            imports: ["ZeroMQ", "Wire", "Journal", "Streams", "Ingest", "Service", "Delivery", "HTTP", "Monitoring"]),
        library(
            "AnalyzerService",
            imports: [
                "ZeroMQ", "Wire", "Journal", "Streams", "Pool", "Extraction", "Service", "Delivery", "HTTP",
                "Monitoring",
            ]),
        library(
            "Toolbox",
            imports: [
                "ZeroMQ", "Wire", "Journal", "Streams", "Language", "Extraction", "Evaluation", "Ingest", "Feeds",
                "Service",
                "Delivery", "Sink", "HTTP", "Presentation", "Board",
            ]),
        program("producer", imports: ["ProducerService", "Service"]),
        program("analyzer", imports: ["AnalyzerService", "Service"]),
        program("onrecord", imports: ["Toolbox", "ProducerService", "AnalyzerService", "Service"]),
        program("evidence", imports: ["Extraction", "Wire"]),
        // What anybody can write with the library product Streams: it sees what is public, and nothing else.
        .executableTarget(
            name: "follow-example", dependencies: ["Streams", "Wire", "ZeroMQ"], path: "protocols/clients/swift",
            packageAccess: false, swiftSettings: strict),
        library("TestKit", imports: ["ZeroMQ", "Wire", "Journal", "Streams", "Service"]),
        tests("ZeroMQTests", of: ["ZeroMQ", "TestKit"]),
        tests("WireTests", of: ["Wire", "TestKit"]),
        tests("EnglishTests", of: ["English", "TestKit"]),
        tests("JournalTests", of: ["Journal", "Wire", "TestKit"]),
        tests("StreamsTests", of: ["Streams", "Journal", "Wire", "ZeroMQ", "TestKit"]),
        tests("PoolTests", of: ["Pool", "Streams", "Journal", "Wire", "ZeroMQ", "TestKit"]),
        tests("LanguageTests", of: ["CKernels", "Language", "TestKit"]),
        tests("ExtractionTests", of: ["Extraction", "Language", "Wire", "TestKit"], besides: ["Golden"]),
        tests("EvaluationTests", of: ["Evaluation", "Extraction", "Wire", "TestKit"], besides: ["Written"]),
        tests("TextInputTests", of: ["TextInput", "TestKit"]),
        tests("PagesTests", of: ["Pages", "TestKit"], besides: ["Written"]),
        tests("WebTests", of: ["Web", "TestKit"]),
        tests("FeedsTests", of: ["Feeds", "TestKit"]),
        tests("IngestTests", of: ["Ingest", "Feeds", "Service", "TextInput", "Web", "Wire", "TestKit"]),
        tests("ProducerTests", of: ["ProducerService", "Ingest", "Journal", "Service", "Wire", "TestKit"]),
        tests("SinkTests", of: ["Sink", "Journal", "Wire", "TestKit"]),
        tests("ServiceTests", of: ["Service", "TestKit"]),
        tests("HTTPTests", of: ["HTTP", "TestKit"]),
        tests("MonitoringTests", of: ["HTTP", "Monitoring", "Service", "TestKit"]),
        tests("BoardTests", of: ["Board", "HTTP", "Service", "Sink", "Wire", "TestKit"]),
        tests("DeliveryTests", of: ["Delivery", "Service", "ZeroMQ", "TestKit"]),
        tests(
            "ToolboxTests",
            of: [
                "Toolbox", "Evaluation", "Extraction", "Journal", "Presentation", "Service", "Streams", "Wire",
                "ZeroMQ",
                "TestKit",
            ]),
        tests("ProtocolTests", of: ["Wire", "TestKit"], besides: ["validate.py"]),
    ],
    // CModel embeds its file with #embed, which is C23.
    cLanguageStandard: .gnu2x
)

// The fuzzer links with libFuzzer alone, so it is here only for deploy/fuzz.
if Context.environment["ONRECORD_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["Wire", "ZeroMQ", "Ingest", "Extraction", "Toolbox"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict))
}
