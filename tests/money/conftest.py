"""A shop of its own for each test of money."""

import asyncio

import pytest

from jishi.kernel import new_id
from tests.shops import seed_shops


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found
