"""Where the services keep their journals, and what can happen to that."""


class SQLite:
    """A folder for each service, on a disk of its own."""

    name = "SQLite"
    disks = ["producer-a", "producer-b", "analyzer"]

    def arguments(self, folder, service):
        return ["--state", folder / service / "state"]

    def faults(self, faults):
        return []

    def close(self):
        pass
