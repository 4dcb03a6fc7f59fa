"""Completing: seven days after receipt, unless something is still wanted; then it is settled."""

import asyncio
from uuid import uuid4

from jishi import after_sale, money
from jishi.kernel import Refused, verify
from tests.after_sale.scene import PRICE_FEN, UNITS, Scene, agree, complete, paid, withdraw
from tests.after_sale.standing import STAND
from tests.conftest import opened

RECEIVED = """
update trade.order_steps set at = now() - $3::text::interval
 where book = $1 and order_id = $2 and state = 'received'
"""
SETTLED = "select net_fen + fee_fen + commission_fen from money.settlements where order_id = $1"


async def received(on: Scene, ago: str) -> None:
    """Let the order be received so long ago."""
    await on.owner.execute("alter table trade.order_steps disable trigger user")
    await on.owner.execute(RECEIVED, on.book, on.order_id, ago)
    await on.owner.execute("alter table trade.order_steps enable trigger user")


async def reason(on: Scene) -> str:
    """Give why it is not completed, or nothing when it was."""
    answer = await on.market.ask(complete(on, on.order_id))
    return answer.reason if isinstance(answer, Refused) else ""


def test_an_order_is_completed_when_its_window_is_over(
    fresh_database: tuple[str, str],
) -> None:
    async def scene() -> None:
        async with paid(*fresh_database, "shipped") as on:
            assert await reason(on) == "order_elsewhere"
            await on.stands("received")
            assert await reason(on) == "not_yet_due"
            await received(on, "6 days 23 hours 59 minutes")
            assert await reason(on) == "not_yet_due"
            case_id = await on.case()
            await received(on, "7 days")
            assert await reason(on) == "case_open"
            await on.market.ask(withdraw(on, case_id))
            assert await reason(on) == ""
            assert await reason(on) == "order_elsewhere"
            assert await on.is_refused(complete(on, 1), "order_unknown")

    asyncio.run(scene())


def test_money_on_its_way_back_is_waited_for(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        async with paid(*fresh_database, "received") as on:
            asked = money.AskRefund(
                key=uuid4(), book=on.book, actor_id=0, refund_id=77, order_id=on.order_id,
                amount_fen=100, reason="operator", cause_id=0,
            )  # fmt: skip
            assert isinstance(await on.market.ask(asked), money.RefundAsked)
            await received(on, "8 days")
            assert await reason(on) == "refund_under_way"

    asyncio.run(scene())


def test_the_clock_completes_it_and_its_money_is_settled_once(
    fresh_database: tuple[str, str],
) -> None:
    login_url, owner_url = fresh_database

    async def scene() -> None:
        async with paid(login_url, owner_url, "received") as on:
            for ago, state in (("6 days", "received"), ("8 days", "completed")):
                await received(on, ago)
                async with opened(login_url) as market:
                    await after_sale.completion.complete_orders(market)
                    await after_sale.completion.complete_orders(market)
                found = await on.owner.fetchval(
                    "select state from trade.orders where order_id = $1", on.order_id
                )
                assert found == state
            async with opened(login_url, is_working=True), asyncio.timeout(30):
                while not (settled := await on.owner.fetchval(SETTLED, on.order_id)):
                    await asyncio.sleep(0.05)
            assert settled == UNITS * PRICE_FEN
            broken = [kept.promise async for kept in verify(owner_url) if kept.broken]
            # The step that the scene laid down by hand has a number of its own.
            assert broken in ([], ["trade.every_order_stands_where_its_last_step_led"])

    asyncio.run(scene())


def test_a_completed_order_with_an_open_case_is_found(fresh_database: tuple[str, str]) -> None:
    async def scene() -> int:
        async with paid(*fresh_database, "received") as on:
            case_id = await on.case()
            await on.market.ask(agree(on, case_id))
            await on.owner.execute(STAND, on.book, on.order_id, "completed")
        found = {kept.promise: kept.broken async for kept in verify(fresh_database[1])}
        return found["after_sale.no_order_is_completed_while_a_case_is_open"]

    assert asyncio.run(scene()) == 1
