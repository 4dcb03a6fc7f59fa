"""wechatpayv3 refunds: whole, in parts, abnormal, and not at all."""

import pytest
from cryptography.utils import CryptographyDeprecationWarning

from tests.ports.conformance.clients import CERTIFICATE
from tests.ports.conformance.pay.shop import Shop, good, new_number, refused

pytestmark = pytest.mark.filterwarnings("ignore:Properties that return a na")
"""The client compares certificates by a date that `cryptography` calls deprecated."""


def test_a_refund_is_under_way_then_done_and_told(shop: Shop) -> None:
    number, transaction_id = shop.paid(1_000)
    shop.notified()
    refund_no, amount = new_number(), {"refund": 400, "total": 1_000, "currency": "CNY"}
    asked = {
        "out_refund_no": refund_no, "amount": amount, "transaction_id": transaction_id,
        "reason": "碎了", "funds_account": "AVAILABLE",
        "goods_detail": [{
            "merchant_goods_id": "longjing", "unit_price": 400, "refund_amount": 400,
            "refund_quantity": 1,
        }],
    }  # fmt: skip
    begun = good(shop.client.refund(**asked))
    assert (begun["status"], begun["amount"]["refund"]) == ("PROCESSING", 400)
    assert good(shop.client.refund(**asked)) == begun
    shop.hands.advance(10)
    (told,) = shop.notified()
    assert told["event_type"] == "REFUND.SUCCESS"
    assert told["resource"]["refund_status"] == "SUCCESS"
    assert told["resource"]["out_refund_no"] == refund_no
    done = good(shop.client.query_refund(refund_no))
    assert (done["status"], done["refund_id"]) == ("SUCCESS", begun["refund_id"])
    assert good(shop.client.query(out_trade_no=number))["trade_state"] == "REFUND"


def test_an_order_may_be_refunded_by_the_merchants_own_number(shop: Shop) -> None:
    number, _ = shop.paid(10)
    amount = {"refund": 10, "total": 10, "currency": "CNY"}
    begun = good(shop.client.refund(out_refund_no=new_number(), amount=amount, out_trade_no=number))
    assert begun["out_trade_no"] == number


def test_more_than_was_paid_is_not_given_back(shop: Shop) -> None:
    number, _ = shop.paid(10)
    for refund, total in ((11, 10), (5, 11)):
        answered = shop.client.refund(
            out_refund_no=new_number(), out_trade_no=number,
            amount={"refund": refund, "total": total, "currency": "CNY"},
        )  # fmt: skip
        assert refused(answered) == (400, "INVALID_REQUEST")


def test_a_refund_number_belongs_to_one_request(shop: Shop) -> None:
    number, _ = shop.paid(10)
    refund_no = new_number()
    for refund, expected in ((4, None), (5, (400, "INVALID_REQUEST"))):
        answered = shop.client.refund(
            out_refund_no=refund_no, out_trade_no=number,
            amount={"refund": refund, "total": 10, "currency": "CNY"},
        )  # fmt: skip
        assert expected is None or refused(answered) == expected


def test_what_was_not_paid_or_not_refunded_is_not_found(shop: Shop) -> None:
    number, _ = shop.order(10)
    amount = {"refund": 10, "total": 10, "currency": "CNY"}
    answered = shop.client.refund(out_refund_no=new_number(), out_trade_no=number, amount=amount)
    assert refused(answered) == (404, "RESOURCE_NOT_EXISTS")
    assert refused(shop.client.query_refund(new_number())) == (404, "RESOURCE_NOT_EXISTS")


def test_an_abnormal_refund_goes_to_a_card_whose_number_is_hidden(shop: Shop) -> None:
    number, _ = shop.paid(10)
    refund_no = new_number()
    shop.hands.arm("refund_abnormal")
    begun = good(
        shop.client.refund(
            out_refund_no=refund_no, out_trade_no=number,
            amount={"refund": 10, "total": 10, "currency": "CNY"},
        )
    )  # fmt: skip
    shop.hands.advance(10)
    assert good(shop.client.query_refund(refund_no))["status"] == "ABNORMAL"
    assert "REFUND.ABNORMAL" in [each["event_type"] for each in shop.notified()]
    sent = good(
        shop.client.abnormal_refund(
            begun["refund_id"], refund_no, "USER_BANK_CARD", bank_type="CMB_DEBIT",
            bank_account="6214830112345678", real_name=shop.person["name"],
        )
    )  # fmt: skip
    assert sent["user_received_account"] == "招商银行借记卡5678"
    shop.hands.advance(10)
    assert good(shop.client.query_refund(refund_no))["status"] == "SUCCESS"
    again = shop.client.abnormal_refund(begun["refund_id"], refund_no, "MERCHANT_BANK_CARD")
    assert refused(again) == (400, "INVALID_REQUEST")


@pytest.mark.filterwarnings("error")
def test_the_client_hides_fields_in_certificate_mode_by_a_deprecated_date(shop: Shop) -> None:
    if shop.kind.mode == CERTIFICATE:
        with pytest.warns(CryptographyDeprecationWarning, match="not_valid_after"):
            shop.client._core.encrypt("6214830112345678")
