"""Returns: as much as was received, once, while the giver has it, and nothing of a person's."""

import asyncio
from typing import Any

from tests.sandbox.judged import judged
from tests.sandbox.pay.shop import REFUNDS, Receiver, Stage, number, play, refund_of, told
from tests.sandbox.scene import Scene, opened_notice
from tests.sandbox.sharing.fresh import as_new_merchants, seen_by
from tests.sandbox.sharing.test_sharing import (
    ORDERS,
    RETURNS,
    add,
    payment,
    person,
    refused,
    share_of,
)


def return_of(scene: Scene, out_order_no: str, amount: int, /, **changed: Any) -> dict[str, Any]:
    """Give a return by the second merchant."""
    return {
        "out_order_no": out_order_no,
        "out_return_no": number(),
        "return_mchid": scene.merchants[1].mchid,
        "amount": amount,
        "description": "退货",
    } | changed


async def shared(scene: Scene, *amounts: int) -> str:
    """Have a payment shared with the second merchant; give the sharing's number."""
    await add(scene)
    _, transaction_id = await payment(scene)
    body = share_of(scene, transaction_id, *amounts)
    await judged(scene, "POST", ORDERS, body)
    await scene.advance(5)
    return str(body["out_order_no"])


async def ended(scene: Scene, body: dict[str, Any]) -> tuple[str, str | None]:
    """Wait, and give a return's result with why it failed."""
    await scene.advance(5)
    query = f"{RETURNS}/{body['out_return_no']}?out_order_no={body['out_order_no']}"
    shown = await judged(scene, "GET", query)
    return shown["result"], shown.get("fail_reason")


def test_all_parts_of_a_sharing_can_be_returned_together(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_order_no = await shared(scene, 1_000, 500)
        too_much = return_of(scene, out_order_no, 1_501)
        assert (await refused(scene, RETURNS, too_much))[:2] == (403, "NOT_ENOUGH")
        body = return_of(scene, out_order_no, 1_500)
        await judged(scene, "POST", RETURNS, body)
        assert await ended(scene, body) == ("SUCCESS", None)
        one_more = return_of(scene, out_order_no, 1)
        assert (await refused(scene, RETURNS, one_more))[:2] == (403, "NOT_ENOUGH")

    play(pay_stage, scene)


def test_what_cannot_be_returned_is_refused(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_order_no = await shared(scene, 1_000)
        cases: list[tuple[dict[str, Any], tuple[int, str]]] = [
            ({"out_order_no": "P0"}, (404, "RESOURCE_NOT_EXISTS")),
            ({"out_order_no": None, "order_id": "30080"}, (404, "RESOURCE_NOT_EXISTS")),
            ({"out_order_no": None}, (404, "RESOURCE_NOT_EXISTS")),
            ({"return_mchid": person(scene)}, (400, "INVALID_REQUEST")),
            ({"return_mchid": scene.merchants[2].mchid}, (400, "INVALID_REQUEST")),
            ({"amount": 0}, (400, "PARAM_ERROR")),
            ({"description": ""}, (400, "PARAM_ERROR")),
            ({"out_return_no": ""}, (400, "PARAM_ERROR")),
            ({"more": 1}, (400, "PARAM_ERROR")),
        ]
        for changed, words in cases:
            body = return_of(scene, out_order_no, 1, **changed)
            given = {name: value for name, value in body.items() if value is not None}
            assert (await refused(scene, RETURNS, given))[:2] == words, changed
        nowhere = await scene.signed("GET", f"{RETURNS}/R0?out_order_no={out_order_no}")
        assert (nowhere.status_code, nowhere.json()["code"]) == (404, "RESOURCE_NOT_EXISTS")

    play(pay_stage, scene)


def test_who_has_less_than_that_cannot_return_it(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        first = await as_new_merchants(scene, 3)
        out_order_no = await shared(first, 400)
        # The receiver gives 300 of a payment away, and pays the whole payment back.
        second = seen_by(first, 1)
        await add(second)
        out_trade_no, transaction_id = await payment(second, 1_000)
        await judged(second, "POST", ORDERS, share_of(second, transaction_id, 300))
        await judged(second, "POST", REFUNDS, refund_of(out_trade_no, 1_000, 1_000))
        await scene.advance(5)
        body = return_of(first, out_order_no, 101)
        await judged(first, "POST", RETURNS, body)
        assert await ended(first, body) == ("FAILED", "BALANCE_NOT_ENOUGH")
        assert (await judged(first, "POST", RETURNS, body))["result"] == "FAILED"
        less = return_of(first, out_order_no, 100)
        await judged(first, "POST", RETURNS, less)
        assert await ended(first, less) == ("SUCCESS", None)
        await scene.advance(5)
        notices = [opened_notice(first.merchant, each.body) for each in receiver.taken
                   if told(each)["event_type"] == "PROFITSHARING_RETURN"]  # fmt: skip
        assert [each["receiver"]["amount"] for each in notices] == [100]
        assert notices[0]["out_order_no"] == less["out_return_no"]

    play(pay_stage, scene, receiver=receiver)


def test_returns_that_come_at_once_keep_to_the_limit_together(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        out_order_no = await shared(scene, 1_000)
        bodies = [return_of(scene, out_order_no, 400) for _ in range(8)]
        answers = await asyncio.gather(*[scene.signed("POST", RETURNS, each) for each in bodies])
        assert sorted(each.status_code for each in answers) == [200] * 2 + [403] * 6

    play(pay_stage, scene)
