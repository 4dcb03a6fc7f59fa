"""Prepaying again: the same words, other words, and what is too late."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.pay.shop import (
    APP,
    H5,
    H5_SCENE,
    JSAPI,
    Stage,
    an_order,
    everything,
    others,
    pay,
    play,
    prepaid,
    refusal,
    state,
)
from tests.sandbox.scene import Scene

REENTRY = (400, "INVALID_REQUEST", 268498688)


def test_the_same_words_give_the_same_prepay_id_and_other_words_are_refused(
    pay_stage: Stage,
) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(scene, attach="x")
        _, prepay_id = await prepaid(scene, body)
        turned = dict(reversed(body.items()))
        spelt_out = body | {"amount": {"total": 1_299}}
        for same in (body, turned, spelt_out):
            assert await prepaid(scene, same) == (body["out_trade_no"], prepay_id)
        before = await everything(scene)
        other_body = {name: value for name, value in body.items() if name != "attach"}
        changes: list[dict[str, Any]] = [
            {"amount": {"total": 1}}, {"attach": "y"}, {"time_expire": "2099-01-01T00:00:00Z"}
        ]  # fmt: skip
        for changed in [other_body, *(body | change for change in changes)]:
            answer = await scene.signed("POST", JSAPI, changed)
            assert refusal(answer) == REENTRY, answer.text
        by_app = {name: value for name, value in body.items() if name != "payer"}
        assert refusal(await scene.signed("POST", APP, by_app)) == REENTRY
        assert await everything(scene) == before

    play(pay_stage, scene)


def test_at_the_same_moment_too_one_order_is_made(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(scene)
        answers = await asyncio.gather(*(prepaid(scene, body) for _ in range(8)))
        assert len(set(answers)) == 1

    play(pay_stage, scene)


def test_another_merchants_numbers_are_its_own(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(scene)
        other = scene.merchants[1]
        first = await scene.signed("POST", JSAPI, body)
        second = await scene.signed("POST", JSAPI, body | {"mchid": other.mchid}, merchant=other)
        assert first.json()["prepay_id"] != second.json()["prepay_id"]

    play(pay_stage, scene)


def test_what_is_paid_or_closed_is_not_prepaid_again(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        taken, shut = an_order(scene), an_order(scene)
        _, prepay_id = await prepaid(scene, taken)
        await pay(scene, prepay_id=prepay_id)
        await prepaid(scene, shut)
        close = f"/v3/pay/transactions/out-trade-no/{shut['out_trade_no']}/close"
        await scene.signed("POST", close, {"mchid": scene.merchant.mchid})
        for change in ({}, {"attach": "changed"}):
            paid = await scene.signed("POST", JSAPI, taken | change)
            assert refusal(paid) == (400, "ORDER_PAID", 268498689)
            closed = await scene.signed("POST", JSAPI, shut | change)
            assert refusal(closed) == (400, "ORDER_CLOSED", 268435461)

    play(pay_stage, scene)


def test_a_prepay_id_holds_two_hours_and_then_has_a_successor(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(scene)
        _, old = await prepaid(scene, body)
        await scene.advance(2 * 3600 - 5)
        assert (await prepaid(scene, body))[1] == old
        await scene.advance(10)
        assert (await pay(scene, prepay_id=old))["reason"] == "expired"
        _, fresh = await prepaid(scene, body)
        assert fresh != old
        gone = await scene.http.post("/sandbox/payments", json={"prepay_id": old})
        assert gone.status_code == 404
        assert (await pay(scene, prepay_id=fresh))["is_paid"]

    play(pay_stage, scene)


def test_an_h5_link_holds_five_minutes(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = others(scene, scene_info=H5_SCENE)
        link = (await scene.signed("POST", H5, body)).json()["h5_url"]
        await scene.advance(4 * 60)
        assert (await scene.signed("POST", H5, body)).json()["h5_url"] == link
        await scene.advance(65)
        assert (await pay(scene, h5_url=link))["reason"] == "expired"
        fresh = (await scene.signed("POST", H5, body)).json()["h5_url"]
        assert fresh != link
        assert (await pay(scene, h5_url=fresh))["is_paid"]

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("asked", "lives"),
    [(None, timedelta(days=7)), (timedelta(hours=3), timedelta(hours=3)),
     (timedelta(0), timedelta(minutes=1))],
)  # fmt: skip
def test_an_order_can_be_paid_as_long_as_it_lives(
    pay_stage: Stage, asked: timedelta | None, lives: timedelta
) -> None:
    async def scene(scene: Scene) -> None:
        now = scene.world.clock.now()
        at = None if asked is None else (now + asked).isoformat(timespec="seconds")
        body = an_order(scene, time_expire=at)
        out_trade_no, prepay_id = await prepaid(scene, body)
        await scene.advance(int(lives.total_seconds()) - 30)
        prepay_id = (await prepaid(scene, body))[1]
        await scene.advance(60)
        assert (await pay(scene, prepay_id=prepay_id))["reason"] == "expired"
        answer = await scene.signed("POST", JSAPI, body)
        assert answer.json() == {"code": "ORDER_CLOSED", "message": "该订单已过期，请重新下单"}
        assert await state(scene, out_trade_no) == "NOTPAY"

    play(pay_stage, scene)
