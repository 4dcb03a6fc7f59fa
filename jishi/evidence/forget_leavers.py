"""Forget leavers: the sums of what they did are kept, and no row that names one of them."""

import math
from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries

LEAVERS_MAX, SUMS_MAX = 1_000, 10_000
NAME_CHARACTERS_MAX = 80


class Folded(Struct, frozen=True):
    """So many people of an arm, and the sum of a measure over them; `a*b` is of products."""

    question: str
    arm: str
    measure: str
    units: int
    sum: float


class ForgetLeavers(Request, frozen=True, kw_only=True):
    """The lake names these persons no more from now on; this is what they add up to.

    Asked of the market's book. Refused: `sums_unclear`, `leaver_unknown` (or forgotten already).
    """

    person_ids: tuple[int, ...]
    sums: tuple[Folded, ...]


class LeaversForgotten(Event, frozen=True, kw_only=True):
    """So many are forgotten; who they were is not told."""

    leavers_count: int


class Leaver(Struct, frozen=True):
    """Somebody who left and is not forgotten yet."""

    person_id: int


World = set[int]
sql = queries(__file__)
waiting = sql.many("waiting", Leaver)
add = sql.run("add")
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[ForgetLeavers]) -> World:
    """Read who waits to be forgotten."""
    wanted = sorted({each for one in asked for each in one.person_ids})
    return {each.person_id for each in await waiting(tx, person_ids=wanted)}


def decide(world: World, asked: ForgetLeavers) -> LeaversForgotten | Refused:
    """Accept whoever waits, once, with sums that can be added."""
    keys = {(each.question, each.arm, each.measure) for each in asked.sums}
    is_small = 0 < len(asked.person_ids) <= LEAVERS_MAX and len(asked.sums) <= SUMS_MAX
    is_clear = len(keys) == len(asked.sums) and all(map(_is_clear, asked.sums))
    if asked.book != MARKET or not is_small or not is_clear:
        return Refused("sums_unclear")
    if len(set(asked.person_ids)) < len(asked.person_ids) or not world.issuperset(asked.person_ids):
        return Refused("leaver_unknown")
    world.difference_update(asked.person_ids)
    return LeaversForgotten(subject_id=MARKET, leavers_count=len(asked.person_ids))


def _is_clear(folded: Folded) -> bool:
    names = (folded.question, folded.arm, folded.measure)
    is_named = all(0 < len(each) <= NAME_CHARACTERS_MAX and each.isprintable() for each in names)
    return is_named and 0 < folded.units <= LEAVERS_MAX and math.isfinite(folded.sum)


async def record(tx: Tx, happened: Sequence[Happened[ForgetLeavers, LeaversForgotten]]) -> None:
    """Add the sums; delete what names them."""
    summed: dict[tuple[str, str, str], tuple[int, float]] = {}
    for asked, _, _ in happened:
        for each in asked.sums:
            key = (each.question, each.arm, each.measure)
            units, total = summed.get(key, (0, 0.0))
            summed[key] = (units + each.units, total + each.sum)
    rows = [(*key, *summed[key]) for key in sorted(summed)]
    await add(tx, **columns(rows, "questions", "arms", "measures", "units", "sums"))
    person_ids = [each for asked, _, _ in happened for each in asked.person_ids]
    await forget(tx, person_ids=person_ids)


forget_leavers = Act(ForgetLeavers, LeaversForgotten, gather, decide, record)
