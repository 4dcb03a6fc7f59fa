"""A program that calls the API of a shop."""

import asyncio
import secrets
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from jishi import access
from jishi.kernel import Market, new_id
from tests.access.keys import issue
from tests.conftest import opened
from tests.shops import seed_shops
from tests.web.pages import app_of


class Program:
    """A program with a key of a shop."""

    def __init__(self, client: TestClient[Litestar], url: str, book: int) -> None:
        self.client, self.url, self.book = client, url, book
        self.token = self.key(*access.SCOPES)

    def key(self, *scopes: str) -> str:
        """Issue another key of the shop."""
        secret = secrets.token_urlsafe(32)
        asked = issue(self.book, *scopes, digest=access.rules.digest(secret))

        async def scene() -> None:
            async with opened(self.url) as market:
                assert isinstance(await market.ask(asked), access.ApiKeyIssued)

        asyncio.run(scene())
        return access.rules.token(self.book, asked.key_id, secret)

    def get(self, path: str, token: str = "", **headers: str) -> httpx.Response:
        """Read."""
        headers = {"authorization": f"Bearer {token or self.token}", **headers}
        return self.client.get(f"/api/v1{path}", headers=headers)

    def post(self, path: str, body: Any, key: str = "", **headers: str) -> httpx.Response:
        """Change something, under a key."""
        headers = {
            "authorization": f"Bearer {self.token}", "idempotency-key": key or str(uuid4()),
            **headers,
        }  # fmt: skip
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)


@pytest.fixture
def program(
    database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """Lend a program of a shop with five products."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, shops=2))
    app = app_of(Market(database_url, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        yield Program(client, database_url, book)
