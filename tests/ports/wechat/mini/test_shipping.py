"""Shipping: what was shipped is told in WeChat's own form, above all as a list."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from jishi.ports.wechat.mini import shipped_orders, shipping
from jishi.ports.wechat.mini.shipped_orders import (
    Order,
    OrderState,
    Page,
    Search,
    ShippedParcel,
    Shipping,
)
from jishi.ports.wechat.mini.shipping import Contact, Parcel, Shipment, Way
from jishi.ports.wechat.official import Account
from tests.ports.wechat.official.stage import Case, asked, check, over_limit, staged

AT = datetime(2026, 11, 23, 8, 0, 0, 123_000, tzinfo=UTC)
PAID, SECONDS = datetime.fromtimestamp(1_790_000_000, UTC), 1_790_000_000
UPLOAD = "/wxa/sec/order/upload_shipping_info"
TEA = Parcel("明前龙井", "323244567777", "DHL", Contact(receiver="189****1234"))
SENT = {
    "item_desc": "明前龙井", "tracking_no": "323244567777", "express_company": "DHL",
    "contact": {"receiver_contact": "189****1234"},
}  # fmt: skip
BY_WECHAT = {"order_number_type": 2, "transaction_id": "4200"}
BY_MERCHANT = {"order_number_type": 1, "mchid": "1900", "out_trade_no": "n1"}
WHEN = {"upload_time": "2026-11-23T08:00:00.123+00:00", "payer": {"openid": "o1"}}


def uploading(shipment: Shipment) -> Any:
    return lambda account: shipping.upload(account, shipment, openid="o1", uploaded_at=AT)


def test_what_was_shipped_is_told(database_url: str) -> None:
    key = shipping.by_wechat("4200")
    two = (TEA, Parcel("茶杯", "8888", "SF"))
    cup = {"item_desc": "茶杯", "tracking_no": "8888", "express_company": "SF"}
    pickup = Shipment(
        order_key=shipping.by_merchant("1900", "n1"), way=Way.PICKUP, parcels=(Parcel("茶"),)
    )
    split = {"logistics_type": 1, "delivery_mode": 2}
    check(
        database_url,
        Case(
            uploading(Shipment(order_key=key, way=Way.COURIER, parcels=(TEA,))),
            (
                "POST", UPLOAD, {},
                WHEN | {
                    "order_key": BY_WECHAT, "logistics_type": 1, "delivery_mode": 1,
                    "shipping_list": [SENT],
                },
            ),
        ),
        Case(
            uploading(Shipment(order_key=key, way=Way.COURIER, parcels=two)),
            (
                "POST", UPLOAD, {},
                WHEN | split | {
                    "order_key": BY_WECHAT, "is_all_delivered": True, "shipping_list": [SENT, cup],
                },
            ),
        ),
        Case(
            uploading(Shipment(order_key=key, way=Way.COURIER, parcels=(TEA,), is_all=False)),
            (
                "POST", UPLOAD, {},
                WHEN | split | {
                    "order_key": BY_WECHAT, "is_all_delivered": False, "shipping_list": [SENT],
                },
            ),
        ),
        Case(
            uploading(pickup),
            (
                "POST", UPLOAD, {},
                WHEN | {
                    "order_key": BY_MERCHANT, "logistics_type": 4, "delivery_mode": 1,
                    "shipping_list": [{"item_desc": "茶"}],
                },
            ),
        ),
    )  # fmt: skip


def test_the_parts_of_a_combined_order_are_told_together(database_url: str) -> None:
    parts = [
        Shipment(order_key=shipping.by_merchant("1900", "n1"), way=Way.COURIER, parcels=(TEA,)),
        Shipment(order_key=shipping.by_wechat("4201"), way=Way.VIRTUAL, parcels=(Parcel("券"),)),
    ]
    wire = [
        {
            "order_key": BY_MERCHANT, "logistics_type": 1, "delivery_mode": 1,
            "shipping_list": [SENT],
        },
        {
            "order_key": {"order_number_type": 2, "transaction_id": "4201"}, "logistics_type": 3,
            "delivery_mode": 1, "shipping_list": [{"item_desc": "券"}],
        },
    ]  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: shipping.upload_combined(
                account, shipping.by_wechat("4200"), parts, openid="o1", uploaded_at=AT
            ),
            (
                "POST", "/wxa/sec/order/upload_combined_shipping_info", {},
                WHEN | {"order_key": BY_WECHAT, "sub_orders": wire},
            ),
        ),
    )  # fmt: skip


def test_receipts_are_asked_for_and_settings_made(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: shipping.remind_of_receipt(account, shipping.by_wechat("4200"), PAID),
            (
                "POST", "/wxa/sec/order/notify_confirm_receive", {},
                {"transaction_id": "4200", "received_time": SECONDS},
            ),
        ),
        Case(
            lambda account: shipping.remind_of_receipt(
                account, shipping.by_merchant("1900", "n1"), PAID
            ),
            (
                "POST", "/wxa/sec/order/notify_confirm_receive", {},
                {"merchant_id": "1900", "merchant_trade_no": "n1", "received_time": SECONDS},
            ),
        ),
        Case(
            lambda account: shipping.set_message_path(account, "pages/orders"),
            ("POST", "/wxa/sec/order/set_msg_jump_path", {}, {"path": "pages/orders"}),
        ),
        Case(
            lambda account: shipping.report_presale(account, "n1", PAID),
            (
                "POST", "/wxa/sec/order/opspecialorder", {},
                {"order_id": "n1", "type": 1, "delay_to": SECONDS},
            ),
        ),
        Case(
            lambda account: shipping.report_test(account, "n1"),
            ("POST", "/wxa/sec/order/opspecialorder", {}, {"order_id": "n1", "type": 2}),
        ),
    )  # fmt: skip


async def _managed(url: str) -> None:
    managed = "/wxa/sec/order/is_trade_managed"
    confirmed = "/wxa/sec/order/is_trade_management_confirmation_completed"
    answers = {managed: {"is_trade_managed": True}, confirmed: {"completed": False}}
    async with staged(url, answers) as (account, wechat):
        body = {"appid": account.credentials.appid}
        assert await shipping.is_managed(account)
        assert asked(wechat.last) == ("POST", managed, {}, body)
        assert not await shipping.is_confirmed(account)
        assert asked(wechat.last) == ("POST", confirmed, {}, body)


def test_whether_money_is_frozen_is_asked_for_this_program(database_url: str) -> None:
    asyncio.run(_managed(database_url))


def test_orders_are_looked_at_and_listed(database_url: str) -> None:
    wire = {
        "transaction_id": "4200", "merchant_id": "1900", "merchant_trade_no": "n1",
        "description": "茶", "paid_amount": 4_200, "openid": "o1", "pay_time": SECONDS,
        "order_state": 2, "in_complaint": False,
        "shipping": {
            "delivery_mode": 1, "logistics_type": 1, "finish_shipping": True,
            "finish_shipping_count": 1,
            "shipping_list": [
                {
                    "tracking_no": "3232", "express_company": "DHL", "goods_desc": "茶",
                    "upload_time": SECONDS, "contact": {"consignor_contact": "189****1234"},
                }
            ],
        },
    }  # fmt: skip
    parcel = ShippedParcel("茶", "3232", "DHL", PAID, Contact("189****1234"))
    order = Order(
        "4200", OrderState.SHIPPED, "1900", "n1", "茶", 4_200, "o1", PAID,
        is_in_complaint=False, shipping=Shipping(1, Way.COURIER, True, 1, (parcel,)),
    )  # fmt: skip
    path = "/wxa/sec/order/get_order_list"
    search = Search(state=OrderState.SHIPPED, openid="o1", paid_from=PAID, paid_until=AT)
    check(
        database_url,
        Case(
            lambda account: shipped_orders.one(account, shipping.by_wechat("4200")),
            ("POST", "/wxa/sec/order/get_order", {}, {"transaction_id": "4200"}),
            {"errcode": 0, "order": wire},
            order,
        ),
        Case(
            lambda account: shipped_orders.page(account, search, after="L", size=10),
            (
                "POST", path, {},
                {
                    "pay_time_range": {"begin_time": SECONDS, "end_time": 1_795_420_800},
                    "order_state": 2, "openid": "o1", "last_index": "L", "page_size": 10,
                },
            ),
            {"last_index": "M", "has_more": True, "order_list": [wire]},
            Page((order,), "M", True),
        ),
        Case(
            lambda account: shipped_orders.page(account, Search()),
            ("POST", path, {}, {"page_size": 100}),
            {"has_more": False},
            Page(),
        ),
    )  # fmt: skip


def test_shipments_that_wechat_would_refuse_are_not_sent(database_url: str) -> None:
    key = shipping.by_wechat("4200")
    over_limit(
        database_url,
        uploading(Shipment(order_key=key, way=Way.COURIER, parcels=())),
        uploading(Shipment(order_key=key, way=Way.COURIER, parcels=(TEA,) * 16)),
        uploading(Shipment(order_key=key, way=Way.SAME_CITY, parcels=(TEA, TEA))),
        uploading(Shipment(order_key=key, way=Way.COURIER, parcels=(Parcel("茶" * 121),))),
        uploading(Shipment(order_key=key, way=Way.COURIER, parcels=(Parcel(""),))),
        lambda account: shipped_orders.page(account, Search(), size=101),
    )


@pytest.mark.parametrize("parcels", [1, 15])
def test_parcels_are_always_a_list_on_the_wire(database_url: str, parcels: int) -> None:
    async def play(account: Account) -> None:
        shipment = Shipment(
            order_key=shipping.by_wechat("4"), way=Way.COURIER, parcels=(TEA,) * parcels
        )
        await shipping.upload(account, shipment, openid="o1", uploaded_at=AT)

    async def see() -> None:
        async with staged(database_url) as (account, wechat):
            await play(account)
            _, _, _, body = asked(wechat.last)
            assert body["shipping_list"] == [SENT] * parcels

    asyncio.run(see())
