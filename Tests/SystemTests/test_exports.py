"""Claims as a table and as linked data, and the links in them."""

import csv
import http.server
import io
import json
import subprocess
import threading

import pytest
from browser import Browser
from onrecord import BINARIES, DEADLINE
from stream import Stream, analysis

TEXT = ("Ferry sinks off Harbour Town\n\n" + "Nothing else happened on the island that day, and nobody said why. " * 40
        + "\n\n“The ferry sank at noon with 300 people on board,” the mayor, Ann Li, told reporters on Monday.\n\n"
        + "The harbour was closed, and more than 40 boats searched the bay until the evening of the same day.\n")


@pytest.fixture
def site_of_one_page():
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n") if line)
            page = f"<!doctype html><meta charset=utf-8><title>x</title>{body}<div style='height:4000px'></div>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ferry"
    server.shutdown()


def analyze(address, tmp_path, *words):
    file = tmp_path / "ferry.jsonl"
    file.write_text(json.dumps({"uri": address, "headline": "=HYPERLINK(\"http://evil\")", "source": "-x", "published": "2024-05-31T08:00:00Z",
                                "language": "en", "body": TEXT}) + "\n")
    return subprocess.run([BINARIES / "onrecord", "analyze", *words, file], check=True, stdout=subprocess.PIPE, text=True).stdout


def test_links_of_the_table_lead_to_the_words(site_of_one_page, tmp_path):
    rows = list(csv.DictReader(io.StringIO(analyze(site_of_one_page, tmp_path, "--format", "csv", "--min-check-worthiness", "0.5"))))
    [row] = [row for row in rows if "sank at noon" in row["text"]]
    assert row["speaker"] == "Ann Li" and row["type"] == "person" and row["published"] == "2024-05-31T08:00:00Z"
    assert all(cell[:1] not in "=+-@" or not cell for row in rows for cell in row.values())
    assert [float(row["score"]) for row in rows] == sorted((float(row["score"]) for row in rows), reverse=True)
    browser = Browser()
    try:
        browser.set(800, 600)
        for fragment, is_there in (("", False), (row["link"].removeprefix(site_of_one_page), True)):
            browser.show("", url=site_of_one_page + fragment)
            seen = browser.value("(r => r.top >= 0 && r.bottom <= innerHeight)([...document.querySelectorAll('p')]"
                                 ".find(p => p.textContent.includes('sank at noon')).getBoundingClientRect())")
            assert seen == is_there
    finally:
        browser.close()


def test_linked_data_is_a_graph_of_the_article(tmp_path):
    [line] = analyze("https://news.example/ferry", tmp_path, "--format", "schema.org").splitlines()
    graph = json.loads(line)["@graph"]
    ids = [node["@id"] for node in graph]
    assert len(ids) == len(set(ids)) and ids[0] == "https://news.example/ferry"
    [quotation] = [node for node in graph if node["@type"] == "Quotation" and "sank at noon" in node["text"]]
    assert quotation["spokenByCharacter"]["name"] == "Ann Li" and quotation["isPartOf"]["@id"] == ids[0]
    claims = [node for node in graph if node["@type"] == "Claim"]
    assert claims and all(claim["appearance"]["@id"] == ids[0] for claim in claims)
    [claim] = [node for node in claims if "sank at noon" in node["text"]]
    assert claim["author"] == {"@type": "Person", "name": "Ann Li", "jobTitle": "mayor"}


LONG = " ".join(["The river rose and the bridge held while we watched it."] * 20)


@pytest.mark.parametrize("form", ["csv", "schema.org"])
def test_what_is_not_told_is_said_beside_an_export(tmp_path, form):
    (tmp_path / "letter.txt").write_text(f"A letter is found\n\nThe mayor of the town read it on Monday.\n\n“{LONG}”\n\nIt was in a bottle on the beach.\n")
    (tmp_path / "fr.jsonl").write_text(json.dumps({"uri": "urn:fr", "language": "fr", "headline": "Le bac", "body": "Le bac a coulé à midi."}) + "\n")
    for extra in ([], ["--min-check-worthiness", "0.99"]):
        done = subprocess.run([BINARIES / "onrecord", "analyze", "--format", form, *extra, tmp_path / "letter.txt", tmp_path / "fr.jsonl"],
                              capture_output=True, text=True)
        assert done.returncode == 0, done
        assert "letter.txt: not all of it is told: a passage in quotation marks" in done.stderr, done.stderr
        assert "urn:fr: not all of it is told: it is in fr" in done.stderr, done.stderr
        if form == "schema.org" and not extra:
            comments = [node["comment"] for line in done.stdout.splitlines() for node in json.loads(line)["@graph"] if "comment" in node]
            assert len(comments) == 2 and all(comment[0]["@type"] == "Comment" and comment[0]["text"] for comment in comments)
    # Of what is not asked for nothing is said.
    done = subprocess.run([BINARIES / "onrecord", "analyze", "--format", form, "--language", "en", tmp_path / "fr.jsonl"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.count("coul"), done.stderr) == (0, 0, "")


def test_what_is_not_told_is_said_beside_what_a_stream_gives(tmp_path):
    stream, noted = Stream(), analysis("a", [("Ann Li", "It sank.")])
    noted["data"]["remarks"] = [{"code": "left-out", "text": "the end is missing"}]
    stream.add(noted)
    try:
        for command in (["fetch", "--connect", stream.control_endpoint],
                        ["tail", "--from", "1", "--count", "1", "--connect", stream.publish_endpoint, "--control", stream.control_endpoint]):
            for words, said, shown in ([], 0, 1), (["--format", "csv"], 1, 0), (["--format", "schema.org"], 1, 1), (["--format", "jsonl"], 0, 1):
                done = subprocess.run([BINARIES / "onrecord", *command, *words], capture_output=True, text=True, timeout=DEADLINE)
                counts = done.stderr.count("not all of it is told: the end is missing"), done.stdout.count("the end is missing")
                assert (done.returncode, *counts) == (0, said, shown), (command, words, done)
        # What a filter leaves out has a remark all the same.
        done = subprocess.run([BINARIES / "onrecord", "fetch", "--connect", stream.control_endpoint, "--speaker", "Nobody"], capture_output=True, text=True)
        assert "the end is missing" in done.stderr and done.stdout == "", done
    finally:
        stream.close()
