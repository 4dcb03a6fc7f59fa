"""Each file has a database of its own, and each test a shop: all promises are verified."""

import asyncio

import pytest

from jishi.kernel import new_id
from tests.own_database import database_url, own_database, owner_url
from tests.shops import seed_shops

__all__ = ["database_url", "own_database", "owner_url"]


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found
