"""The cashier: who may pay what with which password, once, and only while it can be paid."""

import asyncio
from typing import Any

import pytest

from jishi.sandbox.cast import openid
from jishi.sandbox.pay.cashier import Declined, Paid, settle_by, show, show_code, show_h5
from tests.sandbox.pay.shop import (
    H5,
    H5_SCENE,
    NATIVE,
    Receiver,
    Stage,
    an_order,
    everything,
    pay,
    play,
    prepaid,
    purse,
    query,
    set_purse,
    state,
)
from tests.sandbox.scene import Scene


def test_the_bill_says_what_is_paid_to_whom(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        _, prepay_id = await prepaid(scene)
        async with scene.world.transaction() as tx:
            bill = await show(tx, prepay_id)
            assert await show(tx, "wx0") is None
        assert bill is not None
        assert (bill.kind, bill.payee, bill.description) == (
            "jsapi", scene.merchant.name, "龙井 100克"
        )  # fmt: skip
        assert (bill.total_fen, bill.currency, bill.state) == (1_299, "CNY", "NOTPAY")
        assert bill.openid == openid(scene.account.appid, scene.people[0].unionid)
        assert bill.sub_orders == []
        assert 7_190 < (bill.expires_at - scene.world.clock.now()).total_seconds() < 7_201

    play(pay_stage, scene)


def test_a_payment_moves_the_money_and_tells_the_merchant(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, prepay_id = await prepaid(scene)
        before = await purse(scene)
        answer = await settle_by(scene.world, prepay_id, scene.people[0].person_id, "123456")
        assert isinstance(answer, Paid)
        assert await purse(scene) == before - 1_299
        assert await state(scene, out_trade_no) == "SUCCESS"
        await scene.due()
        assert len(receiver.taken) == 1
        async with scene.world.transaction() as tx:
            bill = await show(tx, prepay_id)
        assert bill is not None
        assert bill.state == "SUCCESS"

    play(pay_stage, scene, receiver=receiver)


def test_only_its_payer_pays_a_jsapi_order_and_anybody_a_code_or_a_link(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        _, prepay_id = await prepaid(scene)
        before = await everything(scene)
        other = scene.people[1].person_id
        words = "下单账号与支付账号不一致，请核实后再支付"
        assert await settle_by(scene.world, prepay_id, other, "123456") == Declined(
            "not_yours", words
        )
        nobody = await settle_by(scene.world, prepay_id, 10**9, "123456")
        assert nobody == Declined("unknown_payer", "找不到付款人")
        assert await everything(scene) == before
        code = (await scene.signed("POST", NATIVE, an_order(scene, payer=None))).json()["code_url"]
        h5 = an_order(scene, payer=None, scene_info=H5_SCENE)
        link = (await scene.signed("POST", H5, h5)).json()["h5_url"]
        async with scene.world.transaction() as tx:
            by_code, by_link = (
                await show_code(tx, code),
                await show_h5(tx, link + "&redirect_url=x"),
            )
        assert by_code is not None
        assert by_link is not None
        for bill in (by_code, by_link):
            answer = await settle_by(scene.world, bill.prepay_id, other, "123456")
            assert isinstance(answer, Paid), answer
        told = (await query(scene, h5["out_trade_no"])).json()
        assert told["payer"] == {"openid": openid(scene.account.appid, scene.people[1].unionid)}
        assert told["trade_type"] == "MWEB"

    play(pay_stage, scene)


def test_three_wrong_passwords_lock_for_ten_minutes(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, prepay_id = await prepaid(scene)
        who, before = scene.people[0].person_id, await purse(scene)

        async def typed(password: str) -> str:
            answer = await settle_by(scene.world, prepay_id, who, password)
            return answer.reason if isinstance(answer, Declined) else "paid"

        first = await settle_by(scene.world, prepay_id, who, "000000")
        assert first == Declined("wrong_password", "支付密码错误，你还可以输入2次")
        assert await state(scene, out_trade_no) == "USERPAYING"
        assert [await typed(word) for word in ("1", "", "123456")] == [
            "wrong_password", "password_locked", "password_locked"
        ]  # fmt: skip
        await scene.advance(9 * 60 + 50)
        assert await typed("123456") == "password_locked"
        assert await state(scene, out_trade_no) == "NOTPAY"
        await scene.advance(15)
        assert await typed("000000") == "wrong_password"
        assert await purse(scene) == before
        assert await typed("123456") == "paid"
        async with scene.world.transaction() as tx:
            assert await tx.connection.fetch("select from sandbox.wrong_passwords") == []

    play(pay_stage, scene)


def test_a_purse_with_too_little_pays_nothing(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, prepay_id = await prepaid(scene)
        await set_purse(scene, 1_298)
        answer = await pay(scene, prepay_id=prepay_id, password="123456")  # noqa: S106 - a sandbox's
        assert answer == {"reason": "too_little", "words": "零钱余额不足", "is_paid": False}
        assert await state(scene, out_trade_no) == "PAYERROR"
        assert await purse(scene) == 1_298
        await scene.due()
        assert receiver.taken == []
        await set_purse(scene, 1_299)
        assert (await pay(scene, prepay_id=prepay_id))["is_paid"]
        assert await purse(scene) == 0
        assert await state(scene, out_trade_no) == "SUCCESS"

    play(pay_stage, scene, receiver=receiver)


@pytest.mark.parametrize("payers", [2, 8])
def test_payments_at_the_same_moment_pay_once(pay_stage: Stage, payers: int) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        _, prepay_id = await prepaid(scene)
        before, who = await purse(scene), scene.people[0].person_id
        answers = await asyncio.gather(
            *(settle_by(scene.world, prepay_id, who, "123456") for _ in range(payers))
        )
        reasons = sorted(
            answer.reason if isinstance(answer, Declined) else "paid" for answer in answers
        )
        assert reasons == ["paid"] + ["paid_already"] * (payers - 1)
        assert await purse(scene) == before - 1_299
        await scene.due()
        assert len(receiver.taken) == 1

    play(pay_stage, scene, receiver=receiver)


def test_two_orders_at_the_same_moment_do_not_overdraw_a_purse(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        prepay_ids = [(await prepaid(scene))[1] for _ in range(4)]
        await set_purse(scene, 2 * 1_299)
        who = scene.people[0].person_id
        answers = await asyncio.gather(
            *(settle_by(scene.world, prepay_id, who, "123456") for prepay_id in prepay_ids)
        )
        assert sorted(isinstance(answer, Paid) for answer in answers) == [False, False, True, True]
        assert await purse(scene) == 0

    play(pay_stage, scene)


def test_expiry_and_payment_race_for_the_orders_lock(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        now = scene.world.clock.now()
        asked: Any = an_order(scene, time_expire=now.isoformat(timespec="seconds"))
        out_trade_no, prepay_id = await prepaid(scene, asked)
        who, before = scene.people[0].person_id, await purse(scene)
        async with scene.world.transaction() as tx:
            held = "select from sandbox.orders where prepay_id = $1 for no key update"
            await tx.connection.fetch(held, prepay_id)
            waiting = asyncio.create_task(settle_by(scene.world, prepay_id, who, "123456"))
            await asyncio.sleep(0.05)
            assert not waiting.done()
            close = "update sandbox.orders set closed_at = now() where prepay_id = $1"
            await tx.connection.execute(close, prepay_id)
        assert await waiting == Declined("closed", "该订单已关闭")
        assert await purse(scene) == before
        assert await state(scene, out_trade_no) == "CLOSED"
        _, late = await prepaid(scene, an_order(scene, time_expire=asked["time_expire"]))
        await scene.advance(61)
        answer = await settle_by(scene.world, late, who, "123456")
        assert answer == Declined("expired", "该订单已过期，请重新下单")

    play(pay_stage, scene)


def test_the_control_door_finds_the_payer_by_itself(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        second = scene.people[1]
        own = {"openid": openid(scene.account.appid, second.unionid)}
        asked: Any = an_order(scene, payer=own)
        _, prepay_id = await prepaid(scene, asked)
        await pay(scene, prepay_id=prepay_id)
        assert (await query(scene, asked["out_trade_no"])).json()["payer"] == own
        for named, payer in (({}, 0), ({"person_id": second.person_id}, 1), (own, 1)):
            order = an_order(scene, payer=None)
            code = (await scene.signed("POST", NATIVE, order)).json()["code_url"]
            assert (await pay(scene, code_url=code, **named))["is_paid"]
            told = (await query(scene, order["out_trade_no"])).json()
            unionid = scene.people[payer].unionid
            assert told["payer"] == {"openid": openid(scene.account.appid, unionid)}
        unknown = await scene.http.post("/sandbox/payments", json={"code_url": "weixin://x"})
        assert unknown.status_code == 404
        assert (await scene.http.post("/sandbox/payments", json={"fen": 1})).status_code == 400

    play(pay_stage, scene)


def test_orders_are_listed_page_by_page(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        asked = [(await prepaid(scene))[0] for _ in range(103)]
        mchid = scene.merchant.mchid
        first = await scene.control("GET", f"/sandbox/orders?mchid={mchid}")
        second = await scene.control(
            "GET", f"/sandbox/orders?mchid={mchid}&before={first['before']}"
        )
        listed = [line["out_trade_no"] for line in (*first["orders"], *second["orders"])]
        assert len(first["orders"]) == 100
        assert listed[:103] == list(reversed(asked))
        none = await scene.control("GET", "/sandbox/orders?mchid=1900000125")
        assert {line["mchid"] for line in none["orders"]} <= {"1900000125"}
        assert (await scene.http.get("/sandbox/orders?before=x")).status_code == 400

    play(pay_stage, scene)
