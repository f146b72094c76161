internal import Glibc

extension Metrics {
    /// Has the process show itself, by the names that Prometheus's own clients use, and how its service is.
    ///
    /// - Parameters:
    ///   - service: The service's name.
    ///   - version: Its version.
    ///   - health: Whether it is ready, and alive.
    ///   - folder: A folder on the disk whose free space is shown, or nil.
    public func showProcess(of service: String, version: String, health: Health, folder: String? = nil) {
        let start = Double(Moment.now.milliseconds) / 1_000
        gauge("onrecord_info", ["service": service, "version": version], help: "What runs here.").set(1)
        gauge("process_start_time_seconds", help: "When the process began, in seconds since 1970.") { start }
        let begun = ContinuousClock.now
        gauge("onrecord_up_seconds", help: "How long the process has run, whatever became of its clock.") {
            (ContinuousClock.now - begun) / .seconds(1)
        }
        gauge("process_resident_memory_bytes", help: "Memory in use.") { ProcessStatus.residentBytes.map(Double.init) }
        gauge("process_open_fds", help: "Open file descriptors.") { ProcessStatus.openFiles.map(Double.init) }
        reading("process_cpu_seconds_total", type: "counter", help: "Processor time of all threads.") {
            ProcessStatus.processorTime / .seconds(1)
        }
        gauge("onrecord_ready", help: "1 where the service is ready, 0 where /readyz says what it waits for.") {
            health.waits.isEmpty ? 1 : 0
        }
        gauge("onrecord_alive", help: "1 where all loops turn, 0 where /livez says which is stuck.") {
            health.stuck.isEmpty ? 1 : 0
        }
        guard let folder else { return }
        gauge("onrecord_disk_free_bytes", help: "Free space on the disk of the state folder.") {
            var disk = statvfs()
            guard statvfs(folder, &disk) == 0 else { return nil }
            return Double(disk.f_bavail) * Double(disk.f_frsize)
        }
    }
}
