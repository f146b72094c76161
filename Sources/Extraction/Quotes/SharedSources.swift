import Wire

/// Gives coordinated cues their common source: "Ann Li said …, and warned …" names her once.
enum SharedSources {
    /// Fills in the source of each attribution whose cue stands behind a source of its own sentence that goes with another.
    ///
    /// - Parameters:
    ///   - attributions: The attributions, in any order.
    ///   - sentences: The sentences in code points, in order.
    static func share(_ attributions: inout [Attribution], sentences: [Span]) {
        let sources = attributions.map(\.source).filter { !$0.isEmpty }.sorted { $0[0].start < $1[0].start }
        for index in attributions.indices where attributions[index].source.isEmpty {
            guard let cue = attributions[index].cue.first else { continue }
            let sentence = sentences.partitioningIndex { $0.start > cue.start } - 1
            let source = sources.partitioningIndex { $0[0].start >= cue.start } - 1
            guard sentence >= 0, source >= 0, sources[source][0].start >= sentences[sentence].start else { continue }
            attributions[index].source = sources[source]
        }
    }
}
