"""Lower cases: money of their order was given back elsewhere, and is not given a second time.

The earliest cases keep what they want, as long as it is there; a case that is owed nothing any
more goes its way, and is done without a refund.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from jishi.after_sale import steps
from jishi.after_sale.steps import Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class LowerCases(Request, frozen=True, kw_only=True):
    """A refund of this order was made in WeChat's own console.

    Refused: `nothing_to_lower`.
    """

    order_id: int


class Lowered(msgspec.Struct, frozen=True):
    """A case and what it gives back from now on."""

    case_id: int
    state: str
    refund_fen: int


class CasesLowered(Event, frozen=True, kw_only=True):
    """Cases of the order (`subject_id`) give back less; those that are `refunding` do it now."""

    cases: tuple[Lowered, ...]


class Owed(msgspec.Struct, frozen=True):
    """What a case owes that is not asked of WeChat yet, and what is left of its order."""

    order_id: int
    case_id: int
    state: str
    refund_fen: int
    left_fen: int


World = dict[int, list[Owed]]
sql = queries(__file__)
read = sql.many("read", Owed)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[LowerCases]) -> World:
    """Read what the cases owe, the earliest first."""
    world: World = defaultdict(list)
    for each in await read(tx, order_ids=sorted({each.order_id for each in asked})):
        world[each.order_id].append(each)
    return world


def decide(world: World, asked: LowerCases) -> CasesLowered | Refused:
    """Accept when the cases owe more than is left."""
    owed = world.pop(asked.order_id, [])
    left_fen, lowered = owed[0].left_fen if owed else 0, []
    for each in owed:
        kept_fen = min(each.refund_fen, max(left_fen, 0))
        left_fen -= kept_fen
        if kept_fen < each.refund_fen:
            lowered.append(Lowered(each.case_id, each.state, kept_fen))
    if not lowered:
        return Refused("nothing_to_lower")
    return CasesLowered(subject_id=asked.order_id, cases=tuple(lowered))


async def record(tx: Tx, happened: Sequence[Happened[LowerCases, CasesLowered]]) -> None:
    """Write what they give back, and a step for each."""
    lowered = [(number, each) for _, event, number in happened for each in event.cases]
    rows = [(each.case_id, each.refund_fen) for _, each in lowered]
    await write(tx, **columns(rows, "case_ids", "refunds"))
    await steps.step(
        tx,
        [
            Step(number, each.case_id, each.state, "money", 0, "refund_lowered", "")
            for number, each in lowered
        ],
    )


lower_cases = Act(LowerCases, CasesLowered, gather, decide, record)
