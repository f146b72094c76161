import pytest

import postgres
from browser import Browser
from onrecord import Site


def pytest_configure(config):
    config.addinivalue_line("markers", "long: begins before all others, so that nothing has to wait for it at the end")
    config.addinivalue_line(
        "markers", "waits: waits for timeouts and pauses of the services and computes next to nothing: deploy/test has workers for these alone")


def pytest_collection_modifyitems(items):
    # What stays together on one worker takes long, too.
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in ("long", "xdist_group")))


@pytest.fixture
def site(tmp_path):
    place = Site(tmp_path)
    yield place
    place.close()


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium; what is tested in it is in few groups, each on a worker of its own."""
    running = Browser()
    yield running
    running.close()


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server that the tests share."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL 15 or later is not installed")
    running = postgres.Server()
    yield running
    running.close()


@pytest.fixture
def database(server):
    """The URL of journals that start empty."""
    yield postgres.url(server)
    server.execute("DROP SCHEMA IF EXISTS producer, analyzer CASCADE")


@pytest.fixture
def postgres_site(tmp_path, database):
    """A pair of services with their journals in PostgreSQL."""
    place = Site(tmp_path, database)
    yield place
    place.close()
