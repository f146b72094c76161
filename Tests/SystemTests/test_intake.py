"""What comes in, and what is wrong with some of it."""

import json
import os
import pathlib
import socket
import subprocess
import urllib.request

import pytest
from onrecord import BINARIES, DEADLINE, Service, article, eventually, free_port, last
from web import Web, page, rss


def test_broken_inputs_get_a_line_each_and_the_rest_goes_on(site):
    site.write(1)
    (site.inbox / "2-broken.json").write_text('{"uri": "urn:x", "body": ')
    (site.inbox / "3-latin.txt").write_bytes("Überschrift\n\nText".encode("latin-1"))
    (site.inbox / "4-empty.txt").write_text("")
    (site.inbox / "5-huge.txt").write_text("word " * (2 << 20))
    (site.inbox / "6-lines.jsonl").write_text(
        json.dumps({"uri": "urn:x:6", "body": "First."}) + "\n{broken\n" + json.dumps({"headline": "no body"}) + "\n"
        + json.dumps({"uri": "urn:x:7", "body": "Last."}) + "\n")
    (site.inbox / "7-elsewhere.txt").symlink_to("/nowhere/at/all")
    site.write(8)
    producer = site.producer()
    producer.wait_for("all sources are read")
    uris = [event["subject"].rsplit("/", 1)[-1] for _, _, event in site.articles()]
    assert sorted(uris) == ["00001.txt", "00008.txt", "urn:x:6", "urn:x:7"]
    faults = [line for line in producer.lines if '"level":"warning"' in line]
    for name in ("2-broken.json", "3-latin.txt", "4-empty.txt", "5-huge.txt", "6-lines.jsonl:2", "6-lines.jsonl:3"):
        assert sum(name in line for line in faults) == 1, (name, faults)


def test_once_ends_with_what_became_of_its_sources_and_keeps_what_was_refused(site):
    site.write(1)
    rejects = site.folder / "rejects"
    whole = site.producer("--once", "--rejects", rejects)
    assert whole.ended() == 0
    assert any('"published":1,"known":0,"refused":0,"missing":0' in line for line in whole.lines), whole.lines
    missing = site.producer("--once", sources=[site.inbox, site.folder / "missing.jsonl"])
    assert missing.ended() == 66
    (site.inbox / "Lines É.jsonl").write_text('{"uri": "urn:x:1", "body": "Good."}\n{bad\n{"title": "none"}\n')
    (site.inbox / "bad.txt").write_bytes(b"Caf\xe9\n")
    for published, known in ((1, 1), (0, 2)):
        refusing = site.producer("--once", "--rejects", rejects, sources=[site.inbox, site.folder / "missing.jsonl"])
        assert refusing.ended() == 65
        totals = f'"published":{published},"known":{known},"refused":3,"missing":1'
        assert any(totals in line for line in refusing.lines), refusing.lines
        kept = sorted(path for path in rejects.iterdir() if path.suffix != ".reason")
        assert sorted(path.read_bytes() for path in kept) == sorted([b"Caf\xe9\n", b"{bad", b'{"title": "none"}'])
        for path in kept:
            reason = json.loads(pathlib.Path(f"{path}.reason").read_text())
            assert reason["file"] == path.name and reason["remedy"] and reason["code"] in ("bad-json", "bad-article", "not-utf8")
            assert reason["place"].endswith(("Lines É.jsonl", "bad.txt")), reason


