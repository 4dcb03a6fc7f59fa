"""Refunds: what is given back, what is refused in which order, and what becomes of it."""

from typing import Any

import pytest

from jishi.sandbox.answers import Refusal
from jishi.sandbox.pay.refunds import Plan, refund_order
from tests.sandbox.pay.shop import (
    NOTIFY,
    REFUNDS,
    Receiver,
    Stage,
    asked_refund,
    everything,
    number,
    paid,
    play,
    prepaid,
    purse,
    refund,
    refund_of,
    refusal,
    state,
    told,
)
from tests.sandbox.scene import Scene, opened_notice

BAD = (400, "PARAM_ERROR", 268435461)
REFUSED = (400, "INVALID_REQUEST", 268435461)
NOWHERE = (404, "RESOURCE_NOT_EXISTS", 268512771)


def test_a_refund_is_under_way_and_then_back_in_the_purse(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, transaction_id = await paid(scene)
        before = await purse(scene)
        body = refund_of(
            out_trade_no, 300, 1_299, funds_account="AVAILABLE", reason="碎了",
            goods_detail=[{"merchant_goods_id": "1", "unit_price": 1, "refund_amount": 1,
                           "refund_quantity": 1}],
        )  # fmt: skip
        body["amount"]["from"] = [{"account": "AVAILABLE", "amount": 300}]
        first = await refund(scene, body)
        assert first == {
            "refund_id": first["refund_id"],
            "out_refund_no": body["out_refund_no"],
            "transaction_id": transaction_id,
            "out_trade_no": out_trade_no,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": first["create_time"],
            "status": "PROCESSING",
            "funds_account": "AVAILABLE",
            "amount": {
                "total": 1_299, "refund": 300, "payer_total": 1_299, "payer_refund": 300,
                "settlement_refund": 300, "settlement_total": 1_299, "discount_refund": 0,
                "currency": "CNY", "from": [{"account": "AVAILABLE", "amount": 300}],
            },
        }  # fmt: skip
        assert await asked_refund(scene, body["out_refund_no"]) == first
        assert await state(scene, out_trade_no) == "REFUND"
        assert await purse(scene) == before
        await scene.advance(4)
        assert await purse(scene) == before + 300
        last = await asked_refund(scene, body["out_refund_no"])
        at = last.pop("success_time")
        assert last == first | {"status": "SUCCESS"}
        assert await refund(scene, body) == first | {"status": "SUCCESS", "success_time": at}

    play(pay_stage, scene)


def test_a_refund_is_told_when_the_money_is_back(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, transaction_id = await paid(scene)
        body = refund_of(out_trade_no, 300, 1_299)
        first = await refund(scene, body)
        await scene.advance(4)
        at = (await asked_refund(scene, body["out_refund_no"]))["success_time"]
        [_, notice] = receiver.taken
        assert told(notice)["event_type"] == "REFUND.SUCCESS"
        assert told(notice)["summary"] == "退款成功"
        assert opened_notice(scene.merchant, notice.body) == {
            "mchid": scene.merchant.mchid,
            "transaction_id": transaction_id,
            "out_trade_no": out_trade_no,
            "refund_id": first["refund_id"],
            "out_refund_no": body["out_refund_no"],
            "refund_status": "SUCCESS",
            "user_received_account": "支付用户零钱",
            "amount": {"total": 1_299, "refund": 300, "payer_total": 1_299, "payer_refund": 300},
            "success_time": at,
        }

    play(pay_stage, scene, receiver=receiver)


WRONG_WORDS: list[tuple[dict[str, Any], str]] = [
    ({"out_trade_no": None}, "/transaction_id"),
    ({"out_refund_no": None}, "/out_refund_no"),
    ({"out_refund_no": "a b"}, "/out_refund_no"),
    ({"out_refund_no": "1" * 65}, "/out_refund_no"),
    ({"amount": None}, "/amount"),
    ({"amount": {"refund": 0, "total": 1_299, "currency": "CNY"}}, "/amount/refund"),
    ({"amount": {"refund": 1, "total": 1_299}}, "/amount/currency"),
    ({"amount": {"refund": 1, "total": 1_299, "currency": "USD"}}, "/amount/currency"),
    ({"reason": "字" * 81}, "/reason"),
    ({"notify_url": NOTIFY + "?x"}, "/notify_url"),
    ({"funds_account": "POCKET"}, "/funds_account"),
    (
        {
            "amount": {
                "refund": 2, "total": 1_299, "currency": "CNY",
                "from": [{"account": "AVAILABLE", "amount": 1}],
            }
        },
        "/amount/from",
    ),
]  # fmt: skip


def test_wrong_words_are_refused_by_their_field_and_nothing_is_written(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await paid(scene)
        before = await everything(scene)
        for changed, field in WRONG_WORDS:
            body = refund_of(out_trade_no, 1, 1_299, **changed)
            answer = await scene.signed("POST", REFUNDS, body)
            assert refusal(answer) == BAD, (changed, answer.text)
            assert answer.json()["detail"]["field"] == field, answer.text
        extra = refund_of(out_trade_no, 1, 1_299, sub_mchid="1900000117")
        assert refusal(await scene.signed("POST", REFUNDS, extra))[2] == 270924358
        assert await everything(scene) == before

    play(pay_stage, scene)


def test_the_reasons_against_come_in_this_order(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        unpaid, _ = await prepaid(scene)
        out_trade_no, transaction_id = await paid(scene)
        first = refund_of(out_trade_no, 1_000, 1_299)
        await refund(scene, first)
        await scene.advance(5)
        before = await everything(scene)

        async def trouble(body: dict[str, Any], **more: Any) -> tuple[int, str, int]:
            answer = await scene.signed("POST", REFUNDS, body, **more)
            assert await everything(scene) == before, answer.text
            return refusal(answer)

        assert await trouble(refund_of("T99999999", 1, 1_299)) == NOWHERE
        assert await trouble(refund_of(unpaid, 1, 1_299)) == NOWHERE
        whole = refund_of(out_trade_no, 1, 1_299)
        assert await trouble(whole, merchant=scene.merchants[1]) == NOWHERE
        other_number = whole | {"transaction_id": "4200"}
        assert await trouble(other_number) == NOWHERE
        assert await trouble(first | {"reason": "changed"}) == REFUSED
        assert await trouble(refund_of(out_trade_no, 1, 1_298)) == REFUSED
        assert await trouble(refund_of(out_trade_no, 300, 1_299)) == REFUSED
        by_transaction = refund_of(out_trade_no, 299, 1_299, transaction_id=transaction_id)
        by_transaction.pop("out_trade_no")
        await refund(scene, by_transaction)
        assert refusal(await scene.signed("GET", f"{REFUNDS}/R000001")) == NOWHERE
        theirs = f"{REFUNDS}/{first['out_refund_no']}"
        other = await scene.signed("GET", theirs, merchant=scene.merchants[1])
        assert refusal(other) == NOWHERE

    play(pay_stage, scene)


def test_an_order_is_refunded_fifty_times_at_most_and_for_a_year(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await paid(scene)
        for _ in range(50):
            await refund(scene, refund_of(out_trade_no, 1, 1_299))
        answer = await scene.signed("POST", REFUNDS, refund_of(out_trade_no, 1, 1_299))
        assert refusal(answer) == REFUSED
        assert answer.json()["message"] == "订单部分退款次数已达50次"
        late, _ = await paid(scene)
        await scene.advance(365 * 86_400 - 10)
        await refund(scene, refund_of(late, 1, 1_299))
        await scene.advance(20)
        answer = await scene.signed("POST", REFUNDS, refund_of(late, 1, 1_299))
        assert answer.json()["message"] == "订单已超过一年，不能退款"

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("settings", "status", "summary"),
    [({}, "ABNORMAL", "退款异常"), ({"status": "CLOSED"}, "CLOSED", "退款关闭")],
)
def test_a_refund_that_fails_gives_nothing_back_and_is_told(
    pay_stage: Stage, settings: dict[str, str], status: str, summary: str
) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await paid(scene)
        before = await purse(scene)
        await scene.arm("refund_abnormal", settings=settings)
        body = refund_of(out_trade_no, 1_299, 1_299)
        await refund(scene, body)
        await scene.advance(4)
        assert (await asked_refund(scene, body["out_refund_no"]))["status"] == status
        assert await purse(scene) == before
        notice = receiver.taken[-1]
        assert (told(notice)["event_type"], told(notice)["summary"]) == (
            f"REFUND.{status}", summary
        )  # fmt: skip
        opened = opened_notice(scene.merchant, notice.body)
        assert opened["refund_status"] == status
        assert "success_time" not in opened
        is_closed = status == "CLOSED"
        assert await state(scene, out_trade_no) == ("SUCCESS" if is_closed else "REFUND")
        again = await scene.signed("POST", REFUNDS, refund_of(out_trade_no, 1_299, 1_299))
        assert again.status_code == (200 if is_closed else 400)

    play(pay_stage, scene, receiver=receiver)


def test_a_refund_without_an_address_tells_nobody(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        out_trade_no, transaction_id = await paid(scene)
        await refund(scene, refund_of(out_trade_no, 1, 1_299, notify_url=None))
        plan = Plan(out_refund_no=number(), refund_fen=2, reason="in the console")
        async with scene.world.transaction() as tx:
            made = await refund_order(tx, scene.merchant.mchid, transaction_id, plan)
            nothing = await refund_order(tx, scene.merchant.mchid, "4200", plan)
        assert not isinstance(made, Refusal)
        assert isinstance(nothing, Refusal)
        await scene.advance(5)
        assert (await asked_refund(scene, made.out_refund_no))["status"] == "SUCCESS"
        assert len(receiver.taken) == 1
        taken = Plan(out_refund_no=made.out_refund_no, refund_fen=2, reason="twice")
        async with scene.world.transaction() as tx:
            again = await refund_order(tx, scene.merchant.mchid, transaction_id, taken)
        assert isinstance(again, Refusal)

    play(pay_stage, scene, receiver=receiver)
