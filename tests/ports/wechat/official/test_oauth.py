"""Who opens a page: a person, or a snapshot that must never become one."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import msgspec
import pytest

from jishi.ports.wechat.failures import OutcomeUnknown
from jishi.ports.wechat.official import ErrcodeAnswered, Hosts, Meaning, OverLimit, oauth, pages
from jishi.ports.wechat.official.oauth import (
    BASE,
    USERINFO,
    Consent,
    Grant,
    Keys,
    Profile,
    Snapshot,
)
from tests.ports.wechat.official.stage import HOSTS, SECRET, TICKET, Wechat, staged
from tests.ports.wechat.official.test_push import vectors

EXCHANGE, RENEW = "/sns/oauth2/access_token", "/sns/oauth2/refresh_token"
GIVEN = {
    "access_token": "A", "expires_in": 7200, "refresh_token": "R", "openid": "o1",
    "scope": "snsapi_userinfo", "unionid": "u1",
}  # fmt: skip
GRANT = Grant("o1", "snsapi_userinfo", "u1", Keys("A", "R", 7200))


def run(url: str, answers: dict[str, Any], call: Any) -> tuple[Any, Wechat, str]:
    async def play() -> tuple[Any, Wechat, str]:
        async with staged(url, answers) as (account, wechat):
            return await call(account), wechat, account.credentials.appid

    return asyncio.run(play())


def test_the_consent_page_gets_its_parameters_in_their_order() -> None:
    url = oauth.consent_url(
        HOSTS, "wx1",
        Consent(
            redirect_url="https://shop.example/back?a=1&b=茶 x", scope=BASE, state="s1",
            is_asked_again=True, is_snapshot_forced=True,
        ),
    )  # fmt: skip
    assert url == (
        "https://consent.example/connect/oauth2/authorize?appid=wx1"
        "&redirect_uri=https%3A%2F%2Fshop.example%2Fback%3Fa%3D1%26b%3D%E8%8C%B6%20x"
        "&response_type=code&scope=snsapi_base&state=s1&forcePopup=true&forceSnapShot=true"
        "#wechat_redirect"
    )
    plain = oauth.consent_url(
        Hosts(), "wx1", Consent(redirect_url="https://a.cn", scope=USERINFO, state="s")
    )
    assert [name for name, _ in parse_qsl(urlsplit(plain).query)] == [
        "appid", "redirect_uri", "response_type", "scope", "state",
    ]  # fmt: skip
    assert plain.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    with pytest.raises(OverLimit):
        oauth.consent_url(HOSTS, "wx1", Consent(redirect_url="x", scope=BASE, state="s" * 129))
    with pytest.raises(ValueError, match="letters and digits"):
        oauth.consent_url(HOSTS, "wx1", Consent(redirect_url="x", scope=BASE, state="a&b"))


def test_a_code_stands_for_a_person(database_url: str) -> None:
    granted, wechat, appid = run(
        database_url, {EXCHANGE: GIVEN}, lambda account: oauth.exchange(account, "CODE")
    )
    assert granted == GRANT
    assert dict(wechat.last.url.params) == {
        "appid": appid, "secret": SECRET, "code": "CODE", "grant_type": "authorization_code",
    }  # fmt: skip
    assert len(wechat.requests) == 1, "no account token is needed"


def test_a_snapshot_has_no_name_to_be_known_by(database_url: str) -> None:
    granted, _, _ = run(
        database_url,
        {EXCHANGE: GIVEN | {"is_snapshotuser": 1}},
        lambda account: oauth.exchange(account, "CODE"),
    )
    assert granted == Snapshot("snsapi_userinfo")
    assert "openid" not in Snapshot.__struct_fields__


@pytest.mark.parametrize(
    ("errcode", "meaning"),
    [(40029, Meaning.GONE), (40163, Meaning.GONE), (42003, Meaning.GONE), (-1, Meaning.BUSY)],
)
def test_a_code_is_asked_about_once_whatever_comes(
    database_url: str, errcode: int, meaning: Meaning
) -> None:
    async def play() -> None:
        answers = {EXCHANGE: {"errcode": errcode, "errmsg": "bad code rid: 1-2-3"}}
        async with staged(database_url, answers) as (account, wechat):
            with pytest.raises(ErrcodeAnswered) as caught:
                await oauth.exchange(account, "CODE")
            assert caught.value.meaning is meaning
            assert SECRET not in str(caught.value)
            assert len(wechat.requests) == 1

    asyncio.run(play())


def test_a_code_whose_answer_was_lost_is_not_asked_about_again(database_url: str) -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("lost", request=request)

    async def play() -> None:
        async with staged(database_url, {EXCHANGE: lost}) as (account, wechat):
            with pytest.raises(OutcomeUnknown):
                await oauth.exchange(account, "CODE")
            assert len(wechat.requests) == 1

    asyncio.run(play())


def test_a_grant_is_renewed_used_and_checked(database_url: str) -> None:
    granted, wechat, appid = run(
        database_url, {RENEW: GIVEN}, lambda account: oauth.renew(account, "R")
    )
    assert granted == GRANT
    assert dict(wechat.last.url.params) == {
        "appid": appid, "grant_type": "refresh_token", "refresh_token": "R",
    }  # fmt: skip
    shown = {
        "openid": "o1", "nickname": "集\u0001市", "sex": 0, "headimgurl": "https://p",
        "privilege": ["x"], "unionid": "u1",
    }  # fmt: skip
    # WeChat lets control characters of a nickname through, as no JSON may have them.
    raw = msgspec.json.encode(shown).replace(b"\\u0001", b"\x01")
    profile, wechat, _ = run(
        database_url, {"/sns/userinfo": raw}, lambda account: oauth.profile(account, GRANT)
    )
    assert profile == Profile("o1", "集 市", "https://p", ("x",), "u1")
    assert dict(wechat.last.url.params) == {"access_token": "A", "openid": "o1", "lang": "zh_CN"}
    _, wechat, _ = run(database_url, {}, lambda account: oauth.check(account, GRANT))
    assert wechat.last.url.path == "/sns/auth"


def test_a_personal_token_that_is_refused_is_not_the_accounts(database_url: str) -> None:
    async def play() -> None:
        dead = {"errcode": 40001, "errmsg": "invalid credential"}
        async with staged(database_url, {"/sns/userinfo": dead}) as (account, wechat):
            with pytest.raises(ErrcodeAnswered):
                await oauth.profile(account, GRANT)
            assert len(wechat.requests) == 1

    asyncio.run(play())


def test_keys_do_not_show_themselves() -> None:
    assert "'A'" not in repr(GRANT)
    assert "'R'" not in repr(GRANT)


@pytest.mark.parametrize("vector", vectors("jssdk_signature"))
def test_a_page_is_signed_as_published(database_url: str, vector: dict[str, Any]) -> None:
    now = datetime.fromtimestamp(vector["timestamp"], UTC)
    config, _, appid = run(
        database_url,
        {TICKET: {"errcode": 0, "ticket": vector["jsapi_ticket"], "expires_in": 7200}},
        lambda account: pages.configure(account, vector["url"] + "#x", vector["noncestr"], now),
    )
    assert msgspec.to_builtins(config) == {
        "appId": appid, "timestamp": vector["timestamp"], "nonceStr": vector["noncestr"],
        "signature": vector["signature"],
    }  # fmt: skip