def test_refused_xml_feeds_and_pages_are_kept_as_they_came(site):
    """From files and from the web; each once, under a name that is read again once it is mended."""
    rejects, web = site.folder / "rejects", Web()
    entry = "<item><title></title><link>https://d.example/{}</link><description> </description></item>"
    feed = "<rss version='2.0'><channel><title>Desk</title>" + rss("x", [1]).split("</link>", 1)[1].replace("</channel></rss>", "")
    bad = {
        "broken.xml": b"<?xml version='1.0'?><newsletter>no feed</newsletter>",
        "bomb.xml": b"<!DOCTYPE newsItem [<!ENTITY a 'x'>]><newsItem guid='urn:x'>&a;</newsItem>",
        "page.html": b"<html><body><nav>Home</nav></body></html>",
    }
    for name, content in bad.items():
        (site.inbox / name).write_bytes(content)
    (site.inbox / "feed.xml").write_text(feed + entry.format(7) + "</channel></rss>")
    web.pages["/page"] = b"<html><body><nav>News</nav></body></html>"
    web.pages["/rss"] = feed + entry.format(8).replace("https://d.example", web.url) + "</channel></rss>"
    web.pages["/page/1"] = page(1)
    try:
        for _ in range(2):
            producer = site.producer("--once", "--allow-private", "--rejects", rejects,
                                     sources=[site.inbox, web.url + "/page", web.url + "/rss"])
            assert producer.ended() == 65
    finally:
        web.close()
    reasons = [json.loads(path.read_text()) for path in rejects.glob("*.reason")]
    assert len(reasons) == 6 and all(reason["file"] for reason in reasons), reasons
    kept = {reason["place"].rsplit("/", 1)[-1]: (rejects / reason["file"]) for reason in reasons}
    for name, content in {**bad, "page": web.pages["/page"]}.items():
        assert kept[name].read_bytes() == content
        assert kept[name].suffix == (pathlib.Path(name).suffix or ".html")
    links = {json.loads(path.read_text())["link"] for path in kept.values() if path.suffix == ".json"}
    assert links == {"https://d.example/7", web.url + "/8"}
    kept["page.html"].write_text(page(3))
    kept["page.html"].rename(site.inbox / "page.html")
    for name in ("broken.xml", "bomb.xml", "feed.xml"):
        (site.inbox / name).unlink()
    assert site.producer("--once").ended() == 0


def test_what_is_refused_is_not_kept_where_it_would_be_read_again(site):
    producer = site.producer("--once", "--rejects", site.inbox / "rejects")
    assert producer.ended() == 78


def test_a_watched_folder_publishes_what_comes_into_it(site):
    site.write(1)
    site.producer("--watch")
    eventually(lambda: last(site.raw_control, "raw") == 1, "the first article")
    site.write(2)
    (site.inbox / "sub").mkdir()
    (site.inbox / "sub" / "3.txt").write_text(article(3))
    eventually(lambda: last(site.raw_control, "raw") == 3, "the others")


def test_standard_input_is_read_line_by_line(site):
    lines = "".join(json.dumps({"uri": f"urn:x:{n}", "body": article(n)}) + "\n" for n in range(5))
    read, write = os.pipe()
    producer = site.producer(sources=["-"], stdin=read)
    os.close(read)
    os.write(write, lines.encode())
    eventually(lambda: last(site.raw_control, "raw") == 5, "five articles while the input is open")
    os.close(write)
    producer.wait_for("all sources are read")
    assert producer.stop() == 0


@pytest.mark.parametrize("program", ["producer", "analyzer"])
def test_a_port_in_use_is_told_with_its_endpoint(site, program):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        endpoint = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        service = Service(program, "--state", site.folder / "s", "--publish", endpoint)
        assert service.process.wait(DEADLINE) not in (0, 64)
        eventually(lambda: any(endpoint in line for line in service.lines), "the endpoint in the message")


@pytest.mark.parametrize("program", ["producer", "analyzer", "onrecord"])
def test_a_wrong_flag_is_told_with_a_remedy(program):
    service = Service(program, "--no-such-flag")
    assert service.process.wait(DEADLINE) == 64
    eventually(lambda: any("--help" in line for line in service.lines), "the way to help")


def test_what_waits_for_a_full_disk_at_the_end_is_said_and_is_no_success(site):
    state = site.folder / "producer"
    state.mkdir()
    # Less than the journal keeps free.
    mounting = ["mount", "-t", "tmpfs", "-o", "size=48m", "onrecord-test", state]
    if subprocess.run(mounting, capture_output=True).returncode != 0:
        pytest.skip("a small disk can be mounted by root only")
    try:
        site.write(*range(60))
        producer = site.producer("--once")
        producer.wait_for("articles wait")
        assert producer.stop() == 75
        assert any("stopped before all sources were read" in line and '"published":0' in line for line in producer.lines)
        assert any('"waiting":60' in line for line in producer.lines), producer.lines
        assert not any("all sources are read" in line for line in producer.lines)
    finally:
        subprocess.run(["umount", "-l", state], check=True)


