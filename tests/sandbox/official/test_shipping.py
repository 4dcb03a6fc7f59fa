"""Shipping information: what a trading mini program must tell before its money is free."""

from typing import Any

import msgspec
import pytest

from jishi.sandbox.program.shipping_rules import (
    Contact,
    Details,
    Parcel,
    moment,
    reason_against,
)
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage
from tests.sandbox.official.test_customer import pay

ORDER = "/wxa/sec/order"
UPLOAD, GET = f"{ORDER}/upload_shipping_info", f"{ORDER}/get_order"
LIST, REMIND = f"{ORDER}/get_order_list", f"{ORDER}/notify_confirm_receive"
PARCEL = Parcel("青砖茶*1", "SF1", "ZTO")


class Sale:
    """A paid order of a mini program, and who bought."""

    def __init__(self, stage: Stage, program: Account, person: int, number: str) -> None:
        self.stage, self.program, self.person, self.number = stage, program, person, number
        self.openid = ""

    async def body(self, minute: int = 0, **change: Any) -> dict[str, Any]:
        """Give the shipping of this order, told at a minute."""
        return {
            "order_key": {"order_number_type": 2, "transaction_id": self.number},
            "logistics_type": 1,
            "delivery_mode": 1,
            "shipping_list": [
                {"item_desc": "青砖茶*1", "tracking_no": "75001", "express_company": "ZTO"}
            ],
            "upload_time": f"2026-11-22T12:{minute:02}:00.000+08:00",
            "payer": {"openid": self.openid},
        } | change

    async def state(self) -> int:
        """Give the order's state."""
        told = await self.program.post(GET, {"transaction_id": self.number})
        return int(told["order"]["order_state"])


async def sold(stage: Stage, push_url: str = "") -> Sale:
    program, person = await stage.account("mini", push_url), await stage.person()
    sale = Sale(stage, program, person, f"4200{person:09}")
    sale.openid = await program.openid(person)
    async with stage.world.transaction() as tx:
        await pay(tx, program.appid, stage.scene.merchant.mchid, person, sale.number)
    return sale


@pytest.mark.parametrize(
    ("details", "is_all", "number"),
    [
        (Details(1, 1, [PARCEL]), None, None),
        (Details(1, 2, [PARCEL] * 15), True, None),
        (Details(4, 1, [Parcel("青砖茶")]), None, None),
        (Details(5, 1, [PARCEL]), None, 10060005),
        (Details(1, 3, [PARCEL]), None, 268485224),
        (Details(2, 2, [PARCEL]), True, 10060006),
        (Details(1, 2, [PARCEL]), None, 10060007),
        (Details(1, 1, [PARCEL] * 2), None, 10060024),
        (Details(1, 2, [PARCEL] * 16), True, 10060024),
        (Details(1, 1, []), None, 10060014),
        (Details(1, 1, [Parcel(" ", "1", "ZTO")]), None, 10060008),
        (Details(1, 1, [Parcel("字" * 121, "1", "ZTO")]), None, 10060009),
        (Details(1, 1, [Parcel("茶")]), None, 10060014),
        (Details(1, 1, [Parcel("茶", "1" * 129, "ZTO")]), None, 10060026),
        (Details(1, 1, [Parcel("茶", "1", "Z" * 129)]), None, 10060025),
        (Details(1, 1, [Parcel("茶", "1", "SF")]), None, 10060014),
        (Details(1, 1, [Parcel("茶", "1", "SF", Contact("", "138****0009"))]), None, None),
        (Details(1, 1, [Parcel("茶", "1", "SF", Contact("", "1380000****"))]), None, 10060014),
    ],
)
def test_shipping_is_refused_by_its_number(
    details: Details, is_all: bool | None, number: int | None
) -> None:
    assert reason_against(details, is_all_delivered=is_all) == number


@pytest.mark.parametrize(
    ("text", "is_moment"),
    [
        ("2026-11-22T12:00:00+08:00", True),
        ("2026-11-22T12:00:00.123Z", True),
        ("2026-11-22 12:00:00", False),
        ("2026-11-22T12:00:00", False),
        ("2026-13-22T12:00:00Z", False),
        ("1700000000", False),
    ],
)
def test_a_moment_is_written_with_its_offset(text: str, is_moment: bool) -> None:
    assert (moment(text) is not None) == is_moment


