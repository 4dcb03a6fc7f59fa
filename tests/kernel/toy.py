"""A toy trade for the kernel's tests: pots of coins, taken from by one act, mourned by another."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec

from jishi.kernel import Act, Event, Happened, Reaction, Refused, Request, Told, Tx, columns
from jishi.kernel import queries as read_queries

TABLES = """
create schema if not exists toy;
create table if not exists toy.pots (
    book bigint, pot_id bigint, coins bigint not null, primary key (book, pot_id),
    constraint no_pot_is_overdrawn check (coins >= 0));
create table if not exists toy.takings (
    book bigint, number bigint, pot_id bigint, coins bigint, primary key (book, number));
grant usage on schema toy to jishi_app;
grant all on all tables in schema toy to jishi_app;
"""


class TakeCoins(Request, frozen=True, kw_only=True):
    """Take coins from a pot; -1 is a bug that decide does not see, but the table does."""

    pot_id: int
    coins: int


class CoinsTaken(Event, frozen=True, kw_only=True):
    """The coins are gone."""

    coins: int


class Mourn(Request, frozen=True, kw_only=True):
    """Mourn coins that are gone."""

    pot_id: int


class CoinsMourned(Event, frozen=True, kw_only=True):
    """It is done."""


class Pot(msgspec.Struct):
    """What a pot has."""

    pot_id: int
    coins: int


sql = read_queries(__file__)
read = sql.many("read", Pot)
write = sql.run("write")
fill = sql.run("fill")


async def gather(tx: Tx, asked: Sequence[TakeCoins]) -> dict[int, Pot]:
    """Read the pots."""
    return {pot.pot_id: pot for pot in await read(tx, pot_ids=[each.pot_id for each in asked])}


def decide(pots: dict[int, Pot], take: TakeCoins) -> CoinsTaken | Refused:
    """Refuse what is not there."""
    pot = pots.get(take.pot_id)
    if pot is None or pot.coins < take.coins:
        return Refused("pot_empty")
    pot.coins -= take.coins
    return CoinsTaken(subject_id=take.pot_id, coins=take.coins)


async def record(tx: Tx, happened: Sequence[Happened[TakeCoins, CoinsTaken]]) -> None:
    """Write the takings."""
    rows = [(number, take.pot_id, take.coins) for take, _, number in happened]
    await write(tx, **columns(rows, "numbers", "pot_ids", "coins"))


async def nothing(_tx: Tx, _asked: Sequence[Mourn]) -> None:
    """Mourning needs to know nothing."""


def mourn(_world: None, request: Mourn) -> CoinsMourned | Refused:
    """Pot 13 is never mourned, pot 14 not for now."""
    if request.pot_id in {13, 14}:
        return Refused("not_mourned", is_final=request.pot_id == 13)
    return CoinsMourned(subject_id=request.pot_id)


async def nothing_written(_tx: Tx, _happened: Sequence[Happened[Mourn, CoinsMourned]]) -> None:
    """Mourning leaves nothing but its event."""


class Outside:
    """The port that the reaction calls: it may be down."""

    calls = 0
    is_down = False


async def react(told: Sequence[Told[CoinsTaken]]) -> Sequence[Sequence[Request]]:
    """Ask for mourning; the outside may fail first."""
    Outside.calls += 1
    if Outside.is_down:
        raise OSError("the outside is down")
    return [
        [Mourn(key=each.key("m"), book=each.book, actor_id=0, pot_id=each.event.subject_id)]
        for each in told
    ]


take_coins = Act(TakeCoins, CoinsTaken, gather, decide, record)
mourn_coins = Act(Mourn, CoinsMourned, nothing, mourn, nothing_written)
Reaction("toy.mourn", CoinsTaken, react)


def take(book: int, pot_id: int = 1, coins: int = 1, key: UUID | None = None) -> TakeCoins:
    """Give a request."""
    return TakeCoins(key=key or uuid4(), book=book, actor_id=7, pot_id=pot_id, coins=coins)
