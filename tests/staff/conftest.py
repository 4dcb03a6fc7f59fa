"""A shop of its own for each test of staff."""

import asyncio

import pytest

from jishi.kernel import new_id
from tests.shops import seed_shops


@pytest.fixture
def shop(owner_url: str) -> int:
    """Give the book of a shop."""
    number = new_id() >> 20
    asyncio.run(seed_shops(owner_url, number))
    return number
