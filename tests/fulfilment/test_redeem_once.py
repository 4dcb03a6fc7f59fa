"""Two of the staff verify one code at once: one hands the goods out, the other is told so."""

import asyncio

from jishi import fulfilment
from jishi.fulfilment import redeem_voucher
from jishi.kernel import Refused, verify
from jishi.kernel.tx import Tx
from tests.conftest import IS_SOAK, opened
from tests.fulfilment.pickup_scene import UNITS, Scene, pay, redeem, waiting

ROUNDS = 1_000 if IS_SOAK else 50
FIRST, SECOND = 901, 902


def test_two_of_the_staff_in_two_processes_hand_out_once(database_url: str, owner_url: str) -> None:
    async def one(first: Scene, second: Scene) -> None:
        answers = await asyncio.gather(
            first.market.ask(redeem(first, staff=FIRST)),
            second.market.ask(redeem(second, staff=SECOND)),
        )
        assert sum(isinstance(each, fulfilment.VoucherRedeemed) for each in answers) == 1
        assert Refused("voucher_redeemed") in answers

    async def scene() -> list[str]:
        async with (
            waiting(database_url, owner_url, stock=UNITS * (ROUNDS + 1)) as on,
            opened(database_url) as other,
        ):
            for _ in range(ROUNDS):
                first = on._replace(order_id=await pay(on.market, on.book))
                await one(first, first._replace(market=other))
            redeemed = await on.rows("redemptions")
            assert len(redeemed) == ROUNDS
            assert {row[4] for row in redeemed} <= {FIRST, SECOND}
        return [kept.promise async for kept in verify(owner_url, ["fulfilment."]) if kept.broken]

    assert asyncio.run(scene()) == []


def test_one_member_pressing_twice_in_one_batch_hands_out_once(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            answers = await asyncio.gather(*(on.market.ask(redeem(on)) for _ in range(5)))
            assert answers.count(Refused("voucher_redeemed")) == 4

    asyncio.run(scene())


def test_without_the_lock_both_would_hand_out(database_url: str, owner_url: str) -> None:
    """The negative control: two who read before either writes both decide to hand out."""

    async def scene() -> None:
        async with waiting(database_url, owner_url) as on:
            asked = redeem(on)
            decided = []
            for _ in range(2):
                async with on.market.database.transaction(book=on.book) as connection:
                    world = await redeem_voucher.gather(Tx(connection, on.book), [asked])
                    decided.append(redeem_voucher.decide(world, asked))
            assert [isinstance(each, fulfilment.VoucherRedeemed) for each in decided] == [True] * 2

    asyncio.run(scene())
