import Foundation
import HTTP
@testable import Monitoring
import Service
import TestKit
import Testing

@Suite struct MonitoringTests {
    let metrics = Metrics()
    let clock = ManualClock()

    @Test func `addresses are read`() throws {
        for (text, host) in [
            ("127.0.0.1:9464", "127.0.0.1"), ("[::1]:1", "::1"), ("localhost:80", "localhost"), ("*:0", nil),
        ] {
            let address = try HTTPAddress(parsing: text)
            #expect(address.host == host && address.description == text)
        }
        for text in ["", "9464", ":9464", "127.0.0.1", "::1:80", "host:", "host:99999", "host:-1", "[]:80"] {
            #expect(throws: OptionValueError.self, "\(text)") { try HTTPAddress(parsing: text) }
        }
    }

    @Test func `readiness says what is waited for, liveness what is stuck`() {
        let health = Health(now: { [clock] in clock.now })
        let pages = MonitoringPages(metrics: metrics, health: health)
        #expect(pages.page(for: "GET", "/readyz").status == 503)
        health.wait("journal", "another process leads it")
        health.go("start")
        #expect(pages.page(for: "GET", "/readyz") == .init(status: 503, text: "journal: another process leads it\n"))
        health.go("journal")
        #expect(pages.page(for: "GET", "/readyz") == .init(status: 200, text: "ok\n"))

        #expect(pages.page(for: "GET", "/livez").status == 200, "what has not begun is not stuck")
        health.beat("head")
        clock.advance(by: .seconds(59))
        health.beat("publisher")
        #expect(pages.page(for: "GET", "/livez").status == 200)
        clock.advance(by: .seconds(2))
        #expect(pages.page(for: "GET", "/livez") == .init(status: 503, text: "head: it makes no progress\n"))
        health.end("head")
        #expect(pages.page(for: "GET", "/livez").status == 200)
    }

    @Test func `only reading is answered, and only what there is`() {
        let pages = MonitoringPages(metrics: metrics, health: Health())
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
            #expect(pages.page(for: method, "/metrics").status == 405)
        }
        for path in ["/", "/metrics/", "/metricsx", "", "/../metrics"] {
            #expect(pages.page(for: "GET", path).status == 404)
        }
        #expect(pages.page(for: "HEAD", "/metrics").status == 200)
    }

    @Test func `the server answers on the port that it was given, and not after its end`() async throws {
        let health = Health()
        metrics.counter("onrecord_test_total", ["name": "a\"b\\c\nd"], help: "A test.").increment()
        metrics.showProcess(of: "test", version: "1", health: health, folder: "/tmp")
        let server = try MonitoringServer(
            at: HTTPAddress(host: "127.0.0.1", port: 0), MonitoringPages(metrics: metrics, health: health))
        let base = "http://\(server.address)"
        let text = try await blocking { try Self.get(base + "/metrics").text }
        #expect(text.contains("onrecord_test_total{name=\"a\\\"b\\\\c\\nd\"} 1\n"))
        #expect(text.contains("onrecord_ready 0\n") && text.contains("onrecord_alive 1\n"))
        for name in [
            "process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds",
            "onrecord_disk_free_bytes",
        ] {
            #expect(text.contains("\n\(name) "), "\(name)")
        }
        #expect(try await blocking { try Self.get(base + "/readyz").status } == 503)
        #expect(throws: HTTPError.self) {
            try MonitoringServer(at: server.address, MonitoringPages(metrics: metrics, health: health))
        }
        server.stop()
        await #expect(throws: (any Error).self) { try await blocking { try Self.get(base + "/livez") } }
    }

    private static func get(_ url: String) throws -> (status: Int, text: String) {
        let curl = try ProcessRunner("/usr/bin/curl", ["-s", "-w", "\n%{http_code}", "--max-time", "20", url])
        let code = try curl.waitForExit()
        struct Failed: Error {}
        guard code == 0 else { throw Failed() }
        var lines = curl.lines()
        let status = Int(lines.removeLast()) ?? 0
        return (status, lines.joined(separator: "\n"))
    }
}
