"""Endpoints in the file system: no file is destroyed, and none is taken from a service that serves it."""

import pytest
from onrecord import Service, receive, subscribe


def producer(site, name, publish, *arguments):
    return site._start(
        "producer", "--source", site.inbox, "--watch", "--state", site.folder / name, "--publish", publish, "--control",
        f"ipc://{site.folder}/{name}.ctl", *arguments)


def test_a_second_service_cannot_take_an_endpoint_from_the_first(site):
    live = f"ipc://{site.folder}/live"
    first = producer(site, "a", live)
    first.wait_for("producer is ready")
    second = producer(site, "b", live)
    assert second.ended() == 75
    assert any("Address already in use" in line and live in line for line in second.lines)
    sub = subscribe(live, "raw/1/")
    site.write(1)
    assert len(receive(sub, 1, "raw/1/")) == 1
    sub.close()
    # What a killed one leaves behind is no obstacle.
    first.kill()
    third = producer(site, "a", live)
    third.wait_for("producer is ready")
    sub = subscribe(live, "raw/1/")
    site.write(2)
    assert len(receive(sub, 1, "raw/1/")) == 1
    sub.close()
    assert third.stop() == 0


@pytest.mark.parametrize("option", ["--publish", "--control"])
def test_a_file_is_left_as_it_is(site, option):
    precious = site.folder / "notes.db"
    precious.write_text("precious")
    endpoints = {"--publish": f"ipc://{site.folder}/p", "--control": f"ipc://{site.folder}/c", option: f"ipc://{precious}"}
    refused = Service("producer", "--source", site.inbox, "--once", "--state", site.folder / "c",
                      *[word for pair in endpoints.items() for word in pair])
    site.services.append(refused)
    assert refused.ended() == 78
    assert any(str(precious) in line and "left as it is" in line for line in refused.lines), refused.lines
    assert precious.read_text() == "precious"


@pytest.mark.parametrize("option", ["--publish", "--control", "--pool"])
def test_an_analyzer_destroys_no_file_either(site, option):
    precious = site.folder / "notes.db"
    precious.write_text("precious")
    refused = site.analyzer(option, f"ipc://{precious}")
    assert refused.ended() == 78
    assert precious.read_text() == "precious"
