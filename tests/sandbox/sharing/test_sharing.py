"""Profit sharing: who may receive how much of what, and what is left."""

import random
from typing import Any

import pytest

from jishi.ports.wechat.sealing import hide
from jishi.sandbox.cast import openid
from tests.sandbox.judged import judged, said
from tests.sandbox.pay.shop import Receiver, Stage, an_order, number, paid, play, refund_of, told
from tests.sandbox.scene import Scene, opened_notice

ADD, DELETE = "/v3/profitsharing/receivers/add", "/v3/profitsharing/receivers/delete"
ORDERS, UNFREEZE = "/v3/profitsharing/orders", "/v3/profitsharing/orders/unfreeze"
RETURNS = "/v3/profitsharing/return-orders"
TOTAL = 10_000
DAY = 86_400


def receiver_of(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Give a merchant as a receiver, its name hidden with the public key."""
    other = scene.merchants[1]
    key = scene.world.keys.newest("public_key")
    body = {
        "appid": scene.account.appid,
        "type": "MERCHANT_ID",
        "account": other.mchid,
        "name": hide(key.private_key.public_key(), other.name),
        "relation_type": "SUPPLIER",
    } | changed
    return {name: value for name, value in body.items() if value is not None}


async def add(scene: Scene, **changed: Any) -> Any:
    """Add a receiver."""
    serial = scene.world.keys.newest("public_key").serial
    return await judged(scene, "POST", ADD, receiver_of(scene, **changed), serial=serial)


def person(scene: Scene) -> str:
    """Give the first person's name in the account."""
    return openid(scene.account.appid, scene.people[0].unionid)


async def payment(scene: Scene, total: int = TOTAL, *, is_sharing: bool = True) -> tuple[str, str]:
    """Have a payment made whose money is held back, more than a minute ago."""
    body = an_order(
        scene, amount={"total": total, "currency": "CNY"},
        settle_info={"profit_sharing": is_sharing},
    )  # fmt: skip
    made = await paid(scene, body)
    await scene.advance(61)
    return made


def share_of(scene: Scene, transaction_id: str, *amounts: int, **changed: Any) -> dict[str, Any]:
    """Give a sharing of these fen to the second merchant."""
    body: dict[str, Any] = {
        "appid": scene.account.appid,
        "transaction_id": transaction_id,
        "out_order_no": number(),
        "receivers": [
            {"type": "MERCHANT_ID", "account": scene.merchants[1].mchid, "amount": amount,
             "description": "供货"}
            for amount in amounts
        ],
        "unfreeze_unsplit": False,
    }  # fmt: skip
    return body | changed


async def left(scene: Scene, transaction_id: str) -> int:
    """Give what is still held back, in fen."""
    path = f"/v3/profitsharing/transactions/{transaction_id}/amounts"
    return int((await judged(scene, "GET", path))["unsplit_amount"])


async def refused(scene: Scene, path: str, body: Any, *, serial: str = "") -> tuple[int, str, str]:
    """Ask for what is refused; see that nothing was written."""
    before = await everything(scene)
    answer = said(await scene.signed("POST", path, body, serial=serial))
    assert await everything(scene) == before
    return answer


async def everything(scene: Scene) -> list[str]:
    """Give every row of profit sharing."""
    tables = ("sharing_receivers", "sharings", "shares", "sharing_returns", "alarms")
    union = " union all ".join(
        f"select to_jsonb(t)::text as line from sandbox.{table} as t" for table in tables
    )
    async with scene.world.transaction() as tx:
        return sorted(row["line"] for row in await tx.connection.fetch(union))


def test_a_merchant_receives_its_part_and_the_rest_is_let_go(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        body = share_of(scene, transaction_id, 1_000, 500)
        made = await judged(scene, "POST", ORDERS, body)
        assert made["state"] == "PROCESSING"
        assert [each["result"] for each in made["receivers"]] == ["PENDING", "PENDING"]
        assert await left(scene, transaction_id) == TOTAL - 1_500
        assert await judged(scene, "POST", ORDERS, body) == made
        await scene.advance(5)
        query = f"{ORDERS}/{body['out_order_no']}?transaction_id={transaction_id}"
        done = await judged(scene, "GET", query)
        assert done["state"] == "FINISHED"
        assert [each["result"] for each in done["receivers"]] == ["SUCCESS", "SUCCESS"]
        await scene.advance(5)
        notices = [opened_notice(scene.merchant, each.body) for each in receiver.taken
                   if told(each)["resource"]["original_type"] == "profitsharing"]  # fmt: skip
        assert sorted(each["receiver"]["amount"] for each in notices) == [500, 1_000]
        unfreezing = {"transaction_id": transaction_id, "out_order_no": number(),
                      "description": "解冻"}  # fmt: skip
        gone = await judged(scene, "POST", UNFREEZE, unfreezing)
        assert gone["receivers"][0]["amount"] == TOTAL - 1_500
        assert await left(scene, transaction_id) == 0

    play(pay_stage, scene, receiver=receiver)


def test_unfreezing_under_a_used_number_answers_well_and_does_nothing(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        body = share_of(scene, transaction_id, 100)
        await judged(scene, "POST", ORDERS, body)
        again = {"transaction_id": transaction_id, "out_order_no": body["out_order_no"],
                 "description": "解冻"}  # fmt: skip
        await judged(scene, "POST", UNFREEZE, again)
        assert await left(scene, transaction_id) == TOTAL - 100

    play(pay_stage, scene)


def test_what_may_not_be_shared_is_refused_in_order(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, unshared = await payment(scene, is_sharing=False)
        _, transaction_id = await payment(scene)
        stranger = {"type": "PERSONAL_OPENID", "account": person(scene), "amount": 1,
                    "description": "佣金"}  # fmt: skip
        cases = [
            (share_of(scene, unshared, 1), (400, "INVALID_REQUEST", "非分账订单不支持分账")),
            (share_of(scene, "4200" + "0" * 24, 1), (404, "RESOURCE_NOT_EXISTS", "订单不存在")),
            (share_of(scene, transaction_id, TOTAL + 1), (403, "NOT_ENOUGH", "分账金额不足")),
            (share_of(scene, transaction_id, 3_001),
             (403, "RULE_LIMIT", "分账金额超出最大分账比例")),
            (share_of(scene, transaction_id, receivers=[stranger]),
             (400, "INVALID_REQUEST", "分账接收方未添加，请先添加分账接收方")),
        ]  # fmt: skip
        for body, words in cases:
            assert await refused(scene, ORDERS, body) == words
        oddities: list[dict[str, Any]] = [
            {"out_order_no": ""},
            {"receivers": []},
            {"unfreeze_unsplit": 1},
        ]
        for changed in oddities:
            wrong = share_of(scene, transaction_id, 1) | changed
            assert (await refused(scene, ORDERS, wrong))[:2] == (400, "PARAM_ERROR")
        used = share_of(scene, transaction_id, 1)
        await judged(scene, "POST", ORDERS, used)
        used["receivers"][0]["amount"] = 2
        assert (await refused(scene, ORDERS, used))[1] == "INVALID_REQUEST"

    play(pay_stage, scene)


def test_a_payment_is_not_shared_within_its_first_minute(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await paid(scene, an_order(scene, settle_info={"profit_sharing": True}))
        answer = await refused(scene, ORDERS, share_of(scene, transaction_id, 1))
        assert answer[2] == "订单处理中，暂时无法分账，请稍后再试"

    play(pay_stage, scene)


def test_who_a_receiver_is_has_to_be_said_truly(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        key = scene.world.keys.newest("public_key")
        other = hide(key.private_key.public_key(), "别人")
        for changed, code in (
            ({"name": None}, "PARAM_ERROR"),
            ({"name": "not hidden"}, "PARAM_ERROR"),
            ({"name": other}, "INVALID_REQUEST"),
            ({"account": "1000000000"}, "PARAM_ERROR"),
            ({"type": "FRIEND"}, "PARAM_ERROR"),
            ({"relation_type": "COUSIN"}, "PARAM_ERROR"),
            ({"relation_type": "CUSTOM"}, "PARAM_ERROR"),
            ({"appid": "wx0"}, "APPID_MCHID_NOT_MATCH"),
            ({"type": "PERSONAL_OPENID", "account": "o" * 28}, "PARAM_ERROR"),
        ):
            body = receiver_of(scene, **changed)
            assert (await refused(scene, ADD, body, serial=key.serial))[1] == code, changed
        added = await add(scene, type="PERSONAL_OPENID", account=person(scene), name=None)
        assert added["account"] == person(scene)
        former = {"appid": scene.account.appid, "type": "PERSONAL_OPENID",
                  "account": person(scene)}  # fmt: skip
        await judged(scene, "POST", DELETE, former)

    play(pay_stage, scene)


def test_a_part_that_fails_goes_back_to_what_is_left(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        await scene.arm("sharing_partial")
        body = share_of(scene, transaction_id, 1_000, 500)
        await judged(scene, "POST", ORDERS, body)
        await scene.advance(5)
        query = f"{ORDERS}/{body['out_order_no']}?transaction_id={transaction_id}"
        done = await judged(scene, "GET", query)
        results = {each["result"]: each for each in done["receivers"]}
        assert done["state"] == "FINISHED"
        assert set(results) == {"SUCCESS", "CLOSED"}
        assert results["CLOSED"]["fail_reason"] == "RECEIVER_REAL_NAME_NOT_VERIFIED"
        assert await left(scene, transaction_id) == TOTAL - results["SUCCESS"]["amount"]

    play(pay_stage, scene)


def test_what_is_left_unfreezes_by_itself_after_thirty_days(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        await scene.advance(29 * DAY)
        assert await left(scene, transaction_id) == TOTAL
        await scene.advance(DAY)
        assert await left(scene, transaction_id) == 0
        answer = await refused(scene, ORDERS, share_of(scene, transaction_id, 1))
        assert answer[1] == "NOT_ENOUGH"

    play(pay_stage, scene)


def test_a_merchant_gives_back_and_a_person_cannot(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        await add(scene, type="PERSONAL_OPENID", account=person(scene), name=None)
        _, transaction_id = await payment(scene)
        body = share_of(scene, transaction_id, 1_000)
        body["receivers"].append({"type": "PERSONAL_OPENID", "account": person(scene),
                                  "amount": 10, "description": "佣金"})  # fmt: skip
        await judged(scene, "POST", ORDERS, body)
        await scene.advance(5)
        given = {"out_order_no": body["out_order_no"], "out_return_no": number(),
                 "return_mchid": scene.merchants[1].mchid, "amount": 400,
                 "description": "退货"}  # fmt: skip
        made = await judged(scene, "POST", RETURNS, given)
        assert made["result"] == "PROCESSING"
        assert await judged(scene, "POST", RETURNS, given) == made
        await scene.advance(5)
        query = f"{RETURNS}/{given['out_return_no']}?out_order_no={body['out_order_no']}"
        assert (await judged(scene, "GET", query))["result"] == "SUCCESS"
        more = given | {"out_return_no": number(), "amount": 601}
        assert (await refused(scene, RETURNS, more))[1] == "NOT_ENOUGH"
        changed = given | {"amount": 1}
        assert (await refused(scene, RETURNS, changed))[1] == "INVALID_REQUEST"
        nobody = given | {"out_return_no": number(), "return_mchid": scene.merchants[2].mchid}
        assert (await refused(scene, RETURNS, nobody))[1] == "INVALID_REQUEST"
        await scene.advance(181 * DAY)
        late = given | {"out_return_no": number(), "amount": 1}
        assert (await refused(scene, RETURNS, late))[2] == "分账已超过180天，不能回退"

    play(pay_stage, scene)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_shared_returned_and_refunded_the_sums_agree(
    pay_stage: Stage, seed: int
) -> None:
    luck = random.Random(seed)

    async def scene(scene: Scene) -> None:
        await add(scene)
        out_trade_no, transaction_id = await payment(scene)
        shared = refunded = 0
        for _ in range(12):
            amount = luck.randint(1, 900)
            if luck.random() < 0.3:
                body = refund_of(out_trade_no, amount, TOTAL)
                answer = await scene.signed("POST", "/v3/refund/domestic/refunds", body)
                refunded += amount if answer.is_success else 0
            else:
                answer = await scene.signed("POST", ORDERS, share_of(scene, transaction_id, amount))
                is_open = amount <= TOTAL - refunded - shared and amount + shared <= TOTAL * 3 // 10
                assert answer.is_success == is_open, answer.text
                shared += amount if answer.is_success else 0
            await scene.advance(luck.choice([0, 5]))
            assert await left(scene, transaction_id) == max(TOTAL - refunded - shared, 0)

    play(pay_stage, scene)
