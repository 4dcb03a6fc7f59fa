"""A hold spans two books: never both used there and given back here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg
import pytest

from jishi import ledger
from jishi.kernel import Market, Refused, new_id
from jishi.kernel.tx import Tx
from tests.conftest import opened, run_as_owner
from tests.ledger.toy import Board, Boarded


class Scene(NamedTuple):
    """A market with a people-book that has three touches, and a shop."""

    market: Market
    people: int
    shop: int
    owner_url: str


@asynccontextmanager
async def two_books(url: str, owner_url: str, touches: int = 3) -> AsyncIterator[Scene]:
    """Lend two books; in the first, person 7 has some touches left this week."""
    people, shop = new_id(), new_id()
    await run_as_owner(
        owner_url,
        "insert into ledger.kinds values ('week', 'touch', false), ('allowance', 'touch', true),"
        " ('spent', 'touch', false) on conflict do nothing",
        f"insert into kernel.books (book, kind) values ({people}, 'people'), ({shop}, 'shop')",
        f"insert into kernel.events values ({people}, 1, now(), 'Opened', 0, 0, '{{}}')",
        f"insert into kernel.keys values ({people}, gen_random_uuid(), 0, 1, now())",
        f"update kernel.books set event_count = 1 where book = {people}",
    )
    async with opened(url) as market:
        async with market.database.transaction(book=people, lock=True) as connection:
            tx = Tx(connection, people)
            await ledger.declare_units(tx, [2], ["touch"])
            await ledger.open_accounts(tx, [2], ["allowance"], [7])
            await ledger.move(
                tx, [ledger.Move(1, 2, touches, "week", 0, "allowance", 7, "new_week")]
            )
        yield Scene(market, people, shop, owner_url)


def hold_request(
    scene: Scene, hold_id: int, amount: int = 1, seconds: int = 60
) -> ledger.HoldAmount:
    """Ask to hold touches of person 7 for the shop."""
    return ledger.HoldAmount(
        key=uuid4(), book=scene.people, actor_id=7, hold_id=hold_id, for_book=scene.shop,
        unit=2, amount=amount, giver_kind="allowance", giver=7, taker_kind="spent", taker=7,
        seconds=seconds,
    )  # fmt: skip


async def allowance(scene: Scene) -> int:
    """Read what person 7 has left."""
    async with scene.market.database.transaction(book=scene.people) as connection:
        found = await ledger.balances_of(Tx(connection, scene.people), units=[2], kind="allowance")
    return found[0].balance


async def state(scene: Scene, hold_id: int) -> str:
    """Read a hold's state as the owner."""
    connection = await asyncpg.connect(scene.owner_url)
    try:
        return str(
            await connection.fetchval("select state from ledger.holds where hold_id = $1", hold_id)
        )
    finally:
        await connection.close()


async def lapse(scene: Scene, hold_id: int) -> object:
    """Let the time of a hold be over, and the clock come by."""
    await run_as_owner(
        scene.owner_url,
        f"update ledger.holds set expires_at = now() - interval '1 s' where hold_id = {hold_id}",
    )
    return await scene.market.ask(
        ledger.LapseHold(key=uuid4(), book=scene.people, actor_id=0, hold_id=hold_id)
    )


async def follow_up(market: Market) -> None:
    """Do todos until there are none left."""
    while await market.worker.work_due():
        pass


def test_a_hold_takes_what_is_there_and_no_more(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            asked = [hold_request(it, new_id()) for _ in range(5)]
            answers = await asyncio.gather(*map(it.market.ask, asked))
            assert sum(isinstance(answer, ledger.AmountHeld) for answer in answers) == 3
            assert answers[-1] == Refused("nothing_there", {"there": 0})
            assert await allowance(it) == 0

    asyncio.run(scene())


def test_a_used_hold_is_confirmed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = new_id()
            await it.market.ask(hold_request(it, hold_id))
            board = Board(
                key=uuid4(), book=it.shop, actor_id=7, hold_id=hold_id, from_book=it.people
            )
            assert isinstance(await it.market.ask(board), Boarded)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("confirmed", 2)

    asyncio.run(scene())


def test_a_lapsed_hold_that_nobody_used_is_given_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = new_id()
            await it.market.ask(hold_request(it, hold_id))
            assert isinstance(await lapse(it, hold_id), ledger.HoldLapsed)
            assert (await state(it, hold_id), await allowance(it)) == ("lapsing", 2)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("released", 3)
            late = Board(
                key=uuid4(), book=it.shop, actor_id=7, hold_id=hold_id, from_book=it.people
            )
            assert await it.market.ask(late) == Refused("ticket_void")

    asyncio.run(scene())


def test_a_hold_used_after_its_time_is_still_confirmed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = new_id()
            await it.market.ask(hold_request(it, hold_id))
            board = Board(
                key=uuid4(), book=it.shop, actor_id=7, hold_id=hold_id, from_book=it.people
            )
            assert isinstance(await it.market.ask(board), Boarded)
            await lapse(it, hold_id)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("confirmed", 2)

    asyncio.run(scene())


def test_a_hold_is_not_lapsed_before_its_time(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = new_id()
            await it.market.ask(hold_request(it, hold_id))
            early = ledger.LapseHold(key=uuid4(), book=it.people, actor_id=0, hold_id=hold_id)
            assert await it.market.ask(early) == Refused("not_yet_due")
            assert await state(it, hold_id) == "held"

    asyncio.run(scene())


@pytest.mark.parametrize("seed", range(6))
def test_racing_use_and_decline_never_both_win(
    database_url: str, owner_url: str, seed: int
) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url, touches=20) as it:
            ids = [new_id() for _ in range(20)]
            await asyncio.gather(*(it.market.ask(hold_request(it, each)) for each in ids))
            uses = [
                Board(key=uuid4(), book=it.shop, actor_id=7, hold_id=each, from_book=it.people)
                for each in ids
            ]
            ended = await asyncio.gather(
                *(lapse(it, each) for each in ids[seed::2]),
                *(it.market.ask(board) for board in uses),
                follow_up(it.market),
            )
            await follow_up(it.market)
            used = sum(isinstance(each, Boarded) for each in ended)
            assert await allowance(it) == 20 - used
            for each in ids:
                assert await state(it, each) in {"confirmed", "released"}

    asyncio.run(scene())


def test_a_hold_is_refused_out_of_bounds_and_twice(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            ask = it.market.ask
            assert await ask(hold_request(it, 1, amount=0)) == Refused("amount_out_of_bounds")
            refused = Refused("seconds_out_of_bounds", {"seconds_max": 86_400})
            assert await ask(hold_request(it, 1, seconds=0)) == refused
            hold_id = new_id()
            assert isinstance(await ask(hold_request(it, hold_id)), ledger.AmountHeld)
            assert await ask(hold_request(it, hold_id)) == Refused("hold_id_taken")
            assert await allowance(it) == 2

    asyncio.run(scene())