def test_an_order_is_shipped_received_and_settled(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage, "http://shop.test/mini")
        assert await sale.state() == 1
        assert await sale.program.code(UPLOAD, await sale.body()) == 0
        assert await sale.state() == 2
        await stage.due()
        came = msgspec.json.decode(stage.receiver.text())
        assert came["Event"] == "trade_manage_order_settlement"
        assert came["transaction_id"] == sale.number
        assert "estimated_settlement_time" in came
        (said,) = await sale.program.chat(sale.person)
        assert said["content"]["title"] == "商家已发货"
        who = {"appid": sale.program.appid, "transaction_id": sale.number}
        stranger = await stage.person()
        assert await stage.undone("receipt", person_id=stranger, **who) == "NOT_YOURS"
        await stage.do("receipt", person_id=sale.person, **who)
        assert await stage.undone("receipt", person_id=sale.person, **who) == "REFUSED"
        assert await sale.state() == 3
        await stage.advance(days=1, seconds=1)
        await sale.program.take_token()
        assert await sale.state() == 4
        came = msgspec.json.decode(stage.receiver.text())
        assert came["confirm_receive_method"] == 1
        assert came["settlement_time"] > came["confirm_receive_time"]
        assert await sale.program.code(UPLOAD, await sale.body(9)) == 10060004

    perform(play)


def test_what_nobody_confirms_is_received_after_ten_days(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage, "http://shop.test/mini")
        await sale.program.post(UPLOAD, await sale.body())
        await stage.advance(days=10, seconds=1)
        await sale.program.take_token()
        assert await sale.state() == 3
        await stage.advance(days=1)
        came = msgspec.json.decode(stage.receiver.text())
        assert came["confirm_receive_method"] == 2

    perform(play)


def test_shipping_is_done_over_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage)
        assert await sale.program.code(UPLOAD, await sale.body(0)) == 0
        assert await sale.program.code(UPLOAD, await sale.body(0)) == 10060023
        assert await sale.program.code(UPLOAD, await sale.body(1)) == 0
        assert await sale.program.code(UPLOAD, await sale.body(2)) == 10060003
        told = await sale.program.post(GET, {"transaction_id": sale.number})
        assert told["order"]["shipping"]["finish_shipping_count"] == 2

    perform(play)


def test_parcels_are_told_one_by_one_until_all_are_out(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage)
        split = {"delivery_mode": 2, "is_all_delivered": False}
        for minute in range(3):
            assert await sale.program.code(UPLOAD, await sale.body(minute, **split)) == 0
        assert await sale.state() == 1
        split["is_all_delivered"] = True
        assert await sale.program.code(UPLOAD, await sale.body(3, **split)) == 0
        assert await sale.state() == 2

    perform(play)


def test_an_upload_is_refused_by_its_number(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage)
        parcel = (await sale.body())["shipping_list"][0]
        by_number = {"order_number_type": 1, "mchid": stage.scene.merchant.mchid}
        spoilt: tuple[tuple[Any, int], ...] = (
            ({"shipping_list": parcel}, 47001),
            ({"payer": {}}, 47001),
            ({"order_key": {"order_number_type": 2}}, 268485226),
            ({"order_key": {"order_number_type": 1}}, 268485227),
            ({"order_key": by_number}, 268485228),
            ({"order_key": {}}, 10060014),
            ({"order_key": {"order_number_type": 2, "transaction_id": "none"}}, 10060001),
            ({"payer": {"openid": "other"}}, 10060031),
            ({"upload_time": "2026-11-22 12:00:00"}, 268485216),
        )
        for change, number in spoilt:
            assert await sale.program.code(UPLOAD, await sale.body(**change)) == number
        assert await sale.state() == 1
        named: dict[str, Any] = {"order_key": {**by_number, "out_trade_no": sale.number}}
        assert await sale.program.code(UPLOAD, await sale.body(**named)) == 0
        service = await stage.account()
        assert await service.code(UPLOAD, await sale.body()) == 48001

    perform(play)


