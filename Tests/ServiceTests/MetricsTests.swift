import Service
import Testing

@Suite struct MetricsTests {
    @Test func `the text is what Prometheus reads`() {
        let metrics = Metrics()
        metrics.counter("articles_total", ["result": "published"], help: "Articles.").increment(by: 3)
        metrics.counter("articles_total", ["result": "a\"b\\c\nd"], help: "Articles.").increment()
        metrics.gauge("backlog", help: "Waiting\nnow.").set(2.5)
        metrics.gauge("memory_bytes", help: "Memory.") { 4096 }
        metrics.gauge("missing", help: "Not known.") { nil }
        let times = metrics.histogram("time_seconds", help: "Time.")
        times.record(.milliseconds(2))
        times.record(.seconds(100))
        let lines = metrics.text.split(separator: "\n").map(String.init)
        #expect(
            lines.starts(with: [
                "# HELP articles_total Articles.", "# TYPE articles_total counter",
                "articles_total{result=\"published\"} 3", "articles_total{result=\"a\\\"b\\\\c\\nd\"} 1",
                "# HELP backlog Waiting\\nnow.", "# TYPE backlog gauge", "backlog 2.5",
                "# HELP memory_bytes Memory.", "# TYPE memory_bytes gauge", "memory_bytes 4096",
                "# HELP missing Not known.", "# TYPE missing gauge",
                "# HELP time_seconds Time.", "# TYPE time_seconds histogram", "time_seconds_bucket{le=\"0.001\"} 0",
                "time_seconds_bucket{le=\"0.0025\"} 1",
            ]))
        #expect(
            lines.suffix(4) == [
                "time_seconds_bucket{le=\"60\"} 1", "time_seconds_bucket{le=\"+Inf\"} 2", "time_seconds_sum 100.002",
                "time_seconds_count 2",
            ])
    }

    @Test func `the same name and labels give the same counter`() {
        let metrics = Metrics()
        metrics.counter("n_total", ["a": "b"], help: "").increment()
        metrics.counter("n_total", ["a": "b"], help: "").increment()
        #expect(metrics.counter("n_total", ["a": "b"], help: "").value == 2)
    }

    @Test func `labels beyond a hundred combinations become other`() {
        let metrics = Metrics()
        for number in 0..<1000 { metrics.counter("n_total", ["peer": "\(number)"], help: "").increment() }
        #expect(metrics.counter("n_total", ["peer": "other"], help: "").value == 900)
        #expect(metrics.text.split(separator: "\n").count == 2 + 101)
    }

    @Test func `counting from many threads loses nothing`() throws {
        let counter = Metrics().counter("n_total", help: "")
        let threads = try (0..<4).map { _ in
            try OSThread.start(name: "count") { for _ in 0..<10_000 { counter.increment() } }
        }
        for thread in threads { thread.join() }
        #expect(counter.value == 40_000)
    }

    @Test func `the process knows its memory and its files`() {
        #expect((ProcessStatus.residentBytes ?? 0) > 1 << 20)
        #expect((ProcessStatus.openFiles ?? 0) >= 3)
        #expect(ProcessStatus.processorTime > .zero)
    }
}
