"""wechatpayv3 asks for bills and downloads them."""

import gzip
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Any

from jishi.sandbox.pay.rules import BEIJING
from tests.ports.conformance.hands import DAY
from tests.ports.conformance.pay.shop import Shop, good, new_number, refused


def a_days_trade(shop: Shop) -> str:
    """Sell, give back, and let the day pass; give the day."""
    day = shop.hands.now().astimezone(BEIJING).date()
    number, _ = shop.paid(1_000)
    shop.client.refund(
        out_refund_no=new_number(), out_trade_no=number,
        amount={"refund": 400, "total": 1_000, "currency": "CNY"},
    )  # fmt: skip
    shop.hands.advance(10)
    if shop.hands.now().astimezone(BEIJING).date() != day:
        return a_days_trade(shop)
    early = shop.client.trade_bill(day.isoformat())
    assert refused(early) == (400, "STATEMENT_CREATING")
    shop.hands.advance(DAY + 11 * 3_600)
    return day.isoformat()


def downloaded(shop: Shop, ticket: Any) -> str:
    """Download a bill; see that it is the one that was promised."""
    status, content = shop.client.download_bill(ticket["download_url"])
    assert status == 200
    whole = gzip.decompress(content)
    assert (ticket["hash_type"], ticket["hash_value"]) == ("SHA1", sha1(whole).hexdigest())  # noqa: S324 - the protocol's hash
    return whole.decode("utf-8-sig")


def test_bills_of_a_day_are_asked_for_and_downloaded(shop: Shop) -> None:
    day = a_days_trade(shop)
    trade = downloaded(shop, good(shop.client.trade_bill(day)))
    assert "`10.00" in trade
    assert "`4.00" in trade
    refunds = downloaded(shop, good(shop.client.trade_bill(day, bill_type="REFUND")))
    assert "`4.00" in refunds
    funds = downloaded(shop, good(shop.client.fundflow_bill(day)))
    assert funds.startswith("记账时间")
    for account in ("OPERATION", "FEES"):
        status, _ = shop.client.fundflow_bill(day, account_type=account)
        assert status in {200, 400}


def test_a_download_is_good_for_half_a_minute_and_for_its_merchant(shop: Shop) -> None:
    ticket = good(shop.client.trade_bill(a_days_trade(shop)))
    shop.hands.advance(60)
    assert refused(shop.client.download_bill(ticket["download_url"]))[1] == "INVALID_REQUEST"


def test_a_day_without_trade_has_no_bill(shop: Shop) -> None:
    # By the real clock: before this sandbox was there, however far others wound its own.
    day = datetime.now(BEIJING).date() - timedelta(days=1)
    assert refused(shop.client.trade_bill(day.isoformat())) == (400, "NO_STATEMENT_EXIST")
    assert refused(shop.client.fundflow_bill("yesterday")) == (400, "PARAM_ERROR")
