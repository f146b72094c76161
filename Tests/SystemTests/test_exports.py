"""Claims as a table and as linked data, and the links in them."""

import csv
import http.server
import io
import json
import subprocess
import threading

import pytest
from browser import Browser
from onrecord import BINARIES

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
