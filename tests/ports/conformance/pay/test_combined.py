"""wechatpayv3 orders of several merchants, paid together."""

from typing import Any

from tests.ports.conformance.pay.shop import SCENE, Shop, good, new_number, refused


def sub_orders(shop: Shop) -> list[dict[str, Any]]:
    """Give an order of the shop's own and one of another merchant's."""
    others = shop.hands.credentials()["merchants"]
    other = next(each["mchid"] for each in others if each["mchid"] != shop.mchid)
    return [
        {
            "mchid": mchid, "attach": "分店", "out_trade_no": new_number(),
            "description": "龙井", "amount": {"total_amount": total, "currency": "CNY"},
        }
        for mchid, total in ((shop.mchid, 300), (other, 500))
    ]  # fmt: skip


def combined(shop: Shop, orders: list[dict[str, Any]], **more: object) -> tuple[str, Any]:
    """Order together; give the number of the combination and the answer."""
    number = new_number()
    asked = {"combine_payer_info": {"openid": shop.openid}, **more}
    return number, good(shop.client.combine_pay(number, orders, **asked))


def test_orders_are_paid_together_found_together_and_told_together(shop: Shop) -> None:
    orders = sub_orders(shop)
    number, prepaid = combined(shop, orders)
    assert shop.hands.do("POST", "/payments", prepaid)["is_paid"]
    found = good(shop.client.combine_query(number))
    assert [each["trade_state"] for each in found["sub_orders"]] == ["SUCCESS", "SUCCESS"]
    assert [each["out_trade_no"] for each in found["sub_orders"]] == [
        each["out_trade_no"] for each in orders
    ]
    (told,) = shop.notified()
    assert told["event_type"] == "TRANSACTION.SUCCESS"
    assert told["resource"]["combine_out_trade_no"] == number
    assert len(told["resource"]["sub_orders"]) == 2


def test_one_order_of_them_is_refunded(shop: Shop) -> None:
    orders = sub_orders(shop)
    _, prepaid = combined(shop, orders)
    shop.hands.do("POST", "/payments", prepaid)
    begun = good(
        shop.client.refund(
            out_refund_no=new_number(), out_trade_no=orders[0]["out_trade_no"],
            amount={"refund": 300, "total": 300, "currency": "CNY"},
        )
    )  # fmt: skip
    assert begun["status"] == "PROCESSING"


def test_a_code_a_browser_and_an_app_order_together_too(shop: Shop) -> None:
    types = shop.types
    _, code = combined(shop, sub_orders(shop), pay_type=types.NATIVE, combine_payer_info=None)
    scene = {**SCENE, "device_id": "POS1:123"}
    _, browser = combined(
        shop, sub_orders(shop), pay_type=types.H5, scene_info=scene, combine_payer_info=None
    )
    _, app = combined(shop, sub_orders(shop), pay_type=types.APP, combine_payer_info=None)
    for named in (code, browser, app):
        asked = {**named, "person_id": shop.person["person_id"]}
        assert shop.hands.do("POST", "/payments", asked)["is_paid"]


def test_a_combination_is_closed_with_all_its_orders(shop: Shop) -> None:
    orders = sub_orders(shop)
    number, _ = combined(shop, orders)
    closing = [{name: each[name] for name in ("mchid", "out_trade_no")} for each in orders]
    assert refused(shop.client.combine_close(number, closing[:1])) == (400, "INVALID_REQUEST")
    assert good(shop.client.combine_close(number, closing)) is None
    found = good(shop.client.combine_query(number))
    assert [each["trade_state"] for each in found["sub_orders"]] == ["CLOSED", "CLOSED"]


def test_one_order_alone_is_no_combination(shop: Shop) -> None:
    asked = shop.client.combine_pay(
        new_number(), sub_orders(shop)[:1], combine_payer_info={"openid": shop.openid}
    )
    assert refused(asked) == (400, "PARAM_ERROR")
    assert refused(shop.client.combine_query(new_number())) == (404, "ORDER_NOT_EXIST")
