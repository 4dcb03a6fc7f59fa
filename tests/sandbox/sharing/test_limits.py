"""The limits of profit sharing: how often, to how many, how much a month, by whom at once."""

import asyncio
from typing import Any

from jishi.ports.wechat.sealing import hide
from jishi.sandbox.cast import openid
from tests.sandbox.judged import judged, said
from tests.sandbox.pay.shop import Stage, play
from tests.sandbox.scene import Scene
from tests.sandbox.sharing.fresh import as_new_merchants
from tests.sandbox.sharing.test_sharing import (
    ADD,
    DAY,
    DELETE,
    ORDERS,
    TOTAL,
    add,
    left,
    payment,
    person,
    receiver_of,
    refused,
    share_of,
)

MONTH_MAX = 20_000_000
LARGE = 90_000_000


def to_person(scene: Scene, transaction_id: str, amount: int, payee: str) -> dict[str, Any]:
    """Give a sharing with a person."""
    part = {"type": "PERSONAL_OPENID", "account": payee, "amount": amount, "description": "佣金"}
    return share_of(scene, transaction_id, receivers=[part])


async def done(scene: Scene, body: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Share, wait, and give each part's result with why it failed."""
    await judged(scene, "POST", ORDERS, body)
    await scene.advance(5)
    query = f"{ORDERS}/{body['out_order_no']}?transaction_id={body['transaction_id']}"
    shown = await judged(scene, "GET", query)
    assert shown["state"] == "FINISHED"
    return [(each["result"], each.get("fail_reason")) for each in shown["receivers"]]


def test_fifty_receive_at_once_and_no_more(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        too_many = share_of(scene, transaction_id, *[1] * 51)
        assert (await refused(scene, ORDERS, too_many))[:2] == (400, "PARAM_ERROR")
        assert (
            await done(scene, share_of(scene, transaction_id, *[1] * 50))
            == [("SUCCESS", None)] * 50
        )
        assert await left(scene, transaction_id) == TOTAL - 50

    play(pay_stage, scene)


def test_a_payment_is_shared_fifty_times_and_no_more(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        for _ in range(50):
            await judged(scene, "POST", ORDERS, share_of(scene, transaction_id, 1))
        once_more = await refused(scene, ORDERS, share_of(scene, transaction_id, 1))
        assert once_more == (403, "RULE_LIMIT", "该订单的分账次数已达上限")

    play(pay_stage, scene)


def test_a_merchant_knows_twenty_thousand_receivers(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        new = await as_new_merchants(scene)
        serial = new.world.keys.newest("public_key").serial
        await add(new)
        await fill(new, 20_000 - 1)
        one_more = receiver_of(new, type="PERSONAL_OPENID", account=person(new), name=None)
        answer = said(await new.signed("POST", ADD, one_more, serial=serial))
        assert answer[:2] == (403, "RULE_LIMIT")
        changed = await add(new, relation_type="BRAND")
        assert changed["relation_type"] == "BRAND"
        await fill(new, 0)
        await judged(new, "POST", ADD, one_more, serial=serial)

    play(pay_stage, scene)


async def fill(scene: Scene, count: int) -> None:
    """Let a merchant know so many people that nobody else knows."""
    async with scene.world.transaction() as tx:
        await tx.connection.execute(
            "delete from sandbox.sharing_receivers where mchid = $1 and account like 'nobody%'",
            scene.merchant.mchid,
        )
        await tx.connection.execute(
            "insert into sandbox.sharing_receivers select $1, 'PERSONAL_OPENID', 'nobody' || n,"
            " 'USER', '' from generate_series(1, $2::integer) as n",
            scene.merchant.mchid,
            count,
        )


def test_a_person_receives_so_much_a_month(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        new, payee = await as_new_merchants(scene), await newcomer(scene)
        await add(new, type="PERSONAL_OPENID", account=payee, name=None)
        _, transaction_id = await payment(new, LARGE)
        body = to_person(new, transaction_id, MONTH_MAX, payee)
        assert await done(new, body) == [("SUCCESS", None)]
        body = to_person(new, transaction_id, 1, payee)
        assert await done(new, body) == [("CLOSED", "RECEIVER_RECEIPT_LIMIT")]
        assert await left(new, transaction_id) == LARGE - MONTH_MAX
        await scene.advance(31 * DAY)
        _, later = await payment(new)
        assert await done(new, to_person(new, later, 1, payee)) == [("SUCCESS", None)]

    play(pay_stage, scene)


async def newcomer(scene: Scene) -> str:
    """Make a person who got nothing yet; give the name in the account."""
    made = await scene.control("POST", "/sandbox/people", {"name": "新人"})
    return openid(scene.account.appid, made["unionid"])


def test_who_is_deleted_before_a_sharing_is_done_gets_nothing(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        body = share_of(scene, transaction_id, 100)
        await judged(scene, "POST", ORDERS, body)
        former = {"appid": scene.account.appid, "type": "MERCHANT_ID",
                  "account": scene.merchants[1].mchid}  # fmt: skip
        await judged(scene, "POST", DELETE, former)
        assert await done(scene, body) == [("CLOSED", "NO_RELATION")]
        assert await left(scene, transaction_id) == TOTAL

    play(pay_stage, scene)


def test_a_name_in_a_sharing_is_hidden_or_left_out(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        key = scene.world.keys.newest("public_key")
        body = share_of(scene, transaction_id, 100)
        body["receivers"][0]["name"] = scene.merchants[1].name
        answer = await refused(scene, ORDERS, body, serial=key.serial)
        assert answer[:2] == (400, "PARAM_ERROR")
        hidden = hide(key.private_key.public_key(), scene.merchants[1].name)
        body["receivers"][0]["name"] = hidden
        assert (await refused(scene, ORDERS, body))[:2] == (400, "PARAM_ERROR")
        await judged(scene, "POST", ORDERS, body, serial=key.serial)

    play(pay_stage, scene)


def test_sharings_that_come_at_once_keep_to_the_limit_together(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        bodies = [share_of(scene, transaction_id, TOTAL // 10) for _ in range(8)]
        answers = await asyncio.gather(*[scene.signed("POST", ORDERS, each) for each in bodies])
        assert sorted(each.status_code for each in answers) == [200] * 3 + [403] * 5
        assert await left(scene, transaction_id) == TOTAL - 3 * TOTAL // 10

    play(pay_stage, scene)


def test_a_sharing_that_is_asked_for_many_times_at_once_is_one(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await add(scene)
        _, transaction_id = await payment(scene)
        body = share_of(scene, transaction_id, 1_000)
        answers = await asyncio.gather(*[scene.signed("POST", ORDERS, body) for _ in range(8)])
        assert len({each.json()["order_id"] for each in answers}) == 1
        assert await left(scene, transaction_id) == TOTAL - 1_000

    play(pay_stage, scene)
