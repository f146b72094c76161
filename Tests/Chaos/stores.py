"""Where the services keep their journals, and what can happen to that."""

import postgres


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


class Postgres:
    """A database for each service, on a server whose synchronous standby takes over when it is lost."""

    name = "PostgreSQL"
    disks = []

    def __init__(self):
        self.primary = postgres.Server()
        self.servers = [self.primary]
        for service in SQLite.disks:
            self.primary.execute(f"CREATE DATABASE {self.database(service)}")
        self.standby = postgres.Server(standby_of=self.primary)
        self.servers.append(self.standby)
        self.primary.require_standby()

    @staticmethod
    def database(service):
        return service.replace("-", "_")

    def arguments(self, folder, service):
        return ["--state", folder / service, "--journal", postgres.url(*self.servers, database=self.database(service))]

    def faults(self, faults):
        def server(name, seconds, begin, end):
            return lambda: faults.during(f"{name} PostgreSQL", self, seconds(), begin, end)

        draw = faults.draw
        return [
            (3, server("cut", lambda: 0, lambda: self.primary.cut() and None, lambda: None)),
            (2, server("hold", lambda: draw.uniform(0.5, 8), lambda: self.primary.hold(), lambda: self.primary.resume())),
            (2, server("SIGKILL", lambda: draw.uniform(0, 3), lambda: self.primary.kill(), lambda: self.primary.start())),
            (1, server("stop", lambda: draw.uniform(0, 3), lambda: self.primary.stop(), lambda: self.primary.start())),
            (2, server("fail-over of", lambda: draw.uniform(0, 2), lambda: self.primary.kill(), self.fail_over)),
        ]

    def fail_over(self):
        """The standby becomes the primary; the lost server is made anew as its standby."""
        lost, self.primary = self.primary, self.standby
        self.primary.promote()
        lost.follow(self.primary)
        self.standby = lost
        self.primary.require_standby()

    def close(self):
        for server in self.servers:
            server.close()
