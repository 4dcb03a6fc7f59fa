"""Orders that exist: asked for by either number, closed, and nobody else's affair."""

from typing import Any

from tests.ports.wechat import openapi
from tests.sandbox.pay.shop import (
    Stage,
    an_order,
    everything,
    paid,
    pay,
    play,
    prepaid,
    query,
    refusal,
    state,
)
from tests.sandbox.scene import Scene

NO_ORDER = (404, "ORDER_NOT_EXIST", 268512771)
BAD = (400, "PARAM_ERROR", 268435461)
BY_NUMBER = "/v3/pay/transactions/out-trade-no/T000001"


async def by_transaction(scene: Scene, number: str, mchid: str = "") -> Any:
    """Ask for an order by WeChat's number."""
    whose = mchid or scene.merchant.mchid
    return await scene.signed("GET", f"/v3/pay/transactions/id/{number}?mchid={whose}")


async def close(scene: Scene, out_trade_no: str, mchid: str = "") -> Any:
    """Close an order."""
    body = {"mchid": mchid or scene.merchant.mchid}
    return await scene.signed(
        "POST", f"/v3/pay/transactions/out-trade-no/{out_trade_no}/close", body
    )


def test_an_order_is_shown_by_either_number_once_it_is_paid(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(scene, attach="for the kitchen")
        out_trade_no, prepay_id = await prepaid(scene, body)
        before = scene.verified(await query(scene, out_trade_no))
        assert list(openapi.faults_of_answer("GET", BY_NUMBER, 200, before.content)) == []
        assert before.json() == {
            "appid": scene.account.appid,
            "mchid": scene.merchant.mchid,
            "out_trade_no": out_trade_no,
            "trade_state": "NOTPAY",
            "trade_state_desc": "订单未支付",
            "amount": {
                "total": 1_299, "payer_total": 1_299, "currency": "CNY", "payer_currency": "CNY"
            },
        }  # fmt: skip
        [transaction_id] = (await pay(scene, prepay_id=prepay_id))["transaction_ids"]
        after = await query(scene, out_trade_no)
        assert list(openapi.faults_of_answer("GET", BY_NUMBER, 200, after.content)) == []
        told = after.json()
        assert told.pop("success_time").endswith("+08:00")
        assert told == before.json() | {
            "trade_state": "SUCCESS",
            "trade_state_desc": "支付成功",
            "transaction_id": transaction_id,
            "trade_type": "JSAPI",
            "bank_type": "OTHERS",
            "attach": "for the kitchen",
            "payer": body["payer"],
        }
        assert (await by_transaction(scene, transaction_id)).json() == after.json()

    play(pay_stage, scene)


def test_what_is_not_there_or_anothers_is_not_shown(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, transaction_id = await paid(scene)
        other = scene.merchants[1]
        assert refusal(await query(scene, "T99999999")) == NO_ORDER
        assert refusal(await by_transaction(scene, "4200")) == NO_ORDER
        for target in (f"out-trade-no/{out_trade_no}", f"id/{transaction_id}"):
            path = f"/v3/pay/transactions/{target}"
            theirs = await scene.signed("GET", f"{path}?mchid={other.mchid}", merchant=other)
            assert refusal(theirs) == NO_ORDER
            assert refusal(await scene.signed("GET", f"{path}?mchid={other.mchid}")) == BAD
            assert refusal(await scene.signed("GET", path)) == BAD
        assert refusal(await query(scene, "%00")) == BAD

    play(pay_stage, scene)


def test_closing_twice_is_closing_once(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, prepay_id = await prepaid(scene)
        first = scene.verified(await close(scene, out_trade_no))
        assert (first.status_code, first.content) == (204, b"")
        assert await state(scene, out_trade_no) == "CLOSED"
        before = await everything(scene)
        assert (await close(scene, out_trade_no)).status_code == 204
        assert await everything(scene) == before
        assert (await pay(scene, prepay_id=prepay_id))["reason"] == "closed"
        assert await everything(scene) == before

    play(pay_stage, scene)


def test_the_reasons_against_closing(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_trade_no, _ = await paid(scene)
        before = await everything(scene)
        taken = await close(scene, out_trade_no)
        assert refusal(taken) == (400, "ORDER_PAID", 268449538)
        assert refusal(await close(scene, "T99999999")) == NO_ORDER
        assert refusal(await close(scene, out_trade_no, "1900000117")) == BAD
        path = f"/v3/pay/transactions/out-trade-no/{out_trade_no}/close"
        theirs = {"mchid": "1900000117"}
        other = await scene.signed("POST", path, theirs, merchant=scene.merchants[1])
        assert refusal(other) == NO_ORDER
        assert refusal(await scene.signed("POST", path, {})) == BAD
        assert await everything(scene) == before

    play(pay_stage, scene)


def test_after_seven_days_nothing_is_closed(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        at = scene.world.clock.now().replace(year=scene.world.clock.now().year + 1)
        out_trade_no, _ = await prepaid(
            scene, an_order(scene, time_expire=at.isoformat(timespec="seconds"))
        )
        await scene.advance(7 * 86_400 + 5)
        late = await close(scene, out_trade_no)
        assert refusal(late) == (400, "INVALID_REQUEST", 268449641)

    play(pay_stage, scene)
