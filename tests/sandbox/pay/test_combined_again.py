"""Combined orders asked for again, and closed: whole or not at all."""

from typing import Any

from tests.sandbox.pay.shop import (
    COMBINE,
    Stage,
    a_sub_order,
    combined,
    combined_orders,
    everything,
    number,
    pay,
    play,
    refusal,
    state,
)
from tests.sandbox.scene import Scene

REENTRY = (400, "INVALID_REQUEST", 268498688)
NO_ORDER = (404, "ORDER_NOT_EXIST", 268512771)


async def close(scene: Scene, body: dict[str, Any], **changed: Any) -> Any:
    """Close a combination."""
    path = f"{COMBINE}/out-trade-no/{body['combine_out_trade_no']}/close"
    subs = [{name: sub[name] for name in ("mchid", "out_trade_no")} for sub in body["sub_orders"]]
    whole = {"combine_appid": body["combine_appid"], "sub_orders": subs} | changed
    return await scene.signed("POST", path, whole)


def test_asked_again_it_answers_the_same_or_the_successor(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = combined_orders(scene)
        old = await combined(scene, body)
        assert await combined(scene, body) == old
        for changed in ({"time_expire": "2099-01-01T00:00:00Z"}, {"sub_orders": [
            *body["sub_orders"], a_sub_order(scene, 2, 1)
        ]}):  # fmt: skip
            answer = await scene.signed("POST", f"{COMBINE}/jsapi", body | changed)
            assert refusal(answer) == REENTRY
        app = {name: value for name, value in body.items() if name != "combine_payer_info"}
        assert refusal(await scene.signed("POST", f"{COMBINE}/app", app)) == REENTRY
        await scene.advance(7_205)
        fresh = await combined(scene, body)
        assert fresh != old
        assert await combined(scene, body) == fresh
        assert (await pay(scene, prepay_id=fresh))["is_paid"]
        again = await scene.signed("POST", f"{COMBINE}/jsapi", body)
        assert refusal(again) == (400, "ORDER_PAID", 268498689)

    play(pay_stage, scene)


def test_it_is_closed_whole_or_not(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = combined_orders(scene)
        prepay_id = await combined(scene, body)
        before = await everything(scene)
        part = [{"mchid": scene.merchant.mchid, "out_trade_no": number()}]
        other = (400, "INVALID_REQUEST", 268435461)
        assert refusal(await close(scene, body, sub_orders=part)) == other
        assert refusal(await close(scene, body, sub_orders=[])) == other
        appid = (400, "APPID_MCHID_NOT_MATCH", 268445527)
        assert refusal(await close(scene, body, combine_appid=scene.mini.appid)) == appid
        gone = body | {"combine_out_trade_no": number()}
        assert refusal(await close(scene, gone)) == NO_ORDER
        sub = body["sub_orders"][0]["out_trade_no"]
        alone = f"/v3/pay/transactions/out-trade-no/{sub}/close"
        answer = await scene.signed("POST", alone, {"mchid": scene.merchant.mchid})
        assert refusal(answer) == other
        assert await everything(scene) == before
        for _ in range(2):
            assert (await close(scene, body)).status_code == 204
        assert await state(scene, sub) == "CLOSED"
        assert (await pay(scene, prepay_id=prepay_id))["reason"] == "closed"
        again = await scene.signed("POST", f"{COMBINE}/jsapi", body)
        assert refusal(again) == (400, "ORDER_CLOSED", 268435461)
        taken = combined_orders(scene)
        await pay(scene, prepay_id=await combined(scene, taken))
        assert refusal(await close(scene, taken)) == (400, "ORDER_PAID", 268449538)

    play(pay_stage, scene)
