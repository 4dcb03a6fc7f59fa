"""What WeChat pushes of followers: believed for its signature, noted once, forged in vain."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import asyncpg
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from jishi import people
from jishi.kernel import Market, new_id
from jishi.people.wechat_account import AccountSettings
from jishi.ports.wechat.official import Hosts
from jishi.ports.wechat.sealing import wrap_push
from jishi.ports.wechat.signing import push_signature
from tests.web.pages import app_of

APPID, TOKEN, AES_KEY = "wx1234567890abcdef", "a-token", "k" * 43
PATH = "/wechat/pushes"


class Door(NamedTuple):
    """The market's door for WeChat."""

    client: TestClient[Litestar]
    aes_key: str

    def push(self, openid: str, event: str, scene: str = "", **spoiled: Any) -> int:
        """Push an event, as WeChat does; gives the status."""
        stamp = str(spoiled.get("at", int(time.time())))
        text = (
            f"<xml><ToUserName>gh_1</ToUserName><FromUserName>{openid}</FromUserName>"
            f"<CreateTime>{spoiled.get('made_at', stamp)}</CreateTime><MsgType>event</MsgType>"
            f"<Event>{event}</Event><EventKey>{scene}</EventKey></xml>"
        )
        token = str(spoiled.get("token", TOKEN))
        query = {
            "signature": push_signature(token, stamp, "n"), "timestamp": stamp, "nonce": "n"
        }  # fmt: skip
        if self.aes_key and not spoiled.get("is_plain"):
            sealed = wrap_push(self.aes_key, APPID, b"s" * 16, text)
            text = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
            query["msg_signature"] = push_signature(token, stamp, "n", sealed)
        return self.client.post(PATH, params=query, content=text).status_code


@pytest.fixture(params=["", AES_KEY], ids=["plain", "sealed"])
def door(
    database_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Door]:
    """Lend a market that this account pushes to, in either mode."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")

    async def read() -> AccountSettings:
        return AccountSettings(
            appid=APPID, secret="s", hosts=Hosts(), token=TOKEN,  # noqa: S106 - nobody's
            aes_key=request.param,
        )  # fmt: skip

    market = Market(database_url, is_working=False)
    with TestClient(app_of(market), base_url="http://market.example") as client:
        people.wechat_account.open(read, market)
        yield Door(client, request.param)


def follows(owner_url: str, since: int) -> list[tuple[bool, str]]:
    """Read what was noted since an event of the market's book."""

    async def read() -> list[tuple[bool, str]]:
        owner = await asyncpg.connect(owner_url)
        try:
            found = await owner.fetch(
                "select is_following, source from evidence.follows where number > $1"
                " order by number", since,
            )  # fmt: skip
            return [(row["is_following"], row["source"]) for row in found]
        finally:
            await owner.close()

    return asyncio.run(read())


@pytest.fixture
def since(owner_url: str) -> int:
    """Give where the market's book stands."""

    async def read() -> int:
        owner = await asyncpg.connect(owner_url)
        try:
            return int(await owner.fetchval("select event_count from kernel.books where book = 1"))
        finally:
            await owner.close()

    return asyncio.run(read())


def test_a_follower_comes_by_a_scene_and_leaves(door: Door, owner_url: str, since: int) -> None:
    openid = f"o{new_id()}"
    assert door.push(openid, "subscribe", "qrscene_poster7") == 200
    assert door.push(openid, "subscribe", "qrscene_poster7") == 200
    assert door.push(openid, "unsubscribe") == 200
    assert follows(owner_url, since) == [(True, "poster7"), (False, "")]


def test_a_push_that_is_told_again_is_the_same(door: Door, owner_url: str, since: int) -> None:
    openid, made_at = f"o{new_id()}", int(time.time())
    for event in ("subscribe", "unsubscribe", "subscribe", "unsubscribe"):
        assert door.push(openid, event, made_at=made_at) == 200
    assert follows(owner_url, since) == [(True, ""), (False, "")]


def test_what_needs_nothing_is_taken_all_the_same(door: Door, owner_url: str, since: int) -> None:
    assert door.push(f"o{new_id()}", "unsubscribe") == 200
    assert door.push(f"o{new_id()}", "CLICK", "KEY") == 200
    assert follows(owner_url, since) == []


@pytest.mark.parametrize("spoiled", [{"token": "another"}, {"at": int(time.time()) - 4_000}])
def test_a_forged_or_old_push_is_refused(
    door: Door, owner_url: str, since: int, spoiled: dict[str, Any]
) -> None:
    assert door.push(f"o{new_id()}", "subscribe", **spoiled) == 403
    assert follows(owner_url, since) == []


def test_a_plain_push_to_a_sealed_account_is_refused(
    door: Door, owner_url: str, since: int
) -> None:
    status = door.push(f"o{new_id()}", "subscribe", is_plain=True)
    assert status == (403 if door.aes_key else 200)
    assert len(follows(owner_url, since)) == (0 if door.aes_key else 1)


def test_the_first_check_is_answered_to_wechat_alone(door: Door) -> None:
    stamp = str(int(time.time()))
    query = {"timestamp": stamp, "nonce": "n", "echostr": "hello 你好"}
    good = {**query, "signature": push_signature(TOKEN, stamp, "n")}
    assert door.client.get(PATH, params=good).text == "hello 你好"
    assert door.client.get(PATH, params={**query, "signature": "no"}).status_code == 403


def test_without_a_token_nothing_is_believed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    market = Market(database_url, is_working=False)
    with TestClient(app_of(market), base_url="http://market.example") as client:
        assert Door(client, "").push("o1", "subscribe", token="") == 403
        assert client.get(PATH).status_code == 403
