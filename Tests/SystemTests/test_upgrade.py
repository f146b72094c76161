"""Journals that the first release made are brought up to date by this one, which goes on with them."""

import json
import pathlib
import shutil

import postgres
import pytest
from onrecord import Service, eventually, fetch, last

MADE = pathlib.Path(__file__).parent / "version1"


class Folder:
    """Both services in a folder, reached by sockets there, as those of the first release were."""

    def __init__(self, folder, *options):
        self.folder, self.options = folder, options
        self.control = {name: f"ipc://{folder}/{name}-control" for name in ("raw", "res")}
        lines = [{"uri": f"urn:v1:{n}", "headline": f"Pier {n} opens", "language": "en", "source": "harbour.example",
                  "body": f"Pier {n} opens\n\n“We open pier {n} in March,” said harbour engineer Mira Kolar.\n"}
                 for n in (1, 2, 3, 4)]
        (folder / "articles.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    def start(self):
        self.producer = Service(
            "producer", "--source", "articles.jsonl", "--state", "producer", "--publish", "ipc://raw", "--control",
            "ipc://raw-control", *self.options, cwd=self.folder)
        self.analyzer = Service(
            "analyzer", "--raw", "ipc://raw", "--raw-control", "ipc://raw-control", "--state", "analyzer", "--publish",
            "ipc://res", "--control", "ipc://res-control", "--pool", "ipc://pool", *self.options, cwd=self.folder)

    def expect(self):
        """The fourth article is new to both, and the first three are what they were; results are readable."""
        eventually(lambda: last(self.control["res"], "res") >= 4, "the fourth article's result")
        articles, results = fetch(self.control["raw"], "raw"), fetch(self.control["res"], "res")
        assert [event["subject"] for _, _, event in articles] == [f"urn:v1:{n}" for n in (1, 2, 3, 4)]
        assert sorted(event["subject"] for _, _, event in results) == [f"urn:v1:{n}" for n in (1, 2, 3, 4)]
        assert all("h" in position for _, position, _ in articles + results)
        assert len({position["e"] for _, position, _ in articles}) == 1
        assert not any("new epoch" in line or "set back" in line for line in self.producer.lines + self.analyzer.lines)

    def stop(self):
        assert [self.analyzer.stop(), self.producer.stop()] == [0, 0]


def test_journals_in_sqlite_of_the_first_release_are_gone_on_with(tmp_path):
    site = Folder(tmp_path)
    for service in ("producer", "analyzer"):
        (tmp_path / service).mkdir(mode=0o700)
        shutil.copyfile(MADE / f"{service}.db", tmp_path / service / "journal.db")
    for _ in range(2):
        site.start()
        site.expect()
        site.stop()
    for service in ("producer", "analyzer"):
        assert (tmp_path / service / "journal.v1.db").exists()


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_journals_in_postgresql_of_the_first_release_are_gone_on_with(tmp_path):
    server = postgres.Server()
    try:
        server._run("psql", "-h", server.folder, "-U", "postgres", "-Xqf", MADE / "journals.sql", "-v", "ON_ERROR_STOP=1")
        site = Folder(tmp_path, "--journal", postgres.url(server))
        for _ in range(2):
            site.start()
            site.expect()
            site.stop()
        for service in ("producer", "analyzer"):
            stream = "raw" if service == "producer" else "res"
            kept = server.execute(f"SELECT version, last FROM {service}_v1.journal, {service}_v1.stream WHERE name = '{stream}'")
            assert kept == "1|3\n", "the old tables are kept as they were"
    finally:
        server.close()
