"""The rules of Pay's core, each by its edges."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from jishi.sandbox.pay import links, rules
from jishi.sandbox.pay.types import Order

NOW = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)
ORDER = Order(
    order_id=1, mchid="1900000109", appid="wx1", combined_id=None, place=0,
    out_trade_no="T00001", prepay_id="wx1", trade_type="JSAPI", description="茶", attach="",
    total_fen=100, openid="o1", notify_url="", device_id="", bank_type="OTHERS",
    is_sharing=False, asked="", made_at=NOW, usable_until=NOW, expires_at=NOW, closed_at=None,
    tried="", tried_at=None, transaction_id=None, person_id=None, payer_openid="", paid_at=None,
    refunds=0, refunded_fen=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "changed"),
    [
        ("NOTPAY", {}),
        ("CLOSED", {"closed_at": NOW}),
        ("CLOSED", {"closed_at": NOW, "tried": "PAYERROR", "tried_at": NOW}),
        ("USERPAYING", {"tried": "USERPAYING", "tried_at": NOW - timedelta(seconds=60)}),
        ("NOTPAY", {"tried": "USERPAYING", "tried_at": NOW - timedelta(seconds=61)}),
        ("PAYERROR", {"tried": "PAYERROR", "tried_at": NOW - timedelta(days=1)}),
        ("SUCCESS", {"paid_at": NOW}),
        ("REFUND", {"paid_at": NOW, "refunded_fen": 1}),
    ],
)
def test_an_order_is_in_this_state(state: str, changed: dict[str, Any]) -> None:
    assert rules.trade_state(msgspec.structs.replace(ORDER, **changed), NOW) == state
    assert state in rules.STATES


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-23T12:05:06+08:00", NOW),
        ("2026-11-23T04:05:06Z", NOW),
        ("2026-11-23T04:05:06.500Z", NOW + timedelta(milliseconds=500)),
        ("2026-11-23 12:05:06+08:00", None),
        ("2026-11-23T12:05:06", None),
        ("20261123T120506+0800", None),
        ("2026-11-31T12:05:06+08:00", None),
        ("2026-11-23T12:05:60+08:00", None),
        ("2026-11-23T12:05:06+99:00", None),
        ("", None),
    ],
)
def test_a_moment_is_read_as_rfc_3339_writes_it(text: str, read: datetime | None) -> None:
    assert rules.moment(text) == read


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, timedelta(days=7)),
        (timedelta(minutes=30), timedelta(minutes=30)),
        (timedelta(seconds=59), timedelta(minutes=1)),
        (timedelta(days=-3), timedelta(minutes=1)),
        (timedelta(days=90), timedelta(days=90)),
        (timedelta(days=91), timedelta(days=90)),
    ],
)
def test_an_order_lives_from_a_minute_to_ninety_days(
    asked: timedelta | None, given: timedelta
) -> None:
    assert rules.expiry(None if asked is None else NOW + asked, NOW) == NOW + given


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://shop.example/notify", True),
        ("http://127.0.0.1:8000/wechat/1", True),
        ("https://shop.example/notify?x=1", False),
        ("https://shop.example/notify?", False),
        ("https://shop.example/notify#x", False),
        ("ftp://shop.example/notify", False),
        ("https:///notify", False),
        ("http://[::1", False),
        ("shop.example/notify", False),
    ],
)
def test_a_notification_goes_to_a_whole_address_without_parameters(url: str, is_good: bool) -> None:
    assert (rules.fault_of_address(url) == "") is is_good


@pytest.mark.parametrize(
    ("limits", "bank", "account"),
    [
        ([], "OTHERS", "支付用户零钱"),
        (["no_credit"], "OTHERS", "支付用户零钱"),
        (["no_balance"], "CMB_DEBIT", "招商银行借记卡2026"),
        (["no_balance", "no_debit"], "CMB_CREDIT", "招商银行信用卡2026"),
    ],
)
def test_it_is_paid_from_what_the_merchant_takes(
    limits: list[str], bank: str, account: str
) -> None:
    assert rules.bank_type(limits) == bank
    order = msgspec.structs.replace(ORDER, bank_type=bank)
    assert rules.received_by(order) == account


def test_numbers_have_wechats_shape_and_the_day_in_beijing() -> None:
    late = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert rules.new_prepay_id(late).startswith("wx20261124010000")
    assert len(rules.new_prepay_id(late)) == 36
    assert rules.new_transaction_id(late)[10:18] == "20261124"
    assert len(rules.new_transaction_id(late)) == 28
    assert rules.new_refund_id(late)[10:18] == "20261124"
    assert len(rules.new_refund_id(late)) == 29
    assert rules.shown(late) == "2026-11-24T01:00:00+08:00"


def test_codes_and_links_lead_back_to_their_prepay_id_and_others_nowhere() -> None:
    prepay_id = rules.new_prepay_id(NOW)
    link = links.h5_url("http://127.0.0.1:8001", prepay_id)
    assert links.by_code(links.code_url(prepay_id)) == prepay_id
    assert links.by_code(links.combined_code_url(prepay_id)) == prepay_id
    assert links.by_h5(link) == prepay_id
    assert links.by_h5(link + "&redirect_url=http%3A%2F%2Fshop.test%2Fdone") == prepay_id
    assert links.by_package(f"prepay_id={prepay_id}") == prepay_id
    for other in ("", "weixin://wxpay/bizpayurl/up?pr=1&groupid=00", "http://shop.test/"):
        assert links.by_code(other) == ""
    for other in ("", "http://a/?prepay_id=" + prepay_id, link[:-1] + "x", link + "1"):
        assert links.by_h5(other) == ""
    assert links.by_package("prepay_id=wx1") == ""
