"""One real server for the tests of the web."""

from collections.abc import Iterator

import pytest

from tests.site import Site, a_site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Lend the server."""
    with a_site() as running:
        yield running
