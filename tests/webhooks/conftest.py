"""A shop whose programs may listen on this machine."""

import asyncio
from collections.abc import Iterator

import pytest

from jishi import webhooks
from jishi.kernel import new_id
from tests.conftest import run_as_owner
from tests.shops import seed_shops


@pytest.fixture
def book(owner_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Give a shop that no other test has."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    monkeypatch.setenv(webhooks.sending.LOCAL, "local")
    webhooks.secret_of.cache_clear()
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    yield found
    for table in ("deliveries", "webhooks"):
        asyncio.run(run_as_owner(owner_url, f"delete from webhooks.{table} where book = {found}"))
