"""Web page authorisation, from the page to the name; and pages signed for the JS-SDK."""

from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from jishi.ports.wechat.signing import page_signature
from jishi.sandbox.official.authorize import reason_against
from jishi.sandbox.official.tickets import check_page_config
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import WECHAT, Account, Stage

PAGE = "http://127.0.0.1:8000/in?shop=7"
GOOD = {
    "redirect_uri": PAGE, "response_type": "code", "scope": "snsapi_base", "state": "a1",
}  # fmt: skip


def link(account: Account, scope: str = "snsapi_base", **change: str) -> str:
    asked = {
        "appid": account.appid, "redirect_uri": PAGE, "response_type": "code", "scope": scope,
        "state": "order7",
    } | change  # fmt: skip
    return f"/connect/oauth2/authorize?{urlencode(asked)}"


def landed(location: str) -> dict[str, str]:
    parts = urlsplit(location)
    assert (parts.netloc, parts.path) == ("127.0.0.1:8000", "/in")
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


async def code_of(stage: Stage, account: Account, person: int, **more: str) -> str:
    gone = await stage.open(link(account, **more), person)
    assert gone.status_code == 302, gone.text
    return landed(gone.headers["location"])["code"]


async def exchange(account: Account, code: str, **change: str) -> Any:
    asked = {
        "appid": account.appid, "secret": account.secret, "code": code,
        "grant_type": "authorization_code",
    } | change  # fmt: skip
    return (await account.scene.http.get("/sns/oauth2/access_token", params=asked)).json()


async def userinfo(stage: Stage, token: str, openid: str) -> Any:
    asked = {"access_token": token, "openid": openid, "lang": "zh_CN"}
    return (await stage.http.get("/sns/userinfo", params=asked)).json()


async def decide(stage: Stage, account: Account, person: int, decision: str) -> Any:
    query = dict(parse_qs(urlsplit(link(account, "snsapi_userinfo")).query))
    form = {name: values[0] for name, values in query.items()}
    headers = {"x-sandbox-person": str(person), "User-Agent": WECHAT}
    return await stage.http.post(
        "/connect/oauth2/authorize", data={**form, "decision": decision}, headers=headers
    )


