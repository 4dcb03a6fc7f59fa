"""wechatpayv3 orders, queries and closes, in every way to pay."""

import json

import pytest

from tests.ports.conformance.clients import async_pay_types, pay_types
from tests.ports.conformance.pay.shop import SCENE, Shop, good, new_number, refused


def test_a_page_orders_the_buyer_pays_and_both_numbers_find_it(shop: Shop) -> None:
    number, transaction_id = shop.paid(
        attach="桌 7", goods_tag="WXG", support_fapiao=True, settle_info={"profit_sharing": False},
        scene_info={"payer_client_ip": "14.23.150.211", "device_id": "9"},
        detail={"goods_detail": [
            {"merchant_goods_id": "longjing", "quantity": 1, "unit_price": 1_299},
        ]},
    )  # fmt: skip
    found = good(shop.client.query(out_trade_no=number))
    assert good(shop.client.query(transaction_id=transaction_id)) == found
    assert (found["trade_state"], found["transaction_id"]) == ("SUCCESS", transaction_id)
    assert (found["payer"], found["amount"]["total"]) == ({"openid": shop.openid}, 1_299)
    assert (found["attach"], found["trade_type"]) == ("桌 7", "JSAPI")


def test_a_code_a_browser_and_an_app_order_too(shop: Shop) -> None:
    types = shop.types
    asked = {"description": "龙井", "amount": {"total": 5, "currency": "CNY"}}
    code, browser, app = new_number(), new_number(), new_number()
    native = good(shop.client.pay(out_trade_no=code, pay_type=types.NATIVE, **asked))
    h5 = good(shop.client.pay(out_trade_no=browser, pay_type=types.H5, scene_info=SCENE, **asked))
    prepaid = good(shop.client.pay(out_trade_no=app, pay_type=types.APP, **asked))
    for named in (
        {"code_url": native["code_url"]}, {"h5_url": h5["h5_url"]},
        {"prepay_id": prepaid["prepay_id"]},
    ):  # fmt: skip
        paid = shop.hands.do("POST", "/payments", {**named, "person_id": shop.person["person_id"]})
        assert paid["is_paid"]
    kinds = [
        good(shop.client.query(out_trade_no=each))["trade_type"] for each in (code, browser, app)
    ]
    assert kinds == ["NATIVE", "MWEB", "APP"]


def test_an_order_is_closed_and_closed_again_and_not_paid_after(shop: Shop) -> None:
    number, prepay_id = shop.order()
    assert good(shop.client.query(out_trade_no=number))["trade_state"] == "NOTPAY"
    assert good(shop.client.close(number)) is None
    assert good(shop.client.close(number)) is None
    assert good(shop.client.query(out_trade_no=number))["trade_state"] == "CLOSED"
    assert shop.hands.do("POST", "/payments", {"prepay_id": prepay_id})["reason"] == "closed"


def test_a_paid_order_is_neither_closed_nor_ordered_again(shop: Shop) -> None:
    number, _ = shop.paid()
    assert refused(shop.client.close(number)) == (400, "ORDER_PAID")
    again = shop.client.pay(
        description="龙井 100克", out_trade_no=number, amount={"total": 1_299},
        payer={"openid": shop.openid},
    )  # fmt: skip
    assert refused(again) == (400, "ORDER_PAID")


def test_the_same_number_with_another_body_is_refused(shop: Shop) -> None:
    number, _ = shop.order(100)
    again = shop.client.pay(
        description="龙井 100克", out_trade_no=number, amount={"total": 101},
        payer={"openid": shop.openid},
    )  # fmt: skip
    assert refused(again) == (400, "INVALID_REQUEST")


def test_an_order_that_nobody_made_is_not_found(shop: Shop) -> None:
    assert refused(shop.client.query(out_trade_no=new_number())) == (404, "ORDER_NOT_EXIST")
    assert refused(shop.client.query(transaction_id="42" * 14)) == (404, "ORDER_NOT_EXIST")
    assert refused(shop.client.close(new_number())) == (404, "ORDER_NOT_EXIST")


@pytest.mark.parametrize(
    ("amount", "more", "field"),
    [
        ({"currency": "CNY"}, {}, "/amount/total"),
        ({"total": "1"}, {}, "/amount/total"),
        ({"total": 1, "tip": 1}, {}, "/amount/tip"),
        ({"total": 1}, {"scene_info": {"shelf": "3"}}, "/scene_info/shelf"),
        ({"total": 1}, {"payer": {"openid": ""}}, "/payer/openid"),
    ],
)
def test_what_lacks_is_odd_or_is_too_much_is_named(
    shop: Shop, amount: dict[str, object], more: dict[str, object], field: str
) -> None:
    asked = {"payer": {"openid": shop.openid}, **more}
    answered = shop.client.pay(
        description="龙井", out_trade_no=new_number(), amount=amount, **asked
    )
    assert refused(answered) == (400, "PARAM_ERROR")
    assert json.loads(answered[1])["detail"]["field"] == field


def test_the_client_signs_a_page_that_the_cashier_opens_for(shop: Shop) -> None:
    _, prepay_id = shop.order()
    appid, moment, nonce = shop.account["appid"], "1554208460", "593BEC0C930BF1AF"
    package = f"prepay_id={prepay_id}"
    signature = shop.client.sign([appid, moment, nonce, package])
    page = {
        "appId": appid, "timeStamp": moment, "nonceStr": nonce, "package": package,
        "signType": "RSA", "paySign": signature,
    }  # fmt: skip
    call = {
        "person_id": shop.person["person_id"], "name": "getBrandWCPayRequest",
        "page": "http://127.0.0.1/shop",
    }  # fmt: skip
    verdict = shop.hands.do("POST", "/page-calls", {**call, "asked": page})
    assert "cashier" in verdict["sheet"]
    other = shop.hands.do("POST", "/page-calls", {**call, "asked": {**page, "nonceStr": "0"}})
    assert other["trouble"] == "支付验证签名失败"


def test_the_two_clients_have_names_for_the_ways_to_pay_that_are_not_equal(shop: Shop) -> None:
    others = pay_types if shop.kind.is_async else async_pay_types
    with pytest.raises(Exception, match="pay_type is not assigned"):
        shop.client.pay(
            description="龙井", out_trade_no=new_number(), amount={"total": 1},
            pay_type=others.NATIVE,
        )  # fmt: skip
