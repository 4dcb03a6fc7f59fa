"""Settling an order: once, to the fen, and never while some of it is on its way back."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from jishi import money
from jishi.kernel import Refused, new_id, verify
from jishi.money.settle_order import Held, Payment, World, decide
from tests.conftest import opened, run_as_owner
from tests.money.settling import balances, paid_order, rates, settle
from tests.shops import seed_shops
from tests.trade.paying import started
from tests.web.reader import count

SETTLED = "select count(*) from money.settlements where book = $1"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


async def broken(owner_url: str) -> list[str]:
    """Name the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


def world(escrow: int, refunding: int = 0, *paid: int, is_settled: bool = False) -> World:
    """Give an order 9 with its payments, at 60 and 500 basis points."""
    payments = {9: [Payment(9, each, 60, 500) for each in paid]} if paid else {}
    held = {9: Held(9, escrow, refunding, is_settled)}
    return World(payments, held, {9} if is_settled else set())


def test_what_was_refunded_pays_no_fee_and_no_commission() -> None:
    answer = decide(world(1_000, 0, 1_299), settle(1, 9))
    assert answer == money.OrderSettled(
        subject_id=9, paid_fen=1_299, refunded_fen=299, fee_fen=7, commission_fen=50, net_fen=943
    )


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (world(1_000, 0, 1_000, is_settled=True), Refused("order_settled")),
        (world(700, 300, 1_000), Refused("refund_under_way", is_final=False)),
        (world(0, 1_000, 1_000), Refused("refund_under_way", is_final=False)),
        (world(0, 0, 1_000), Refused("nothing_to_settle")),
        (world(0, 0), Refused("nothing_to_settle")),
    ],
)
def test_what_is_not_there_to_settle_is_refused(given: World, refused: Refused) -> None:
    before = msgspec.json.encode(given)
    assert decide(given, settle(1, 9)) == refused
    assert msgspec.json.encode(given) == before


def test_an_order_is_settled_once_to_the_fen(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(rates(book, 60, 250))
            order_id, paid = await paid_order(market, book)
            answers = await asyncio.gather(*(market.ask(settle(book, order_id)) for _ in range(3)))
            done = [each for each in answers if isinstance(each, money.OrderSettled)]
            assert len(done) == 1
            assert answers.count(Refused("order_settled")) == 2
            parts = money.settle_rules.part_fen
            assert done[0].fee_fen == parts(paid, 60)
            assert done[0].commission_fen == parts(paid, 250)
            assert done[0].net_fen == paid - done[0].fee_fen - done[0].commission_fen
        assert await balances(owner_url, book) == {
            ("payable", 0): done[0].net_fen,
            ("fees", 0): done[0].fee_fen,
            ("fees", 1): done[0].commission_fen,
        }
        assert await count(owner_url, SETTLED, book) == 1
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_what_nobody_paid_is_not_settled(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            for order_id in (attempt.order_id, new_id()):
                answer = await market.ask(settle(book, order_id))
                assert answer == Refused("nothing_to_settle")
        assert await count(owner_url, SETTLED, book) == 0
        assert await balances(owner_url, book) == {}

    asyncio.run(scene())


def test_the_promises_see_a_settlement_that_the_ledger_does_not_know(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            order_id, _ = await paid_order(market, book)
        forged = (
            "insert into money.settlements (book, order_id, number, paid_fen, refunded_fen,"
            " fee_fen, commission_fen, net_fen, settled_at)"
            f" values ({book}, {order_id}, {new_id()}, 10, 0, 1, 0, 9, now())"
        )
        await run_as_owner(owner_url, forged)
        found = set(await broken(owner_url))
        assert {"money.every_fen_of_an_order_is_accounted_for",
                "money.every_settlement_is_in_the_ledger"} <= found  # fmt: skip
        await run_as_owner(
            owner_url,
            "alter table money.settlements disable trigger settlements_are_for_ever;"
            f" delete from money.settlements where book = {book};"
            " alter table money.settlements enable trigger settlements_are_for_ever",
        )
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_the_same_key_settles_the_same_once(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            order_id, _ = await paid_order(market, book)
            asked = money.SettleOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id)
            assert await market.ask(asked) == await market.ask(asked)

    asyncio.run(scene())
