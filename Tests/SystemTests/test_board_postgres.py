"""`onrecord board` over PostgreSQL: the same pages, told by the same tests, and a server that goes away and comes back."""

import re

import board
import pytest
from board import Listener, headlines
from onrecord import ROOT, Service, eventually, free_port
from stream import analysis
from test_board import (  # noqa: F401  (the same tests, over the other database)
    test_a_person_has_a_page, test_a_person_is_one_under_all_spellings, test_a_publisher_is_found_without_capitals_and_accents, test_an_article_has_a_page_until_it_is_replaced_taken_back_or_erased,
    test_older_articles_are_on_further_pages, test_what_was_said_is_listed_searched_and_narrowed,
    test_times_are_the_same_in_every_database, test_what_is_equal_comes_in_the_same_order_from_every_database,
    test_whoever_listens_is_told_that_there_is_something_new)
from test_sink import search

import postgres


class Site(board.Site):
    """A stream, the sink that follows it into PostgreSQL, and the board over that."""

    def __init__(self, folder, server, *arguments):
        self.server = server
        super().__init__(folder, *arguments, path=postgres.url(server))

    def held(self):
        try:
            return int(self.server.execute("SELECT coalesce((nullif(cursor, '')::json ->> 'n')::bigint, 0) FROM onrecord.sink"))
        except RuntimeError:
            return None  # no table yet


@pytest.fixture
def site(tmp_path, server):
    site = Site(tmp_path, server)
    yield site
    site.close()
    server.execute("DROP SCHEMA IF EXISTS onrecord CASCADE")


def test_a_name_with_a_mark_in_it_begins_no_more_than_it_says(site):
    """Of O'B… nothing else than what goes on after the mark is found."""
    site.add(analysis("a", [("Conan O'Brien", "“Piers o'brien,”")], headline="One"), analysis("b", [("Ole Berg", "“Olives and beer,”")], headline="Other"),
             analysis("c", [("Mo Ott-Bauer", "“Old boats: <b>12.5</b> metres, see boats.example/pier, a<3 and c>4,”")], headline="Third"))
    for words, expected in [("o'b*", ["One"]), ("ol*", ["Third", "Other"]), ("o'brien", ["One"]), ("& o'b*", ["One"]), ("&*", []), ("12.5", ["Third"]),
                            ("12.*", ["Third"]), ("pier*", ["One", "Third"]), ("and", ["Other", "Third"]), ("b", ["Third"])]:
        code, found = search(site.path, words)
        assert {item["headline"] for item in found} == set(expected), words
    assert headlines(site.page("/?speaker=o%27b*")) == ["One"] and headlines(site.page("/?speaker=ott-b*")) == ["Third"]


def test_a_user_who_may_only_read_is_enough_and_no_password_is_shown(site, tmp_path, server):
    site.add(analysis("a", [("Ann Li", "“Read me,”")], headline="Read"))
    guide = (ROOT / "Sources" / "onrecord" / "Documentation.docc" / "Operators.md").read_text()
    [role] = re.findall(r"^<!-- psql -->\n```sql\n(.*?)^```\n", guide, re.M | re.S)
    server.execute(f"DROP ROLE IF EXISTS reader; {role} ALTER ROLE reader PASSWORD 'sesame'")
    try:
        url = f"postgresql://reader:sesame@/postgres?host={server.folder}"
        board = Service("onrecord", "board", url, "--http", f"127.0.0.1:{free_port()}")
        own, site.address = site.address, board.wait_for("is shown at").rsplit("http://", 1)[1]
        assert headlines(site.page("/")) == ["Read"] and "reader@" in site.page("/state")
        assert not any("sesame" in text for text in [*board.lines, site.page("/state")])
        assert [item["headline"] for item in search(url, "read")[1]] == ["Read"]
        board.kill()
        site.address = own
    finally:
        server.execute("DROP OWNED BY reader; DROP ROLE reader")


def test_it_goes_on_when_the_server_comes_back(tmp_path):
    server = postgres.Server()
    site = None
    try:
        site = Site(tmp_path, server)
        site.add(analysis("a", [("Ann Li", "“Before,”")], headline="Before"))
        one = Listener(site.address)
        known = one.event()["page"]
        server.stop()
        status, headers, text = site.get("/")
        assert status == 503 and "took too long" not in text and str(server.folder) not in text and int(headers["Retry-After"]) > 0
        away = site.board.wait_for("the server is away")
        # How the services are is told all the same, and that the database is away on every page.
        eventually(lambda: "database is away" in (state := site.page("/state")) and "analyzer does not answer" in state, "both are said")
        assert "database is away" in site.get("/")[2]
        assert [line for line in site.board.lines if "away" in line] == [away], "it is said once"
        server.start()
        site.board.wait_for("the database can be read again")
        site.add(analysis("b", [("Ann Li", "“After,”")], headline="After"))
        eventually(lambda: site.get("/")[0] == 200, "it is shown again")
        assert headlines(site.page("/")) == ["After", "Before"]
        while one.event()["page"] == known:
            pass
        one.close()
        assert site.board.stop() == 0
    finally:
        if site:
            site.close()
        server.close()
