"""A WeChat that answers what a test tells it to, and an account that calls it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import pytest

from jishi.kernel.database import Database
from jishi.ports.wechat.official import Account, Credentials, Hosts, OverLimit
from jishi.ports.wechat.official.tokens import Patience
from jishi.ports.wechat.transport import Limits, Transport

TOKEN, TICKET = "/cgi-bin/stable_token", "/cgi-bin/ticket/getticket"
SECRET = "0123456789abcdef" * 2
HOSTS = Hosts(
    api=("https://one.example", "https://two.example"),
    pages="https://pages.example",
    consent="https://consent.example",
)
QUICK = Limits(pause_seconds_min=0.001, pause_seconds_max=0.002, call_seconds_max=5)
PATIENCE = Patience(fetch_seconds_max=3, lease_seconds=5, wait_seconds_max=12, poll_seconds=0.01)


class Wechat:
    """Answers by path: JSON, bytes, a response, something that makes one, or a row of them."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers, self.requests = answers, list[httpx.Request]()

    def handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        path = request.url.path
        answer = self.answers.get(path)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            answer = answer(request)
        if answer is None and path == TOKEN:
            answer = {"access_token": f"token-{len(self.at(TOKEN))}", "expires_in": 7200}
        if isinstance(answer, httpx.Response):
            return answer
        if isinstance(answer, bytes):
            return httpx.Response(200, content=answer, headers={"Content-Type": "image/jpeg"})
        return httpx.Response(200, json=answer or {"errcode": 0, "errmsg": "ok"})

    def at(self, path: str) -> list[httpx.Request]:
        """Give the requests of one path."""
        return [each for each in self.requests if each.url.path == path]

    @property
    def last(self) -> httpx.Request:
        """Give the last request."""
        return self.requests[-1]


def asked(request: httpx.Request) -> tuple[str, str, dict[str, str], Any]:
    """Give what a request asked: method, path, query without the token, and its JSON."""
    query = dict(request.url.params)
    query.pop("access_token", None)
    body = json.loads(request.content) if request.content else None
    return request.method, request.url.path, query, body


def account_at(
    wechat: Wechat, database: Database, *, appid: str = "", secret: str = SECRET
) -> Account:
    """Make an account whose WeChat is this one."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(wechat.handle))
    return Account(
        Credentials(appid or f"wx{uuid4().hex[:16]}", secret),
        database,
        hosts=HOSTS,
        transport=Transport(HOSTS.api, client=client, limits=QUICK),
        patience=PATIENCE,
    )


@asynccontextmanager
async def staged(
    url: str, answers: dict[str, Any] | None = None
) -> AsyncIterator[tuple[Account, Wechat]]:
    """Lend a new account with its tokens in the real database, and the WeChat it calls."""
    database, wechat = Database(url), Wechat(answers or {})
    await database.open()
    try:
        async with account_at(wechat, database) as account:
            yield account, wechat
    finally:
        await database.close()


class Case(NamedTuple):
    """A call, the request it makes, what WeChat answers, and what comes of it."""

    call: Callable[[Account], Awaitable[object]]
    request: tuple[str, str, dict[str, str], Any]
    answer: Any = None
    result: object = None


def check(url: str, *cases: Case) -> None:
    """See that each call makes its documented request and reads its documented answer."""

    async def play() -> None:
        async with staged(url) as (account, wechat):
            for case in cases:
                wechat.answers = {case.request[1]: case.answer}
                result = await case.call(account)
                assert asked(wechat.last) == case.request
                assert result == case.result, case.request[1]

    asyncio.run(play())


def over_limit(url: str, *calls: Callable[[Account], Awaitable[object]]) -> None:
    """See that each call is refused before anything is sent."""

    async def play() -> None:
        async with staged(url) as (account, wechat):
            for call in calls:
                with pytest.raises(OverLimit):
                    await call(account)
            assert wechat.requests == []

    asyncio.run(play())
