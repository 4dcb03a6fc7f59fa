"""An answer is used when WeChat vouches for it; an error says what is certain."""

from collections.abc import Callable

import httpx
import pytest

from jishi.ports.wechat.failures import (
    AnsweredWithError,
    AnswerNotTrusted,
    ErrorDetail,
    WechatFailure,
)
from tests.ports.wechat.pay.platform import (
    APIV3_KEY,
    OPENID,
    Answering,
    Platform,
    credentials,
    flipped,
    pair,
)
from tests.ports.wechat.pay.prepaying import PREPAID, ask


def broken(platform: Platform, change: Callable[[httpx.Response], None]) -> Answering:
    """Answer well, then spoil it."""

    def answering(_request: httpx.Request) -> httpx.Response:
        answer = platform.said(PREPAID)
        change(answer)
        return answer

    return answering


def setting(name: str, value: Callable[[str], str]) -> Callable[[httpx.Response], None]:
    """Change one header of the signature."""

    def change(answer: httpx.Response) -> None:
        answer.headers[f"wechatpay-{name}"] = value(answer.headers[f"wechatpay-{name}"])

    return change


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("signature", flipped, "forged"),
        ("signature", lambda was: "WECHATPAY/SIGNTEST/" + was, "probe"),
        ("signature", lambda _: "", "unsigned"),
        ("signature", lambda _: "not base64", "forged"),
        ("nonce", lambda was: was + "0", "forged"),
        ("timestamp", lambda was: str(int(was) + 1), "forged"),
        ("timestamp", lambda was: str(int(was) - 300), "stale"),
        ("timestamp", lambda was: str(int(was) + 300), "stale"),
        ("timestamp", lambda _: "1" * 400, "stale"),
        ("timestamp", lambda _: "today", "stale"),
        ("serial", lambda _: "0A", "unknown_serial"),
        ("signature-type", lambda _: "WECHATPAY2-SM2-WITH-SM3", "wrong_algorithm"),
    ],
    ids=range(12),
)
def test_an_answer_that_nobody_vouches_for_is_not_used(
    name: str, value: Callable[[str], str], reason: str
) -> None:
    platform = Platform()
    with pytest.raises(AnswerNotTrusted) as failure:
        ask(platform, broken(platform, setting(name, value)))
    assert failure.value.reason == reason
    assert not failure.value.is_certain
    assert len(platform.requests) == 1


def test_a_good_answer_without_a_signature_is_not_used() -> None:
    platform = Platform()

    def strip(answer: httpx.Response) -> None:
        del answer.headers["wechatpay-signature"]

    with pytest.raises(AnswerNotTrusted) as failure:
        ask(platform, broken(platform, strip))
    assert failure.value.reason == "unsigned"


@pytest.mark.parametrize("age", [299, -299])
def test_an_answer_of_299_seconds_ago_or_ahead_is_still_good(age: int) -> None:
    platform = Platform()
    answer = ask(platform, lambda _: platform.signed(b'{"prepay_id": "wx1"}', age=age))
    assert answer.prepay_id == "wx1"


@pytest.mark.parametrize("said", [[], {"prepay_id": 5}, {}, "prepay_id"], ids=str)
def test_a_signed_answer_of_another_shape_is_not_used(said: object) -> None:
    platform = Platform()
    with pytest.raises(AnswerNotTrusted) as failure:
        ask(platform, platform.says(said))
    assert failure.value.reason == "unreadable"


def test_an_error_is_told_with_its_facts() -> None:
    platform = Platform()
    trouble = {
        "code": "PARAM_ERROR",
        "message": "参数错误",
        "detail": {
            "field": "/amount/total",
            "issue": "too small",
            "location": "body",
            "value": 0,
            "sign_information": {"method": "POST"},
        },
    }
    with pytest.raises(AnsweredWithError) as failure:
        ask(platform, platform.says(trouble, 400))
    error = failure.value.error
    assert (error.status, error.code, error.message) == (400, "PARAM_ERROR", "参数错误")
    assert error.number == "268435461"
    assert error.request_id.endswith("-268435461")
    assert error.detail == ErrorDetail("/amount/total", "too small", "body", "0")
    assert error.is_vouched
    assert failure.value.is_certain
    assert str(failure.value) == (
        "POST /v3/pay/transactions/jsapi: 400 PARAM_ERROR 参数错误 "
        "(08F78BB5AF0610D302189F99DD5C20BA56F89845-268435461)"
    )


def test_an_error_after_a_try_that_may_have_worked_is_not_certain() -> None:
    platform = Platform()
    used = {"code": "OUT_TRADE_NO_USED", "message": "订单号重复"}
    with pytest.raises(AnsweredWithError) as failure:
        ask(
            platform,
            lambda request: httpx.ReadTimeout("silence", request=request),
            platform.says(used, 400),
        )
    assert failure.value.error.is_doubtful
    assert not failure.value.is_certain


def test_a_breakdown_that_stays_is_not_certain() -> None:
    platform = Platform()
    with pytest.raises(AnsweredWithError) as failure:
        ask(platform, platform.says({"code": "SYSTEM_ERROR", "message": "系统异常"}, 500))
    assert failure.value.error.is_vouched
    assert not failure.value.is_certain
    assert len(platform.requests) == 3


def test_a_page_of_a_gateway_is_an_error_that_nobody_vouches_for() -> None:
    platform = Platform()
    with pytest.raises(AnsweredWithError) as failure:
        ask(platform, lambda _: httpx.Response(403, content=b"<html>\xff</html>"))
    error = failure.value.error
    assert (error.status, error.code, error.number, error.is_vouched) == (403, "", "", False)
    assert not failure.value.is_certain


def test_an_error_with_a_forged_signature_is_not_used() -> None:
    platform = Platform()

    def answering(_request: httpx.Request) -> httpx.Response:
        answer = platform.said({"code": "ORDER_CLOSED", "message": ""}, 400)
        answer.headers["wechatpay-signature"] = flipped(answer.headers["wechatpay-signature"])
        return answer

    with pytest.raises(AnswerNotTrusted) as failure:
        ask(platform, answering)
    assert failure.value.reason == "forged"


def test_nothing_secret_is_said_of_a_failure() -> None:
    platform = Platform()
    secrets = [APIV3_KEY, pair("merchant").private_pem, OPENID]
    failures: list[WechatFailure] = []
    for answering in (
        platform.says({"code": "NO_AUTH", "message": "没有权限"}, 403),
        platform.says([]),
        lambda request: httpx.ConnectError(f"{OPENID}", request=request),
    ):
        with pytest.raises(WechatFailure) as failure:
            ask(platform, answering)
        failures.append(failure.value)
    told = " ".join([*map(str, failures), *map(repr, failures), repr(credentials())])
    assert not any(secret in told for secret in secrets)
    assert "Authorization" not in told
