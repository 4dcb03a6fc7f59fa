"""Who uses the mini program, what they handed over, and whether it is theirs."""

import asyncio
import json
from typing import Any

import pytest

from jishi.ports.wechat.mini import phone_numbers, sign_in, user_data
from jishi.ports.wechat.mini.phone_numbers import PhoneNumber
from jishi.ports.wechat.mini.sign_in import Session
from jishi.ports.wechat.mini.user_data import Profile
from jishi.ports.wechat.official import ErrcodeAnswered, Meaning
from jishi.ports.wechat.sealing import CannotOpen, wrap_user_data
from tests.ports.wechat.official.stage import SECRET, Case, check, staged
from tests.ports.wechat.official.test_push import vectors

LOGIN = "/sns/jscode2session"
PHONE = {
    "phoneNumber": "+85212345678", "purePhoneNumber": "12345678", "countryCode": "852",
    "watermark": {"timestamp": 1_637_744_274, "appid": "wx1"},
}  # fmt: skip
NUMBER = PhoneNumber("12345678", "+85212345678", "852")


def test_a_code_stands_for_a_person_and_the_session(database_url: str) -> None:
    async def play() -> None:
        given = {"openid": "o1", "session_key": "tiihtNczf5v6AKRyjwEUhQ==", "unionid": "u1"}
        async with staged(database_url, {LOGIN: given}) as (account, wechat):
            session = await sign_in.exchange(account, "CODE")
            assert session == Session("o1", "tiihtNczf5v6AKRyjwEUhQ==", "u1")
            assert "tiihtNczf5v6" not in repr(session)
            assert dict(wechat.last.url.params) == {
                "appid": account.credentials.appid, "secret": SECRET, "js_code": "CODE",
                "grant_type": "authorization_code",
            }  # fmt: skip
            assert len(wechat.requests) == 1

    asyncio.run(play())


@pytest.mark.parametrize(
    ("errcode", "meaning"),
    [
        (40029, Meaning.GONE), (40163, Meaning.GONE), (45011, Meaning.RATE),
        (40226, Meaning.NOT_ALLOWED), (-1, Meaning.BUSY),
    ],
)  # fmt: skip
def test_a_login_that_fails_is_told_and_not_repeated(
    database_url: str, errcode: int, meaning: Meaning
) -> None:
    async def play() -> None:
        refused = {"errcode": errcode, "errmsg": "invalid code"}
        async with staged(database_url, {LOGIN: refused}) as (account, wechat):
            with pytest.raises(ErrcodeAnswered) as caught:
                await sign_in.exchange(account, "CODE")
            assert caught.value.meaning is meaning
            assert len(wechat.requests) == 1

    asyncio.run(play())


def test_a_tap_stands_for_a_phone_number(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: phone_numbers.exchange(account, "CODE"),
            ("POST", "/wxa/business/getuserphonenumber", {}, {"code": "CODE"}),
            {"errcode": 0, "errmsg": "ok", "phone_info": PHONE},
            NUMBER,
        ),
    )
    assert "12345678" not in repr(NUMBER)


@pytest.mark.parametrize("vector", vectors("miniprogram_encrypted_data"))
def test_published_user_data_is_opened(vector: dict[str, Any]) -> None:
    session = Session("o1", vector["session_key"])
    appid = vector["plaintext"]["watermark"]["appid"]
    opened = user_data.opened(session, appid, vector["iv"], vector["encrypted_data"], Profile)
    assert (opened.openid, opened.nickname) == ("oGZUI0egBJY1zhBYw2KhdUfwVJJE", "Band")
    assert opened.picture_url == vector["plaintext"]["avatarUrl"]
    with pytest.raises(CannotOpen):
        user_data.opened(session, "wx2", vector["iv"], vector["encrypted_data"], Profile)


@pytest.mark.parametrize("vector", vectors("miniprogram_rawdata_signature"))
def test_published_raw_data_is_recognised(vector: dict[str, Any]) -> None:
    session = Session("o1", vector["session_key"])
    assert user_data.is_genuine(session, vector["raw_data"], vector["signature"])
    assert not user_data.is_genuine(session, vector["raw_data"] + " ", vector["signature"])
    assert not user_data.is_genuine(session, vector["raw_data"], "ä")


def test_a_number_that_was_encrypted_is_opened_and_nothing_else_is() -> None:
    session = Session("o1", "tiihtNczf5v6AKRyjwEUhQ==")
    iv = "r7BXXKkLb8qrSNn05n0qiA=="
    sealed = wrap_user_data(session.session_key, iv, json.dumps(PHONE))
    assert user_data.opened(session, "wx1", iv, sealed, PhoneNumber) == NUMBER
    other = wrap_user_data(session.session_key, iv, '{"watermark":{"appid":"wx1"}}')
    with pytest.raises(CannotOpen, match="not of this kind"):
        user_data.opened(session, "wx1", iv, other, PhoneNumber)
    for broken in ("", "ä", sealed[:-8], "AAAA"):
        with pytest.raises(CannotOpen):
            user_data.opened(session, "wx1", iv, broken, PhoneNumber)
