"""Fixtures of the kernel's tests."""

import pytest

from tests.kernel.pots import Urls


@pytest.fixture
def urls(database_url: str, owner_url: str) -> Urls:
    """Give the URLs of this worker's database."""
    return Urls(database_url, owner_url)
