import pytest

from onrecord import Site


@pytest.fixture
def site(tmp_path):
    place = Site(tmp_path)
    yield place
    place.close()
