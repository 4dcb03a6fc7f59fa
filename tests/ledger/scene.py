"""Two books: a person's, with touches to give, and a shop that holds them for an act."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from jishi import ledger
from jishi.kernel import Answer, Market, new_id
from jishi.kernel.tx import Tx
from tests.conftest import opened, run_as_owner
from tests.ledger.toy import Board


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
        # In one statement, for both are of one moment.
        "with told as (insert into kernel.events"
        f" values ({people}, 1, now(), 'Opened', 0, 0, '{{}}'))"
        f" insert into kernel.keys values ({people}, gen_random_uuid(), 0, 1, now())",
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


async def lapse(scene: Scene, hold_id: int) -> Answer:
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


def board(scene: Scene, hold_id: int) -> Board:
    """Use a hold in the shop."""
    return Board(key=uuid4(), book=scene.shop, actor_id=7, hold_id=hold_id, from_book=scene.people)


async def held(scene: Scene) -> int:
    """Hold one touch and give the hold's id."""
    hold_id = new_id()
    answer = await scene.market.ask(hold_request(scene, hold_id))
    assert isinstance(answer, ledger.AmountHeld)
    return hold_id
