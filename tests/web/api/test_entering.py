"""Who enters the API: a good key for the scope, and of its own shop only."""

import asyncio
import re

import pytest

from jishi import access
from tests.access.keys import revoke
from tests.conftest import opened
from tests.web.api.conftest import Program


def test_a_key_opens_what_its_scopes_name(program: Program) -> None:
    reading = program.key("goods:read")
    assert program.get("/products", reading).status_code == 200
    refused = program.get("/orders", reading)
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["reason"] == "scope_missing"
    body = {"price_fen": 1}
    headers = {"authorization": f"Bearer {reading}"}
    assert program.post("/skus/T1/price", body, **headers).status_code == 403


@pytest.mark.parametrize(
    ("there", "put"),
    [(r".*", ""), (r".{3}$", "aaa"), ("jk_", "jk_1"), ("$", "\u4e2d"), (r"jk_\w+?_", "jk_0_")],
)
def test_without_a_good_key_nobody_enters(program: Program, there: str, put: str) -> None:
    token = re.sub(there, put, program.token, count=1)
    assert token != program.token
    headers = {b"authorization": f"Bearer {token}".encode()}
    answer = program.client.get("/api/v1/shop", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["reason"] in {"key_missing", "key_unknown"}


def test_a_revoked_key_opens_nothing_from_then_on(program: Program) -> None:
    token = program.key("goods:read")
    assert program.get("/shop", token).status_code == 200
    named = access.rules.read(token)
    assert named is not None

    async def scene() -> None:
        async with opened(program.url) as market:
            await market.ask(revoke(program.book, named.key_id))

    asyncio.run(scene())
    assert program.get("/shop", token).status_code == 401


def test_a_cookie_or_another_sites_page_does_not_enter(program: Program) -> None:
    answer = program.client.post("/api/v1/skus/T1/price", json={"price_fen": 1})
    assert answer.status_code == 401


def test_what_is_not_there_is_a_problem_too(program: Program) -> None:
    answer = program.get("/nothing")
    assert answer.status_code == 404
    assert answer.json()["reason"] == "not_found"
    assert len(answer.json()["request_id"]) == 12