def test_a_folder_that_is_read_once_is_said_to_be(site):
    site.write(1)
    for arguments, is_said in [((), True), (("--once",), False)]:
        producer = site.producer(*arguments)
        line = producer.wait_for("all sources are read")
        producer.stop()
        assert ("--watch was not given" in line) == is_said, line


def test_a_folder_without_feeds_is_said_in_words(tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state/journal.db").touch()
    for name, words in [(".", "no service keeps its journal here"), ("state", "was given none"), ("none", "no such folder"),
                        ("state/journal.db", "a file, and no folder")]:
        done = subprocess.run([BINARIES / "onrecord", "status", tmp_path / name], capture_output=True, text=True, timeout=DEADLINE)
        said = " ".join(done.stderr.split())
        assert done.returncode == 66 and words in said and "--state of a producer" in said, done
        assert ("no feed has been read here" in said) == (name in (".", "state")), done


def test_what_is_not_english_is_said_to_be_and_an_analysis_that_is_too_long_loses_its_end_and_not_itself(site):
    """Articles without a tag, and one of quotes so many and so long that no event holds all of them."""
    site.write(1, body="Brücke gesperrt\n\n„Wir haben in zwei Pfeilern Risse gefunden“, sagte Anna Ek vor dem Stadtrat. Die Arbeiten werden nicht vor "
                       "dem Ende des Winters beginnen.\n")
    site.write(2, body="Мост закрыт\n\n«Мы нашли трещины в двух опорах», — сказала Анна Лисова.\n")
    site.write(3)
    site.write(4, body="Voices\n\n" + "\n\n".join(f"“Ferry {n} to {'x' * 5_000} sank at noon,” said Ann Li." for n in range(1_100)) + "\n")
    port = free_port()
    producer, analyzer = site.producer(), site.analyzer("--http", f"127.0.0.1:{port}")
    results = {event["subject"].rsplit("/")[-1]: (topic, event["data"]) for topic, _, event in site.expect_results(4)}
    assert site.results("dlq") == []
    by_name = [results[name] for name in sorted(results)]
    assert [data["article"]["language"] for _, data in by_name] == ["und", "und", "en", "en"], results.keys()
    assert [topic.split("/")[2] for topic, _ in by_name] == ["und", "und", "en", "en"]
    assert [[remark["code"] for remark in data.get("remarks", [])] for _, data in by_name] == [
        ["other-language"], ["other-language"], [], ["left-out"]]
    assert [bool(data["quotes"]) for _, data in by_name] == [False, False, True, True]
    end = int(by_name[3][1]["remarks"][0]["text"].split("code point ")[1].split()[0])
    assert max(quote["content"]["spans"][0][0] for quote in by_name[3][1]["quotes"]) < end
    analyzer.wait_for("not all of an article is told")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=DEADLINE) as answer:
        assert 'onrecord_remarks_total{code="left-out"} 1' in answer.read().decode()
    assert [producer.stop(), analyzer.stop()] == [0, 0]


CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = ((int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime"))(clock, time);
    long ahead = 0;
    FILE *file = clock == CLOCK_REALTIME ? fopen(getenv("CLOCK_AHEAD"), "r") : NULL;
    if (file && fscanf(file, "%ld", &ahead) == 1) time->tv_sec += ahead;
    if (file) fclose(file);
    return result;
}
"""


@pytest.mark.parametrize("ahead", [7_200, -7_200])
def test_a_clock_that_is_set_holds_nothing_up(site, tmp_path, ahead):
    """A process whose clock is ahead of the system's waits as one does when the system's is set back while it waits."""
    (tmp_path / "clock.c").write_text(CLOCK)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", tmp_path / "clock.so", tmp_path / "clock.c", "-ldl"], check=True)
    offset = tmp_path / "ahead"
    offset.write_text("0")
    environment = {**os.environ, "LD_PRELOAD": str(tmp_path / "clock.so"), "CLOCK_AHEAD": str(offset)}
    producer = site.producer("--watch", env=environment)
    producer.wait_for("producer is ready")
    site.write(1)
    eventually(lambda: last(site.raw_control, "raw") == 1, "the first")
    offset.write_text(str(ahead))
    for n in (2, 3, 4):
        site.write(n)
        eventually(lambda: last(site.raw_control, "raw") == n, f"article {n}")
    assert producer.stop() == 0