def test_orders_that_were_paid_together_are_shipped_together(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        one = await sold(stage)
        two = Sale(stage, one.program, one.person, f"{one.number}2")
        async with stage.world.transaction() as tx:
            await pay(tx, one.program.appid, stage.scene.merchants[1].mchid, one.person, two.number)
        keys = ("order_key", "logistics_type", "delivery_mode", "shipping_list")
        subs = [
            {name: value for name, value in (await each.body()).items() if name in keys}
            for each in (one, two)
        ]
        body = await one.body()
        path = f"{ORDER}/upload_combined_shipping_info"
        whole = {"upload_time": body["upload_time"], "payer": body["payer"]}
        wrong = [subs[0], {**subs[1], "logistics_type": 9}]
        assert await one.program.code(path, {**whole, "sub_orders": wrong}) == 10060005
        assert [await each.state() for each in (one, two)] == [1, 1]
        assert await one.program.code(path, {**whole, "sub_orders": subs}) == 0
        assert [await each.state() for each in (one, two)] == [2, 2]

    perform(play)


def test_orders_are_listed_by_state_and_buyer(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage)
        numbers = [sale.number, *(f"{sale.number}{each}" for each in "abc")]
        for number in numbers[1:]:
            async with stage.world.transaction() as tx:
                await pay(tx, sale.program.appid, stage.scene.merchant.mchid, sale.person, number)
        await sale.program.post(UPLOAD, await sale.body())
        page = await sale.program.post(LIST, {"page_size": 3})
        assert page["has_more"] is True
        listed = [each["transaction_id"] for each in page["order_list"]]
        rest = await sale.program.post(LIST, {"last_index": page["last_index"]})
        listed += [each["transaction_id"] for each in rest["order_list"]]
        assert listed == numbers[::-1]
        shipped = await sale.program.post(LIST, {"order_state": 2, "openid": sale.openid})
        assert [each["transaction_id"] for each in shipped["order_list"]] == [sale.number]
        none = await sale.program.post(LIST, {"openid": "other"})
        assert (none["order_list"], none["has_more"]) == ([], False)
        assert await sale.program.code(LIST, {"page_size": 201}) == 10060014

    perform(play)


def test_the_buyer_is_asked_once_to_confirm(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage)
        now = int(stage.world.clock.now().timestamp())
        body = {"transaction_id": sale.number, "received_time": now}
        assert await sale.program.code(REMIND, body) == 10060004
        await sale.program.post(UPLOAD, await sale.body())
        assert await sale.program.code(f"{ORDER}/set_msg_jump_path", {"path": "pages/o"}) == 0
        await stage.advance(hours=1)
        assert await sale.program.code(REMIND, {**body, "received_time": 1}) == 10060014
        assert [await sale.program.code(REMIND, body) for _ in range(2)] == [0, 10060014]
        asked = (await sale.program.chat(sale.person))[-1]["content"]
        assert (asked["title"], asked["page"]) == ("请确认收货", "pages/o")

    perform(play)


def test_the_smaller_operations_answer(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        sale = await sold(stage, "http://shop.test/mini")
        mine = {"appid": sale.program.appid}
        told = await sale.program.post(f"{ORDER}/is_trade_managed", mine)
        assert told["is_trade_managed"] is True
        path = f"{ORDER}/is_trade_management_confirmation_completed"
        assert (await sale.program.post(path, mine))["completed"] is True
        assert await sale.program.code(path, {"appid": "wx0"}) == 10060014
        special = f"{ORDER}/opspecialorder"
        later = int(stage.world.clock.now().timestamp()) + 86_400
        for body, number in (
            ({"order_id": sale.number, "type": 1, "delay_to": later}, 0),
            ({"order_id": sale.number, "type": 1, "delay_to": 1}, 10060014),
            ({"order_id": sale.number, "type": 2}, 0),
            ({"order_id": sale.number, "type": 3}, 10060014),
            ({"order_id": "none", "type": 2}, 10060001),
        ):
            assert await sale.program.code(special, body) == number
        await stage.scene.control(
            "POST", "/sandbox/shipping-reminders", {**mine, "transaction_id": sale.number}
        )
        await stage.due()
        came = msgspec.json.decode(stage.receiver.text())
        assert came["Event"] == "trade_manage_remind_shipping"

    perform(play)
