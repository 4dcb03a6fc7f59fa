"""Hold an amount for an act in another book, for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.ledger.holds import holds
from jishi.ledger.move import Move, balances_of, move, open_accounts

SECONDS_MAX = 86_400


class HoldAmount(Request, frozen=True, kw_only=True):
    """Set `amount` of `unit` aside from a bounded account, for an act in `for_book`.

    Refused: `amount_out_of_bounds`, `seconds_out_of_bounds`, `hold_id_taken`,
    `nothing_there`, `taker_unknown`.
    """

    made: ClassVar[dict[str, object]] = {"hold_id": 0}

    hold_id: int
    for_book: int
    unit: int
    amount: int
    giver_kind: str
    giver: int
    taker_kind: str
    taker: int
    seconds: int


class AmountHeld(Event, frozen=True, kw_only=True):
    """The amount is set aside until a moment, and longer if the other book has not answered."""

    for_book: int
    expires_at: datetime


class World(msgspec.Struct):
    """What the accounts have, which kinds are bounded, which holds there are, the moment."""

    balances: dict[tuple[int, str, int], int]
    kinds: dict[str, bool]
    taken: set[int]
    now: datetime


class KnownKind(msgspec.Struct, frozen=True):
    """A kind of account, and whether it keeps a balance."""

    kind: str
    is_bounded: bool


sql = queries(__file__)
kinds = sql.many("kinds", KnownKind)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[HoldAmount]) -> World:
    """Read what the givers have."""
    balances = {}
    # A handful of kinds give; a query for each of them, never one for each request.
    for kind in sorted({kind for hold in asked for kind in (hold.giver_kind, hold.taker_kind)}):
        units = sorted({hold.unit for hold in asked})
        for each in await balances_of(tx, units=units, kind=kind):
            balances[each.unit, each.kind, each.holder] = each.balance
    taken = await holds(tx, [hold.hold_id for hold in asked])
    known = {each.kind: each.is_bounded for each in await kinds(tx)}
    return World(balances, known, set(taken.holds), tx.now)


def decide(world: World, hold: HoldAmount) -> AmountHeld | Refused:
    """Accept what is there."""
    if hold.amount <= 0:
        return Refused("amount_out_of_bounds")
    if not 1 <= hold.seconds <= SECONDS_MAX:
        return Refused("seconds_out_of_bounds", {"seconds_max": SECONDS_MAX})
    if hold.hold_id in world.taken:
        return Refused("hold_id_taken")
    account = (hold.unit, hold.giver_kind, hold.giver)
    if world.balances.get(account, 0) < hold.amount:
        return Refused("nothing_there", {"there": world.balances.get(account, 0)})
    if not _may_take(world, hold):
        return Refused("taker_unknown")
    world.balances[account] -= hold.amount
    world.taken.add(hold.hold_id)
    return AmountHeld(
        subject_id=hold.hold_id,
        for_book=hold.for_book,
        expires_at=world.now + timedelta(seconds=hold.seconds),
    )


def _may_take(world: World, hold: HoldAmount) -> bool:
    """Tell whether the taker's kind is declared and, where it is bounded, its account opened."""
    taker = (hold.unit, hold.taker_kind, hold.taker)
    is_bounded = world.kinds.get(hold.taker_kind)
    if is_bounded is None or hold.taker_kind == "held" or hold.giver_kind == "held":
        return False
    return not is_bounded or taker in world.balances


async def record(tx: Tx, happened: Sequence[Happened[HoldAmount, AmountHeld]]) -> None:
    """Write the holds and move the amounts into their keeping."""
    rows = [
        (
            hold.hold_id, hold.for_book, hold.unit, hold.amount, hold.giver_kind, hold.giver,
            hold.taker_kind, hold.taker, event.expires_at,
        )
        for hold, event, _ in happened
    ]  # fmt: skip
    names = ("hold_ids", "for_books", "units", "amounts", "giver_kinds", "givers")
    await write(tx, **columns(rows, *names, "taker_kinds", "takers", "expiries"))
    requests = [hold for hold, _, _ in happened]
    await open_accounts(
        tx,
        [hold.unit for hold in requests],
        ["held"] * len(requests),
        [hold.hold_id for hold in requests],
    )
    moves = [
        Move(n, h.unit, h.amount, h.giver_kind, h.giver, "held", h.hold_id, "held_for_another_book")
        for h, _, n in happened
    ]
    await move(tx, moves)


hold_amount = Act(HoldAmount, AmountHeld, gather, decide, record)
