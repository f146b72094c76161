import Foundation
import PackagePlugin

/// Gives the extraction its identity: a digest of weights, rules and thresholds, made anew whenever one of them changes.
@main
struct PipelineDigestPlugin: BuildToolPlugin {
    /// What decides on an analysis.
    private static let sources = [
        "Sources/CKernels", "Sources/CModel", "Sources/Language", "Sources/English", "Sources/Extraction",
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let inputs = Self.sources.flatMap { files(below: root.appending(path: $0)) }
        let output = context.pluginWorkDirectoryURL.appending(path: "PipelineDigest.swift")
        return [
            .buildCommand(
                displayName: "Digest of the pipeline", executable: try context.tool(named: "pipeline-digest").url,
                arguments: [output.path, root.path] + inputs.map(\.path), inputFiles: inputs, outputFiles: [output])
        ]
    }

    private func files(below folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        return (found?.compactMap { $0 as? URL } ?? [])
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true }
            .sorted { $0.path < $1.path }
    }
}
