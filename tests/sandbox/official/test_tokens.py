"""Access tokens: who gets which, and how long it is good."""

from typing import Any

from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

PROBE = "/cgi-bin/getcallbackip"


async def plain(account: Account, **other: str) -> Any:
    asked = {
        "grant_type": "client_credential", "appid": account.appid, "secret": account.secret,
    } | other  # fmt: skip
    return (await account.scene.http.get("/cgi-bin/token", params=asked)).json()


async def stable(account: Account, **other: object) -> Any:
    asked = {
        "grant_type": "client_credential", "appid": account.appid, "secret": account.secret,
    } | other  # fmt: skip
    return (await account.scene.http.post("/cgi-bin/stable_token", json=asked)).json()


async def opens(account: Account, token: str) -> int:
    account.token = token
    return int((await account.get(PROBE)).get("errcode", 0))


def test_a_plain_token_has_five_minutes_beside_the_next(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        first, second = await plain(account), await plain(account)
        assert first["expires_in"] == second["expires_in"] == 7200
        assert [await opens(account, each["access_token"]) for each in (first, second)] == [0, 0]
        await stage.advance(minutes=5)
        assert await opens(account, first["access_token"]) == 40001
        assert await opens(account, second["access_token"]) == 0
        await stage.advance(hours=2)
        assert await opens(account, second["access_token"]) == 42001

    perform(play)


def test_the_stable_token_is_the_same_until_five_minutes_before_its_end(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        first = await stable(account)
        await stage.advance(minutes=110)
        again = await stable(account)
        assert again["access_token"] == first["access_token"]
        assert 300 < again["expires_in"] <= 600
        await stage.advance(minutes=6)
        new = await stable(account)
        assert new["access_token"] != first["access_token"]
        assert new["expires_in"] == 7200
        assert await opens(account, first["access_token"]) == 0
        assert await opens(account, new["access_token"]) == 0
        assert (await stable(account))["access_token"] == new["access_token"]

    perform(play)


def test_the_two_kinds_of_token_know_nothing_of_each_other(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        kept = (await stable(account))["access_token"]
        await plain(account)
        await plain(account)
        await stage.advance(minutes=6)
        assert await opens(account, kept) == 0

    perform(play)


def test_a_forced_refresh_ends_the_old_token_at_once_twenty_times_a_day(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        old = (await stable(account))["access_token"]
        new = (await stable(account, force_refresh=True))["access_token"]
        assert new != old
        assert await opens(account, old) == 40001
        too_soon = await stable(account, force_refresh=True)
        assert too_soon["access_token"] == new
        for _ in range(19):
            await stage.advance(seconds=31)
            assert "access_token" in await stable(account, force_refresh=True)
        await stage.advance(seconds=31)
        refused = await stable(account, force_refresh=True)
        assert refused["errcode"] == 45009
        await stage.advance(days=1)
        assert "access_token" in await stable(account, force_refresh=True)

    perform(play)


def test_what_is_wrong_with_a_request_for_a_token_is_told(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert (await plain(account, grant_type="password"))["errcode"] == 40002
        assert (await plain(account, appid=""))["errcode"] == 41002
        assert (await plain(account, secret=""))["errcode"] == 41004
        assert (await plain(account, appid="wx0000000000000000"))["errcode"] == 40013
        assert (await plain(account, secret="0" * 32))["errcode"] == 40125
        assert (await stable(account, secret="0" * 32))["errcode"] == 40125
        wrong = await account.scene.http.post("/cgi-bin/stable_token", content=b"{")
        assert wrong.json()["errcode"] == 47001
        assert (await stable(account, force_refresh="yes"))["errcode"] == 47001

    perform(play)


def test_a_token_that_is_none_opens_nothing(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        good = account.token
        assert await opens(account, "") == 41001
        assert await opens(account, "short") == 40014
        assert await opens(account, good[:-1] + ("A" if good[-1] != "A" else "B")) == 40001
        told = await account.get(PROBE)
        assert told["errmsg"].startswith("invalid credential, access_token is invalid or not")
        assert " rid: " in told["errmsg"]

    perform(play)


def test_another_process_takes_a_token_and_ours_is_dead(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        old = account.token
        await stage.scene.arm("token_invalidated")
        assert await opens(account, old) == 40001
        assert await opens(account, old) == 40001
        assert await opens(account, await account.take_token()) == 0

    perform(play)


def test_a_plain_token_is_given_two_thousand_times_a_day(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        async with stage.world.transaction() as tx:
            await tx.connection.execute(
                "insert into sandbox.usages (appid, operation, begins_at, slot, used) values "
                "($1, '/cgi-bin/token', date_trunc('day', $2 at time zone 'Asia/Shanghai')"
                " at time zone 'Asia/Shanghai', 99, 1998)", account.appid, tx.now,
            )  # fmt: skip
        assert "access_token" in await plain(account)
        assert "access_token" in await plain(account)
        assert (await plain(account))["errcode"] == 45009
        told = await account.post("/cgi-bin/openapi/quota/get", {"cgi_path": "/cgi-bin/token"})
        assert told["quota"] == {"daily_limit": 2000, "used": 2000, "remain": 0}
        assert await account.code("/cgi-bin/clear_quota", {"appid": account.appid}) == 0
        assert "access_token" in await plain(account)
        await account.take_token()

    perform(play)


def test_counts_are_cleared_ten_times_a_month(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        clear = "/cgi-bin/clear_quota"
        assert await account.code(clear, {"appid": "wx0"}) == 40013
        for _ in range(10):
            assert await account.code(clear, {"appid": account.appid}) == 0
        assert await account.code(clear, {"appid": account.appid}) == 48006
        by_secret = {"appid": account.appid, "appsecret": account.secret}
        assert await account.code("/cgi-bin/clear_quota/v2", by_secret) == 48006
        assert await account.code("/cgi-bin/clear_quota/v2", {"appid": account.appid}) == 40125
        assert await account.code("/cgi-bin/openapi/quota/get", {"cgi_path": "/none"}) == 76021

    perform(play)


def test_the_wrong_method_is_told_by_its_number(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert (await account.get("/cgi-bin/menu/create"))["errcode"] == 43002
        assert (await account.post(PROBE))["errcode"] == 43001
        assert await account.code("/cgi-bin/menu/create") == 44002

    perform(play)


def test_the_network_is_this_machine(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        assert await account.get(PROBE) == {"ip_list": ["127.0.0.1"]}
        assert await account.get("/cgi-bin/get_api_domain_ip") == {"ip_list": ["127.0.0.1"]}
        told = await account.post("/cgi-bin/callback/check", {"action": "all"})
        assert told["dns"] == [{"ip": "shop.test", "real_operator": "DEFAULT"}]
        assert told["ping"][0]["package_loss"] == "0%"
        assert await account.code("/cgi-bin/callback/check", {"action": "none"}) == 40035

    perform(play)
