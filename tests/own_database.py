"""A database for each file alone: what it verifies at its end is all of its own making."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.conftest import Cluster, clone, on


@pytest.fixture(scope="module")
def own_database() -> Iterator[str]:
    """Lend a database to this file alone: at its end every promise is verified over all of it."""
    with asyncio.Runner() as runner:
        lent = clone()
        yield runner.run(lent.__aenter__())
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def database_url(own_database: str) -> str:
    """Give the URL at which the market logs in."""
    return on(Cluster.login_url, own_database)


@pytest.fixture(scope="module")
def owner_url(own_database: str) -> str:
    """Give the owner's URL."""
    return on(Cluster.owner_url, own_database)
