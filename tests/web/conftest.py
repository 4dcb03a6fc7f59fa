"""A shop of its own for each test, and a browser that reads it without a network."""

import asyncio
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from jishi.kernel import Market, new_id
from tests.conftest import Cluster, clone, on
from tests.shops import seed_shops
from tests.site import Site, a_site
from tests.web.pages import app_of
from tests.web.reader import Reader


@pytest.fixture(scope="session")
def page_database() -> Iterator[str]:
    """Lend a database to the pages' tests alone: they bend tables so that a page shows it."""
    with asyncio.Runner() as runner:
        lent = clone()
        yield runner.run(lent.__aenter__())
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def database_url(page_database: str) -> str:
    """Give the URL at which the market logs in."""
    return on(Cluster.login_url, page_database)


@pytest.fixture(scope="session")
def owner_url(page_database: str) -> str:
    """Give the owner's URL."""
    return on(Cluster.owner_url, page_database)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Lend one real server with the sample market."""
    with a_site() as running:
        yield running


@pytest.fixture
def book(owner_url: str) -> int:
    """Give the book of a shop with 3 products, 10 of each."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, skus=3))
    return found


@pytest.fixture
def reader(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Lend a reader of the storefront, who prefers Chinese."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    app = app_of(Market(database_url, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        yield Reader(client)
