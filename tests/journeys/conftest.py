"""One real server and one real browser for the journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.chromium import chromium, flags
from tests.site import Site, a_site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Lend the server."""
    with a_site() as running:
        yield running


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Lend a browser, for one test: Playwright's loop would stand in the way of the others'."""
    assert site.port
    path = chromium()
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=flags())
        yield running
        running.close()
