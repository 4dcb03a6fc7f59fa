"""A call whose token WeChat refuses renews it once for all processes, and is made again."""

import asyncio

import httpx
import pytest

from jishi.kernel.database import Database
from jishi.ports.wechat.official import Account, ErrcodeAnswered, Meaning, drafts
from jishi.ports.wechat.official.tokens import Token
from tests.ports.wechat.official.stage import SECRET, TICKET, TOKEN, Wechat, account_at, staged


async def _invalidated(url: str, errcode: int) -> None:
    dead = {"errcode": errcode, "errmsg": "invalid credential rid: 6-7-8"}

    def count(request: httpx.Request) -> object:
        is_alive = request.url.params["access_token"].endswith("-2")
        return {"total_count": 3} if is_alive else dead

    wechat = Wechat({"/cgi-bin/draft/count": count})
    databases = [Database(url), Database(url)]
    for each in databases:
        await each.open()
    one = account_at(wechat, databases[0])
    two = account_at(wechat, databases[1], appid=one.credentials.appid)
    try:
        await asyncio.gather(one.access.current(), two.access.current())
        async with asyncio.timeout(5):
            got = await asyncio.gather(*(counted((one, two)[each % 2]) for each in range(20)))
    finally:
        for account, database in zip((one, two), databases, strict=True):
            await account.close()
            await database.close()
    assert got == [3] * 20
    assert len(wechat.at(TOKEN)) == 2


async def counted(account: Account) -> int:
    return await drafts.count(account)


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
def test_a_token_that_somebody_invalidated_is_renewed_once_and_the_calls_repeated(
    database_url: str, errcode: int
) -> None:
    asyncio.run(_invalidated(database_url, errcode))


def test_a_call_whose_new_token_is_refused_too_fails(database_url: str) -> None:
    async def play() -> None:
        dead = {"errcode": 40001, "errmsg": "invalid credential"}
        async with staged(database_url, {"/cgi-bin/draft/count": dead}) as (account, wechat):
            with pytest.raises(ErrcodeAnswered) as caught:
                await counted(account)
            assert caught.value.meaning is Meaning.BAD_TOKEN
            assert len(wechat.at("/cgi-bin/draft/count")) == 2

    asyncio.run(play())


def test_a_wrong_secret_is_told_as_it_is(database_url: str) -> None:
    async def play() -> None:
        wrong = {"errcode": 40125, "errmsg": "invalid appsecret rid: 1-2-3"}
        async with staged(database_url, {TOKEN: wrong}) as (account, wechat):
            with pytest.raises(ErrcodeAnswered, match="40125") as caught:
                await counted(account)
            assert caught.value.meaning is Meaning.BAD_SETTINGS
            assert SECRET not in str(caught.value)
            assert len(wechat.requests) == 1

    asyncio.run(play())


def test_the_ticket_is_fetched_once_by_two_processes(database_url: str) -> None:
    async def play() -> None:
        wechat = Wechat({TICKET: {"errcode": 0, "ticket": "the-ticket", "expires_in": 7200}})
        databases = [Database(database_url), Database(database_url)]
        for each in databases:
            await each.open()
        one = account_at(wechat, databases[0])
        two = account_at(wechat, databases[1], appid=one.credentials.appid)
        try:
            got = await asyncio.gather(*((one, two)[each % 2].ticket() for each in range(50)))
        finally:
            for account, database in zip((one, two), databases, strict=True):
                await account.close()
                await database.close()
        assert set(got) == {Token(1, "the-ticket")}
        assert (len(wechat.at(TICKET)), len(wechat.at(TOKEN))) == (1, 1)
        assert wechat.at(TICKET)[0].url.params["type"] == "jsapi"

    asyncio.run(play())