def test_snsapi_base_goes_on_in_silence(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await stage.account(), await stage.person()
        gone = await stage.open(link(account), person)
        told = landed(gone.headers["location"])
        assert (told["shop"], told["state"]) == ("7", "order7")
        given = await exchange(account, told["code"])
        assert given["openid"] == await account.openid(person)
        assert (given["expires_in"], given["scope"]) == (7200, "snsapi_base")
        assert given["unionid"].startswith("oU")
        assert "is_snapshotuser" not in given
        auth = {"access_token": given["access_token"], "openid": given["openid"]}
        assert (await stage.http.get("/sns/auth", params=auth)).json()["errcode"] == 0
        bare = await userinfo(stage, given["access_token"], given["openid"])
        assert bare["errcode"] == 48001

    perform(play)


def test_a_code_is_used_once_within_five_minutes_by_its_account(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, other, person = await stage.account(), await stage.account(), await stage.person()
        code = await code_of(stage, account, person)
        assert (await exchange(other, code))["errcode"] == 40029
        assert (await exchange(account, code, secret="x" * 32))["errcode"] == 40125
        assert (await exchange(account, code, appid=""))["errcode"] == 41002
        assert (await exchange(account, code, grant_type="x"))["errcode"] == 40002
        assert "openid" in await exchange(account, code)
        assert (await exchange(account, code))["errcode"] == 40163
        assert (await exchange(account, "none"))["errcode"] == 40029
        assert (await exchange(account, ""))["errcode"] == 41008
        late = await code_of(stage, account, person)
        await stage.advance(minutes=5)
        assert (await exchange(account, late))["errcode"] == 42003

    perform(play)


def test_a_token_lives_two_hours_and_is_renewed_for_thirty_days(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await stage.account(), await stage.person()
        given = await exchange(account, await code_of(stage, account, person))
        auth = {"access_token": given["access_token"], "openid": given["openid"]}
        await stage.advance(hours=2)
        assert (await stage.http.get("/sns/auth", params=auth)).json()["errcode"] == 42001
        again = {
            "appid": account.appid, "grant_type": "refresh_token",
            "refresh_token": given["refresh_token"],
        }  # fmt: skip
        path = "/sns/oauth2/refresh_token"
        new = (await stage.http.get(path, params=again)).json()
        assert new["access_token"] != given["access_token"]
        auth["access_token"] = new["access_token"]
        assert (await stage.http.get("/sns/auth", params=auth)).json()["errcode"] == 0
        auth["openid"] = "other"
        assert (await stage.http.get("/sns/auth", params=auth)).json()["errcode"] == 40003
        for change, number in (
            ({"refresh_token": "none"}, 40030),
            ({"refresh_token": ""}, 41003),
            ({"appid": "wx0"}, 40030),
            ({"grant_type": "x"}, 40002),
        ):
            told = (await stage.http.get(path, params={**again, **change})).json()
            assert told["errcode"] == number
        await stage.advance(days=30)
        assert (await stage.http.get(path, params=again)).json()["errcode"] == 42002

    perform(play)


def test_snsapi_userinfo_asks_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await stage.account(), await stage.person("何穗")
        shown = await stage.open(link(account, "snsapi_userinfo"), person)
        assert shown.status_code == 200
        for words in ("青石小店", "获取你的昵称、头像", "允许", "拒绝"):
            assert words in shown.text
        refused = await decide(stage, account, person, "refuse")
        assert (refused.status_code, "已拒绝授权" in refused.text) == (200, True)
        gone = await decide(stage, account, person, "allow")
        assert gone.status_code == 302
        given = await exchange(account, landed(gone.headers["location"])["code"])
        told = await userinfo(stage, given["access_token"], given["openid"])
        assert (told["nickname"], told["sex"], told["city"]) == ("何穗", 0, "")
        face = await stage.http.get(told["headimgurl"])
        assert face.headers["content-type"].startswith("image/svg+xml")
        assert "🌱" in face.text
        again = await stage.open(link(account, "snsapi_userinfo"), person)
        assert again.status_code == 302
        forced = await stage.open(link(account, "snsapi_userinfo", forcePopup="true"), person)
        assert forced.status_code == 200

    perform(play)


def test_in_a_snapshot_page_everybody_is_nobody(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await stage.account(), await stage.person()
        await stage.scene.control("PUT", f"/sandbox/people/{person}", {"is_snapshot": True})
        names = set()
        for _ in range(2):
            code = await code_of(stage, account, person, scope="snsapi_userinfo")
            given = await exchange(account, code)
            assert given["is_snapshotuser"] == 1
            names.add(given["openid"])
            told = await userinfo(stage, given["access_token"], given["openid"])
            assert told["nickname"] == "微信用户"
        assert await account.openid(person) not in names
        assert len(names) == 2
        assert {len(each) for each in names} == {28}

    perform(play)


def test_a_revoked_authorisation_is_told_and_the_tokens_are_dead(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.person()
        gone = await decide(stage, account, person, "allow")
        given = await exchange(account, landed(gone.headers["location"])["code"])
        await stage.do("revocation", appid=account.appid, person_id=person)
        await stage.due()
        came = stage.receiver.text()
        assert "<Event><![CDATA[user_authorization_revoke]]></Event>" in came
        assert f"<OpenID><![CDATA[{given['openid']}]]></OpenID>" in came
        told = await userinfo(stage, given["access_token"], given["openid"])
        assert told["errcode"] == 50001
        asked = await stage.open(link(account, "snsapi_userinfo"), person)
        assert asked.status_code == 200

    perform(play)


def test_an_authorisation_is_revoked_by_a_fault(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        person = await stage.person()
        gone = await decide(stage, account, person, "allow")
        given = await exchange(account, landed(gone.headers["location"])["code"])
        await stage.scene.arm("authorization_revoked")
        for _ in range(2):
            told = await userinfo(stage, given["access_token"], given["openid"])
            assert told["errcode"] == 50001
        await stage.due()
        assert "user_authorization_revoke" in stage.receiver.text()

    perform(play)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"redirect_uri": ""}, "10011"),
        ({"response_type": "token"}, "response_type"),
        ({"scope": "snsapi_login"}, "10005"),
        *(({"state": odd}, "state") for odd in ("a-b", "a" * 129)),
        ({"redirect_uri": "https://evil.test/"}, "10003"),
        ({"redirect_uri": "https://127.0.0.1.evil.test/"}, "10003"),
        ({"redirect_uri": "https://evil.test/127.0.0.1"}, "10003"),
        ({"redirect_uri": "https://127.0.0.1@evil.test/"}, "10003"),
        ({"redirect_uri": "javascript:alert(1)//127.0.0.1"}, "10003"),
        *(({"redirect_uri": odd}, "10003") for odd in ("//127.0.0.1/", "http://[x/")),
    ],
)
def test_a_wish_is_refused_with_words(change: dict[str, str], words: str | None) -> None:
    told = reason_against({**GOOD, **change}, ["127.0.0.1"])
    assert (told is None) if words is None else (told is not None and words in told)


def test_the_page_says_why_it_does_not_open(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, person = await stage.account(), await stage.person()
        outside = await stage.http.get(link(account))
        assert "请在微信客户端打开链接" in outside.text
        browser = await stage.http.get(link(account), headers={"x-sandbox-person": str(person)})
        assert "请在微信客户端打开链接" in browser.text
        bad = await stage.open(link(account, redirect_uri="https://evil.test/"), person)
        assert "redirect_uri域名与后台配置不一致" in bad.text
        swapped = (
            f"/connect/oauth2/authorize?redirect_uri={quote(PAGE)}&appid={account.appid}"
            "&response_type=code&scope=snsapi_base&state=1"
        )
        assert "顺序" in (await stage.open(swapped, person)).text
        assert "appid 参数错误" in (await stage.open(link(account, appid="wx0"), person)).text

    perform(play)


def test_the_ticket_is_the_same_for_two_hours(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        path = "/cgi-bin/ticket/getticket"
        first = await account.get(path, type="jsapi")
        await stage.advance(minutes=100)
        second = await account.get(path, type="jsapi")
        assert second["ticket"] == first["ticket"]
        assert 1100 < second["expires_in"] <= 1200
        await stage.advance(minutes=20)
        await account.take_token()
        assert (await account.get(path, type="jsapi"))["ticket"] != first["ticket"]
        card = await account.get(path, type="wx_card")
        assert card["ticket"] != first["ticket"]
        assert (await account.get(path, type="x"))["errcode"] == 40097

    perform(play)


def test_a_page_is_signed_with_a_ticket_that_lives(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        ticket = (await account.get("/cgi-bin/ticket/getticket", type="jsapi"))["ticket"]
        page = "http://127.0.0.1:8000/p?a=1#top"
        good = page_signature(ticket, "n", 1_700_000_000, page)

        async def told(
            signature: str = good, url: str = page, stamp: str = "1700000000",
            appid: str = account.appid, interfaces: tuple[str, ...] = ("scanQRCode",),
        ) -> str:  # fmt: skip
            async with stage.world.transaction() as tx:
                return await check_page_config(tx, appid, stamp, "n", signature, url, interfaces)

        assert await told() == "ok"
        assert await told(interfaces=("chooseWXPay",)) == "ok"
        assert await told(signature="0" * 40) == "invalid signature"
        assert await told(url="http://127.0.0.1:8000/q") == "invalid signature"
        assert await told(stamp="x") == "invalid signature"
        assert await told(url="http://evil.test/") == "invalid url domain"
        assert await told(appid="wx0") == "invalid appid"
        async with stage.world.transaction() as tx:
            await tx.connection.execute("delete from sandbox.bindings where appid = $1",
                                        account.appid)  # fmt: skip
        offline = "the permission value is offline verifying"
        assert await told(interfaces=("chooseWXPay",)) == offline
        assert await told() == "ok"
        await stage.advance(hours=2)
        assert await told() == "invalid signature"

    perform(play)
